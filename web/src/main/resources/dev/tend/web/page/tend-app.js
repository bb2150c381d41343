import { html, nothing } from 'lit';
import { connection } from './connection.js';
import { today } from './dates.js';
import { Part } from './part.js';
import { addressOf, arrive, follow, go, home, travel } from './route.js';
import { listen } from './keyboard.js';
import { Live } from './live.js';
import { readAhead } from './read-ahead.js';
import { compareAll, settle } from './refusals.js';
import { store, ui } from './tend.js';
import './deleted-lists.js';
import './entry-detail.js';
import './first-list.js';
import './floating.js';
import './help-sheet.js';
import './list-view.js';
import './side-bar.js';
import './undo-bar.js';

const OFTEN = 10_000;

/** Where the first list was named elsewhere, one goes there; what is typed here stays. */
const firstIsThere = () => !document.querySelector('first-list input')?.value && home();

/** Leaving saves. */
const leave = () => document.activeElement?.blur();

/** The page. */
class TendApp extends Part {
  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', travel);
    // What waits outlives a reload, and not the window; nor does what was not taken.
    addEventListener('beforeunload', (event) => {
      if (!store.online) leave();
      if (store.outbox.waiting + store.outbox.refused > 0) event.preventDefault();
    });
    document.addEventListener('click', follow);
    store.addEventListener('change', firstIsThere);
    store.addEventListener('lists', readAhead);
    store.addEventListener('refused', settle);
    store.addEventListener('named', ({ detail: { from, to } }) => {
      if (ui.place.list === from) go(addressOf(to), { instead: true });
    });
    addEventListener('pagehide', leave);
    this.#atMidnight();
    listen();
    arrive();
    store.readLists();
    store.outbox.flush();
    compareAll();
    this.live = new Live();
  }

  render() {
    const first = ui.place.view === 'home' && store.listsKnown;
    return html`
      ${connection()}
      <div class="app ${first ? 'alone' : ui.opened ? 'with-detail' : ''}">
        ${first ? nothing : html`<side-bar></side-bar>`}
        <main class="main" ?inert=${ui.covered}><div class="col">${first ? html`<first-list></first-list>` : ui.place.view === 'home' ? nothing : html`<list-view></list-view>`}</div></main>
        ${ui.opened ? html`<entry-detail></entry-detail>` : nothing}
      </div>
      <undo-bar></undo-bar><floating-place></floating-place>
      ${ui.sideOpen ? html`<div class="shade" @click=${() => ui.set({ sideOpen: false })}></div>` : nothing}
      ${ui.dialog === 'help' ? html`<help-sheet></help-sheet>` : nothing}
      ${ui.dialog === 'deleted' ? html`<deleted-lists></deleted-lists>` : nothing}`;
  }

  updated() {
    const { view, list } = ui.place;
    const here = list ? store.nameOf(list) : { all: 'All', today: 'Today', upcoming: 'Upcoming' }[view];
    document.title = here ? `${here} — Tend` : 'Tend';
  }

  /** What is for today is so until then. */
  #atMidnight() {
    let day = today();
    setInterval(() => {
      if (day === today()) return;
      day = today();
      ui.set({});
    }, OFTEN);
  }
}

customElements.define('tend-app', TendApp);
