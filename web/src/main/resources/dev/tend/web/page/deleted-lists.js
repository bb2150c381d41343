import { html, nothing } from 'lit';
import { ask, LISTS } from './api.js';
import { shortDay, today } from './dates.js';
import { addressOf, go } from './route.js';
import { Sheet } from './sheet.js';
import { acts, store, ui } from './tend.js';

/** Lists that were deleted, and the way back. */
class DeletedLists extends Sheet {
  static properties = { lists: { state: true } };

  title = 'Deleted lists';

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  #read(after = '') {
    ask('GET', `${LISTS}?deleted=true&limit=1000${after}`).then(
      ({ ok, body, retryAfter }) => {
        if (!this.isConnected) return;
        if (!ok) return void setTimeout(() => this.#read(after), retryAfter);
        this.lists = [...(this.lists ?? []), ...body.lists];
        if (body.next) this.#read(`&after=${encodeURIComponent(body.next)}`);
      },
      () => {
        store.unreachable();
        store.addEventListener('online', () => this.isConnected && this.#read(after), { once: true });
      },
    );
  }

  body() {
    if (!this.lists) return nothing;
    if (!this.lists.length) return html`<p class="quiet">None.</p>`;
    return html`<ul class="deleted">${this.lists.map(({ id, name, deleted }) => html`<li>
      <span class="name" dir="auto">${name}</span><span class="quiet small">${deleted ? shortDay(today(new Date(deleted))) : nothing}</span>
      <button class="plain" aria-label="Restore ${name}" @click=${() => this.#restore(id, name)}>Restore</button></li>`)}</ul>`;
  }

  #restore(id, name) {
    acts.restoreList(id, name, () => go('/'));
    ui.set({ dialog: null });
    go(addressOf(id));
  }
}

customElements.define('deleted-lists', DeletedLists);
