import { html, nothing } from 'lit';
import { ask, LISTS } from './api.js';
import { icon, Part } from './part.js';
import { makeList } from './route.js';
import { store, ui } from './tend.js';

/** Where there are no lists: the way to one, and to those that were deleted. */
class FirstList extends Part {
  static properties = { someDeleted: { state: true } };

  #look = () => ask('GET', `${LISTS}?deleted=true&limit=1`).then(
    ({ ok, body }) => ok && (this.someDeleted = body.lists.length > 0),
    () => store.unreachable(),
  );

  connectedCallback() {
    super.connectedCallback();
    for (const event of ['lists', 'sent']) store.addEventListener(event, this.#look);
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const event of ['lists', 'sent']) store.removeEventListener(event, this.#look);
  }

  render() {
    const submit = (event) => {
      event.preventDefault();
      const name = event.target.elements.name.value.trim();
      if (name) makeList(name);
    };
    return html`<form class="first" @submit=${submit}>
      <h1>${icon('sprout')}What would you like to keep in mind?</h1>
      <input name="name" aria-label="Name of your first list" placeholder="Name your first list, press Enter" autocomplete="off">
      ${this.someDeleted ? html`<button class="plain" type="button" @click=${() => ui.set({ dialog: 'deleted' })}>Deleted lists</button>` : nothing}
    </form>`;
  }

  updated() {
    if (document.activeElement === document.body) this.querySelector('input').focus();
  }
}

customElements.define('first-list', FirstList);
