import { newKey } from './api.js';
import { spokenDay } from './dates.js';

const SHORT = 40;
const quoted = (title) => {
  const letters = [...title];
  return `“${letters.length > SHORT ? `${letters.slice(0, SHORT - 1).join('')}…` : title}”`;
};

/** Nothing where all of them are seen. */
function addedUnseen(entries, isSeen) {
  const hidden = entries.filter((entry) => !isSeen(entry));
  if (!hidden.length) return null;
  if (entries.length === 1) return `Added ${quoted(hidden[0].title)}, which the search does not show`;
  const some = hidden.length < entries.length;
  return `Added ${entries.length} tasks, ${some ? `${hidden.length} of ` : ''}which the search does not show`;
}

/** What a person can do, each at once and each with its way back. */
export class Acts {
  #store;
  #undos;

  constructor(store, undos) {
    this.#store = store;
    this.#undos = undos;
  }

  /**
   * @param entries what is added in one go, the fields of each
   * @param isSeen whether one sees that such an entry was added: else it is said
   */
  add(list, entries, isSeen) {
    const changes = entries.map((fields) => this.#store.change({ kind: 'add', list, entry: `new-${newKey()}`, fields }));
    const undo = (made) => made.toReversed().forEach((change) => this.#takeBack(change, null));
    this.#undos.push(addedUnseen(entries, isSeen), undo, ...changes);
  }

  /** @param from the entry as it was when the change began: if another one is there now, someone is asked */
  update(entry, fields, say = `Changed ${quoted(entry.title)}`, from = null) {
    const before = this.#before(entry);
    const base = from && Object.fromEntries(['title', ...Object.keys(fields)].map((name) => [name, from[name]]));
    const ifMatch = from?.etag ?? undefined;
    const change = this.#store.change({ kind: 'update', list: entry.list, entry: entry.key, fields, base, ifMatch });
    this.#undoable(say, change, before);
  }

  tick(entry) {
    const say = entry.done ? `Not done: ${quoted(entry.title)}` : `Done: ${quoted(entry.title)}`;
    this.update(entry, { done: !entry.done }, say);
  }

  date(entry, date) {
    const when = date ? spokenDay(date).replace(/^(Today|Tomorrow|Yesterday)$/, (word) => word.toLowerCase()) : 'no date';
    if (date !== entry.date) this.update(entry, { date }, `${quoted(entry.title)} is for ${when}`);
  }

  remove(entry) {
    const change = this.#store.change({ kind: 'delete', list: entry.list, entry: entry.key });
    this.#undoable(`Deleted ${quoted(entry.title)}`, change, this.#before(entry));
  }

  move(entry, to) {
    const from = entry.list;
    const before = this.#before(entry);
    const change = this.#store.change({ kind: 'move', list: from, entry: entry.key, to, before });
    this.#undos.push(`Moved ${quoted(entry.title)} to ${quoted(this.#store.nameOf(to))}`, () => {
      if (this.#store.outbox.takeBack(change)) this.#store.changed();
      else this.#store.change({ kind: 'back', list: from, from: to, entry: entry.key, before, of: change.key });
    }, change);
  }

  renameList(id, name) {
    const before = this.#store.nameOf(id);
    const renamed = (fields) => this.#store.change({ kind: 'rename', list: id, fields });
    const change = renamed({ name });
    this.#undos.push(`Renamed ${quoted(before)} to ${quoted(name)}`, () => renamed({ name: before }), change);
  }

  removeList(id, back) {
    const name = this.#store.nameOf(id);
    const change = this.#store.change({ kind: 'remove', list: id });
    this.#undos.push(`Deleted the list ${quoted(name)}`, () => {
      if (this.#store.outbox.takeBack(change)) this.#store.changed();
      else this.#restored(this.#store.listNow(id), name);
      back();
    }, change);
  }

  restoreList(id, name, away) {
    const change = this.#restored(id, name);
    this.#undos.push(`Restored the list ${quoted(name)}`, () => {
      if (this.#store.outbox.takeBack(change)) this.#store.left(this.#store.list(id));
      else this.#store.change({ kind: 'remove', list: id });
      away();
    }, change);
  }

  #restored(id, name) {
    Object.assign(this.#store.list(id), { name, phase: 'loading' });
    return this.#store.change({ kind: 'restore', list: id });
  }

  #before(entry) {
    return { ...entry, pending: false };
  }

  #undoable(say, change, before) {
    this.#undos.push(say, () => this.#takeBack(change, before), change);
  }

  #takeBack(change, before) {
    if (this.#store.outbox.takeBack(change)) return this.#store.changed();
    if (this.#hasMoved(change) && change.kind !== 'delete') return this.#takeBackElsewhere(change, before);
    this.#store.change({
      kind: 'undo',
      list: change.list,
      entry: change.entry,
      before,
      of: change.key,
      ofRevision: change.revision,
    });
  }

  #hasMoved({ entry, at }) {
    const place = this.#store.placeOf(entry);
    return place && at && (place.list !== at.list || place.id !== at.id);
  }

  /** Where an entry has moved since, even back, it is another one to the list, whose history cannot take it back. */
  #takeBackElsewhere({ entry, fields }, before) {
    const { list } = this.#store.entry(entry) ?? this.#store.placeOf(entry);
    const was = before && Object.fromEntries(Object.keys(fields).map((name) => [name, before[name]]));
    this.#store.change(was ? { kind: 'update', list, entry, fields: was } : { kind: 'delete', list, entry });
  }
}
