import { html, nothing } from 'lit';
import { icon } from './part.js';
import { store } from './tend.js';

/** What waits is in this window only. */
const isUnsafe = () => !store.outbox.safe && store.outbox.waiting > 0;

function waiting() {
  const { waiting } = store.outbox;
  return waiting === 0 ? 'Nothing waits here.' : waiting === 1 ? '1 change waits here.' : `${waiting} changes wait here.`;
}

/**
 * Lines for where the server cannot be reached, and for what could not be kept.
 * @param again whether they are shown once more, where they would be covered, and need not be heard
 */
export function connection(again = false) {
  const line = (role, words) => html`<div class="offline" role=${again ? nothing : role} aria-hidden=${again ? 'true' : nothing}>${icon('cloud-off')}${words}</div>`;
  return html`
    ${store.online ? nothing : line('status', `No connection. ${waiting()}`)}
    ${isUnsafe() ? line('alert', 'This browser has no room to keep what waits here. Leave this window open until it is saved.') : nothing}`;
}
