import { addressOf, go } from './route.js';
import { store } from './tend.js';

/** Makes a list and goes there; the keyboard is where one adds to it. */
export async function makeList(name) {
  go(addressOf(store.create(name).list));
  for (const part of ['tend-app', 'list-view', 'add-field']) await document.querySelector(part)?.updateComplete;
  document.querySelector('add-field input')?.focus();
}
