import { ask, entryPath, newKey, Unreachable } from './api.js';
import { store, undos } from './tend.js';

const HARMLESS = { delete: [404], undo: [404, 409], restore: [404], remove: [404], back: [404] };

/** What becomes of a change that the server has refused: what needs nobody is done here. */
export async function settle({ detail: { change, answer } }) {
  if (HARMLESS[change.kind]?.includes(answer.status)) return drop(change);
  undos.forget(change);
  if (answer.status === 412) await compare(change);
  else if (change.kind === 'create' && !store.lists.get(change.list)?.name) drop(change);
}

/** Someone else has changed the entry. Only if it is the same field need anyone choose. */
async function compare(change) {
  const place = store.placeOf(change.entry);
  try {
    const { ok, body, etag } = await ask('GET', entryPath(place.list, place.id));
    if (!ok) return;
    const theirs = Object.keys(change.fields).filter((name) => body[name] !== change.base[name]);
    if (theirs.every((name) => body[name] === change.fields[name])) {
      store.outbox.resend(change, { ifMatch: etag });
    } else {
      change.theirs = { ...body, etag };
    }
    store.changed();
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    store.unreachable();
    store.addEventListener('online', () => compare(change), { once: true });
  }
}

export function drop(change) {
  store.outbox.drop(change);
  if (change.kind === 'create') store.lists.delete(change.list);
  store.changed();
}

export function keepMine(change) {
  store.outbox.resend(change, { ifMatch: change.theirs.etag, base: change.theirs, theirs: undefined });
  store.changed();
}

/** Says it otherwise; what was changed and is gone meanwhile becomes a new entry. */
export function repair(change, text) {
  const name = 'name' in change.fields ? 'name' : 'title';
  const anew = change.kind === 'update' && change.refused.status === 404 ? { kind: 'add', entry: `new-${newKey()}`, ifMatch: undefined } : {};
  store.outbox.resend(change, { ...anew, fields: { ...change.fields, [name]: text } });
  if (change.kind === 'create') store.list(change.list).name = text;
  store.changed();
}
