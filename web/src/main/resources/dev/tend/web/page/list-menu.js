import { html } from 'lit';
import { icon, Part } from './part.js';
import { addressOf, go } from './route.js';
import { acts, store, ui } from './tend.js';

/** Walks the items of a menu with the arrows. */
export function walkMenu(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('[role=menuitem]')];
  const at = items.indexOf(document.activeElement);
  items.at((at + step + items.length) % items.length)?.focus();
}

/** What can be done with a whole list. */
class ListMenu extends Part {
  render() {
    const item = (symbol, words, deed) => html`<button role="menuitem" class="item"
      @click=${() => (ui.set({ floating: null }), deed())}>${icon(symbol)}${words}</button>`;
    return html`<div class="choices" role="menu" aria-label="List" @keydown=${walkMenu}>
      ${item('pencil', 'Rename', () => ui.set({ renaming: store.nameOf(ui.place.list) }))}
      ${item('trash-2', 'Delete list', this.#remove)}
      ${item('rotate-ccw', 'Deleted lists', () => ui.set({ dialog: 'deleted' }))}
      ${item('keyboard', 'Keys', () => ui.set({ dialog: 'help' }))}
    </div>`;
  }

  #remove = () => {
    const id = ui.place.list;
    acts.removeList(id, () => go(addressOf(store.listNow(id))));
    go('/');
  };
}

customElements.define('list-menu', ListMenu);
