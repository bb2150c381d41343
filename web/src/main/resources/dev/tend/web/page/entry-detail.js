import { html, nothing } from 'lit';
import { connection } from './connection.js';
import { spokenDay } from './dates.js';
import { tick } from './entry-row.js';
import { remove } from './keyboard.js';
import { icon, Part } from './part.js';
import { closeEntry } from './route.js';
import { acts, store, ui } from './tend.js';
import './entry-history.js';

/** One entry whole, beside its list. */
class EntryDetail extends Part {
  // The entry as it was when someone began to type, and in which field.
  #typing = null;
  #covers = false;

  /** The keyboard that was in it goes back to the entry's row. */
  disconnectedCallback() {
    super.disconnectedCallback();
    if (document.activeElement !== document.body) return;
    document.querySelector('list-view')?.rowOf(ui.selected ?? '')?.querySelector('button.title').focus({ preventScroll: true });
  }

  /** Over the list, the keyboard goes in. */
  updated() {
    const close = this.querySelector('.close');
    if (ui.covered && !this.#covers && close && !this.contains(document.activeElement)) close.focus();
    this.#covers = ui.covered && close !== null;
  }

  render() {
    const entry = store.entry(ui.opened);
    if (!entry) return this.#none();
    return html`<aside class="detail" aria-label="Entry">
      ${ui.covered ? connection(true) : nothing}
      <header><button class="check ${entry.done ? 'done' : ''}" role="checkbox" aria-checked=${entry.done ? 'true' : 'false'} aria-label="Done"
          @click=${() => tick(entry)}>${entry.done ? icon('check') : nothing}</button>
        ${this.#field(entry, 'title')}
        <button class="close" aria-label="Close" @click=${closeEntry}>${icon('x')}</button></header>
      <button class="fact" @click=${this.#float('date', entry)}>${icon('calendar')}<span class=${entry.date ? '' : 'quiet'}>${
        entry.date ? spokenDay(entry.date) : 'No date'}</span></button>
      <button class="fact" @click=${this.#float('move', entry)}>${icon('list')}<span dir="auto">${store.nameOf(entry.list)}</span></button>
      <div class="fact">${icon('text')}${this.#field(entry, 'notes')}</div>
      <button class="fact quiet" @click=${() => (closeEntry(), remove(entry))}>${icon('trash-2')}<span>Delete</span></button>
      <entry-history .entry=${entry}></entry-history>
    </aside>`;
  }

  #none() {
    const list = store.lists.get(ui.place.list ?? ui.place.of);
    if (!list?.loaded) return html`<aside class="detail" aria-label="Entry"></aside>`;
    return html`<aside class="detail" aria-label="Entry"><header><p class="quiet">This task is not there any more.</p>
      <button class="close" aria-label="Close" @click=${closeEntry}>${icon('x')}</button></header></aside>`;
  }

  #field(entry, name) {
    const value = this.#typing?.name === name ? this.#typing.entry[name] : entry[name];
    const keys = (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') {
        event.target.value = this.#typing?.entry[name] ?? entry[name];
        event.target.blur();
      }
      if (event.key === 'Enter' && name === 'title' && !event.isComposing) {
        event.preventDefault();
        event.target.blur();
      }
    };
    return html`<textarea class=${name} rows="1" aria-label=${name === 'title' ? 'Title' : 'Notes'} dir="auto"
      placeholder=${name === 'notes' ? 'Notes' : ''} .value=${value}
      @focus=${({ target }) => (this.#typing = { name, entry, text: target.value })} @keydown=${keys} @blur=${(event) => this.#left(event.target, name)}></textarea>`;
  }

  #left(field, name) {
    const { entry, text: before } = this.#typing ?? {};
    this.#typing = null;
    if (!entry) return;
    const text = name === 'title' ? field.value.trim().replace(/\s*\n\s*/g, ' ') : field.value;
    if (field.value !== before && text !== entry[name] && (text || name === 'notes')) acts.update(entry, { [name]: text }, undefined, entry);
    else field.value = entry[name];
    this.requestUpdate();
  }

  #float = (kind, entry) => (event) => ui.set({ floating: { kind, entry, at: event.currentTarget } });
}

customElements.define('entry-detail', EntryDetail);
