import { html, nothing } from 'lit';
import { icon, Part } from './part.js';
import { addressOf, arrive, follow, go, home } from './route.js';
import { store, ui } from './tend.js';
import './side-bar.js';
import './list-view.js';

/** The page. */
class TendApp extends Part {
  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', arrive);
    document.addEventListener('click', follow);
    store.addEventListener('lists', home);
    store.addEventListener('named', ({ detail: { from, to } }) => {
      if (ui.place.list === from) go(addressOf(to), { instead: true });
    });
    arrive();
    store.readLists();
  }

  render() {
    const first = ui.place.view === 'home' && store.listsKnown;
    return html`
      ${store.online ? nothing : html`<div class="offline" role="status">${icon('cloud-off')}No connection. ${this.#waiting()}</div>`}
      <div class="app ${ui.opened ? 'with-detail' : ''}">
        ${first ? nothing : html`<side-bar></side-bar>`}
        <main class="main"><div class="col">${first ? this.#first() : ui.place.view === 'home' ? nothing : html`<list-view></list-view>`}</div></main>
      </div>`;
  }

  #waiting() {
    const { waiting } = store.outbox;
    return waiting === 0 ? 'Nothing waits here.' : waiting === 1 ? '1 change waits here.' : `${waiting} changes wait here.`;
  }

  #first() {
    const submit = (event) => {
      event.preventDefault();
      const name = event.target.elements.name.value.trim();
      if (name) go(addressOf(store.create(name).list));
    };
    return html`<form class="first" @submit=${submit}>
      <h1>${icon('sprout')}What would you like to keep in mind?</h1>
      <input name="name" aria-label="Name of your first list" placeholder="Name your first list, press Enter" maxlength="255" autocomplete="off">
    </form>`;
  }
}

customElements.define('tend-app', TendApp);
