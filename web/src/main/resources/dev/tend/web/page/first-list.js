import { html } from 'lit';
import { makeList } from './new-list.js';
import { icon, Part } from './part.js';

/** Where there are no lists: the way to one. */
class FirstList extends Part {
  render() {
    const submit = (event) => {
      event.preventDefault();
      const name = event.target.elements.name.value.trim();
      if (name) makeList(name);
    };
    return html`<form class="first" @submit=${submit}>
      <h1>${icon('sprout')}What would you like to keep in mind?</h1>
      <input name="name" aria-label="Name of your first list" placeholder="Name your first list, press Enter" autocomplete="off">
    </form>`;
  }

  updated() {
    if (document.activeElement === document.body) this.querySelector('input').focus();
  }
}

customElements.define('first-list', FirstList);
