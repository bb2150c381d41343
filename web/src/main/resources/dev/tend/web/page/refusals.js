import { ask, entryPath, newKey, Unreachable } from './api.js';
import { go } from './route.js';
import { store, ui, undos } from './tend.js';

const HARMLESS = { delete: [404], undo: [404], restore: [404], remove: [404], back: [404] };

/** What becomes of a change that the server has refused: what needs nobody is done here. */
export async function settle({ detail: { change, answer } }) {
  const undo = store.outbox.changes.find(({ of }) => of === change.key);
  if (undo) return [change, undo].forEach((one) => store.outbox.drop(one));
  if (answer.status === 412) return compare(change);
  undos.forget(change);
  if (HARMLESS[change.kind]?.includes(answer.status)) needless(change);
  // What is not there any more may be the whole list.
  else if (answer.status === 404) store.list(change.list).read(store);
}

/** It is so already, or there is nothing to take back any more: it shows until the list is read again. */
function needless(change) {
  Object.assign(change, { refused: undefined, revision: null });
  store.list(change.list).read(store);
}

/** What a reload of the page kept from being compared. */
export function compareAll() {
  store.outbox.changes.filter(({ refused, theirs }) => refused?.status === 412 && !theirs).forEach(compare);
}

/** Someone else has changed the entry. Only if it is the same field need anyone choose. */
async function compare(change) {
  const place = store.placeOf(change.entry);
  try {
    const { status, ok, body, etag, retryAfter } = await ask('GET', entryPath(place.list, place.id));
    if (status === 404) return refusedBy(change, status, body);
    if (!ok) return void setTimeout(() => compare(change), retryAfter);
    const theirs = Object.keys(change.fields).filter((name) => body[name] !== change.base[name]);
    if (theirs.every((name) => body[name] === change.fields[name])) {
      store.outbox.resend(change, { ifMatch: etag });
    } else {
      change.theirs = { ...body, etag };
      store.outbox.goOn(change);
    }
    store.changed();
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    store.unreachable();
    store.addEventListener('online', () => compare(change), { once: true });
  }
}

function refusedBy(change, status, body) {
  undos.forget(change);
  change.refused = { status, ...body };
  store.outbox.goOn(change);
  store.changed();
}

/** Gives it up, and with a list all that was typed into it. */
export function drop(change) {
  const { kind, list } = change;
  undos.forget(change);
  store.outbox.drop(change);
  if (kind === 'create') {
    store.outbox.changes.filter((other) => other.list === list || other.to === list).forEach((other) => store.outbox.drop(other));
    store.lists.delete(list);
    if (ui.place.list === list) go('/', { instead: true });
  }
  if (kind === 'restore') store.list(list).read(store);
  store.changed();
}

export function keepMine(change) {
  store.outbox.resend(change, { ifMatch: change.theirs.etag, base: change.theirs, theirs: undefined });
  store.changed();
}

/** Which of the fields that were typed can be said otherwise. */
export const repairable = ({ fields = {} }) => ['title', 'name', 'notes'].find((name) => name in fields);

/** Says it otherwise; what was changed and is gone meanwhile becomes a new entry. */
export function repair(change, text) {
  const isGone = change.kind === 'update' && change.refused.status === 404 && !store.entry(change.entry);
  const anew = isGone ? { kind: 'add', entry: `new-${newKey()}`, ifMatch: undefined } : {};
  const before = isGone ? { title: change.base?.title } : {};
  store.outbox.resend(change, { ...anew, fields: { ...before, ...change.fields, [repairable(change)]: text } });
  if (change.kind === 'create') store.list(change.list).name = text;
  store.changed();
}
