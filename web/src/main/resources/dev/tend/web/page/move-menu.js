import { html } from 'lit';
import { folded } from './folded.js';
import { walkMenu } from './list-menu.js';
import { icon, Part } from './part.js';
import { acts, store, ui } from './tend.js';

const MOST = 8;

/** Where an entry could go. */
class MoveMenu extends Part {
  static properties = { entry: { attribute: false }, sought: { state: true } };

  render() {
    const sought = folded((this.sought ?? '').trim());
    const found = store.shownLists()
      .filter(({ id }) => id !== this.entry.list && folded(store.nameOf(id)).includes(sought));
    const first = (event) => {
      if (event.key === 'Enter' && found[0] && !event.isComposing) this.#move(found[0].id);
    };
    return html`<div class="choices" @keydown=${walkMenu}>
      <input aria-label="Move to which list" placeholder="Move to …" autocomplete="off"
        @input=${(event) => (this.sought = event.target.value)} @keydown=${first}>
      <div role="menu" aria-label="Lists">${found.slice(0, MOST).map(({ id }) => html`
        <button role="menuitem" class="item" tabindex="-1" @click=${() => this.#move(id)}>${icon('list')}
          <span class="name" dir="auto">${store.nameOf(id)}</span></button>`)}</div>
      ${found.length ? '' : html`<p class="says">${this.#none(sought)}</p>`}
    </div>`;
  }

  #none(sought) {
    if (!store.listsKnown) return 'The lists are being read.';
    return `There is no other list${sought ? ' of that name' : ''}.`;
  }

  #move(to) {
    ui.set({ floating: null });
    acts.move(store.entry(this.entry.key) ?? this.entry, to);
  }
}

customElements.define('move-menu', MoveMenu);
