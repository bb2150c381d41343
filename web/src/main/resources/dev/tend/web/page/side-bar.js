import { html, nothing } from 'lit';
import { today } from './dates.js';
import { entriesAt } from './groups.js';
import { icon, Part } from './part.js';
import { MOST } from './read-ahead.js';
import { addressOf, makeList } from './route.js';
import { store, ui } from './tend.js';

const open = (entries) => entries.filter((entry) => !entry.done).length;

/** The lists, and the ways to look at all of them. */
class SideBar extends Part {
  static properties = { naming: { state: true } };

  #isOpen = false;
  #here = null;

  render() {
    return html`<nav class="side ${ui.sideOpen ? 'open' : ''}" aria-label="Lists">
      <div class="brand">${icon('sprout')}<span>Tend</span>
        <button class="close" aria-label="Close" @click=${() => ui.set({ sideOpen: false })}>${icon('x')}</button></div>
      <label class="search">${icon('search')}
        <input type="search" placeholder="Search" aria-label="Search in what is shown" autocomplete="off" .value=${ui.query}
          @input=${(event) => ui.set({ query: event.target.value })} @keydown=${this.#searching}><kbd aria-hidden="true">/</kbd></label>
      <div class="nav">
        ${this.#view('all', 'All', 'inbox')}${this.#view('today', 'Today', 'sun')}${this.#view('upcoming', 'Upcoming', 'calendar')}
      </div>
      <h2 class="label">Lists</h2>
      <ul class="nav lists">${store.shownLists().map((list, at) => this.#list(list, at < MOST))}
        ${store.listsKnown ? this.#newList() : nothing}
      </ul>
      <div class="foot">${this.#saved()}<a href="/status">Status</a></div>
    </nav>`;
  }

  updated() {
    const here = store.listsKnown && this.querySelector('[aria-current]') ? ui.place.list ?? ui.place.view : null;
    if (here !== this.#here || ui.sideOpen !== this.#isOpen) this.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    this.#here = here;
    if (ui.sideOpen === this.#isOpen) return;
    this.#isOpen = ui.sideOpen;
    if (ui.sideOpen) this.querySelector('.close').focus();
    else document.querySelector('.menu')?.focus();
  }

  #view(view, title, symbol) {
    const entries = entriesAt({ view });
    const late = view === 'today' && entries.some((entry) => !entry.done && entry.date < today());
    const count = open(entries);
    return html`<a class="item" href="/${view}" aria-current=${ui.place.view === view ? 'page' : nothing}>
      ${icon(symbol)}<span>${title}</span><span class="n ${late ? 'late' : ''}">${count || nothing}</span></a>`;
  }

  /** How many are open is known of those that are kept up to date. */
  #list(list, isFollowed) {
    const here = ui.place.view === 'list' && ui.place.list === list.id;
    const count = list.loaded && (isFollowed || here) ? open([...store.entries(list.id).values()]) : 0;
    return html`<li><a class="item" href=${addressOf(list.id)} aria-current=${here ? 'page' : nothing}>
      ${icon('list')}<span class="name" dir="auto">${store.nameOf(list.id)}</span><span class="n">${count || nothing}</span></a></li>`;
  }

  /** Below the lists, so not before they are there: it would jump. */
  #newList() {
    return html`<li>${this.naming ? this.#field() : html`<button class="item quiet" @click=${this.#name}>${icon('plus')}New list</button>`}</li>`;
  }

  #field() {
    const keys = (event) => {
      event.stopPropagation();
      if (!['Enter', 'Escape'].includes(event.key) || event.isComposing) return;
      const name = event.target.value.trim();
      // Taking the field away is leaving it.
      event.target.value = '';
      if (event.key === 'Escape') return void this.#unname();
      this.naming = false;
      if (name) makeList(name);
    };
    // Whoever looks away for a moment finds what was typed.
    const left = ({ target }) => (this.naming = target.value.trim() !== '');
    return html`<span class="item">${icon('plus')}<input class="new" aria-label="Name of the new list" placeholder="Name it, press Enter"
      autocomplete="off" @keydown=${keys} @blur=${left}></span>`;
  }

  #name = async () => {
    this.naming = true;
    await this.updateComplete;
    this.querySelector('input.new').focus();
  };

  async #unname() {
    this.naming = false;
    await this.updateComplete;
    this.querySelector('.lists button.item').focus();
  }

  #searching = (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      ui.set({ query: '' });
      event.target.blur();
    }
    if (event.key === 'Enter' && !event.isComposing) {
      // Else the button to which the keyboard goes would be pressed by this very key.
      event.preventDefault();
      ui.set({ sideOpen: false });
    }
  };

  #saved() {
    const { waiting, refused } = store.outbox;
    if (waiting) return html`<span class="dot waiting"></span>${waiting} to save`;
    if (refused) return html`<span class="dot waiting"></span>${refused} not saved`;
    const list = ui.place.view === 'list' && store.lists.get(ui.place.list);
    return list?.loaded && store.online ? html`<span class="dot"></span>Saved · revision ${list.revision}` : nothing;
  }
}

customElements.define('side-bar', SideBar);
