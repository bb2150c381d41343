import { Answers } from './answers.js';
import { ask, FIRST_PAGE, LISTS, newKey } from './api.js';
import { KnownList } from './known-list.js';
import { Outbox } from './outbox.js';
import { overlay } from './overlay.js';
import { Again } from './pauses.js';
import { Places } from './places.js';

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** All that the page knows. Sends `change` whenever something may look different. */
export class Store extends EventTarget {
  /** @type {Map<string, KnownList>} */
  lists = new Map();
  listsKnown = false;
  online = true;
  glowing = new Set();
  outbox = new Outbox(new Answers(this), (key) => this.placeOf(key));

  #places = new Places();
  #names = new Map();
  #views = new Map();
  #again = new Again();
  #clock = 0;
  #soon = new MessageChannel();
  #toTell = false;

  constructor() {
    super();
    this.#soon.port1.onmessage = () => this.#toTell && this.changed();
  }

  changed() {
    this.#toTell = false;
    this.#views.clear();
    this.dispatchEvent(new Event('change'));
  }

  /** The same, once for all that comes in one go: an import elsewhere is thousands of changes. */
  changedSoon() {
    this.#views.clear();
    if (this.#toTell) return;
    this.#toTell = true;
    this.#soon.port2.postMessage(null);
  }

  // --- reading ---

  /** When something is heard, or a reading begins: what was asked for earlier may be older than that. */
  now() {
    return ++this.#clock;
  }

  async readLists() {
    const begun = this.now();
    this.#again.cancel();
    try {
      const known = new Map();
      let after = '';
      do {
        const page = await ask('GET', `${LISTS}${FIRST_PAGE}${after}`);
        this.reached();
        if (!page.ok) return void this.#again.later(() => this.readLists());
        for (const told of page.body.lists) known.set(told.id, this.#read(told, begun));
        after = page.body.next ? `&after=${encodeURIComponent(page.body.next)}` : '';
      } while (after);
      for (const change of this.outbox.changes) {
        if (change.kind === 'create') known.set(change.list, this.#pendingList(change));
      }
      this.#again.forget();
      this.#missing(known);
      this.lists = known;
      this.listsKnown = true;
      this.changed();
      this.dispatchEvent(new Event('lists'));
    } catch (failure) {
      this.unreachable(failure);
    }
  }

  /** What the server did not name: someone may look at it, so it is asked about. */
  #missing(known) {
    for (const [id, list] of this.lists) {
      if (known.has(id)) continue;
      known.set(id, list);
      if (list.phase === 'ready' && !this.isDecided(id)) list.read(this);
    }
  }

  /** Whether someone here has deleted it or brought it back, which the server has not acknowledged. */
  isDecided(id) {
    return this.outbox.of(id).some(({ kind }) => kind === 'remove' || kind === 'restore');
  }

  /** It was deleted, as was known at a time: also where an older answer still names it. */
  left(list, asOf = this.now()) {
    Object.assign(list, { phase: 'gone', loaded: false, heardAt: asOf });
  }

  /** The server has told of a list that is there. */
  told(told) {
    return this.#read(told, this.now());
  }

  /** What an answer says of a list, unless there is newer news of it. */
  #read(told, asOf) {
    const list = this.list(told.id);
    if (list.heardAt > asOf) return list;
    Object.assign(list, { name: told.name, heardAt: asOf });
    if (list.phase === 'gone') list.phase = 'known';
    return list;
  }

  #pendingList({ list, fields }) {
    const pending = this.list(list);
    return Object.assign(pending, { name: fields.name, phase: 'ready', loaded: true });
  }

  /** One that may be known or not. */
  list(id) {
    const list = this.lists.get(id) ?? new KnownList(id, (...place) => this.keyAt(...place));
    this.lists.set(id, list);
    return list;
  }

  /** What someone would call it now, with renames that wait. */
  nameOf(id) {
    return this.outbox.of(id).findLast((change) => change.kind === 'rename' && !change.refused)?.fields.name
      ?? this.lists.get(id)?.name ?? '';
  }

  /** The lists to show, by name. One that is made is not shown twice when the server has it already. */
  shownLists() {
    const waiting = this.outbox.changes.filter(({ refused }) => !refused);
    const removed = new Set(waiting.filter(({ kind }) => kind === 'remove').map(({ list }) => list));
    const made = new Map(waiting.filter(({ kind }) => kind === 'create').map(({ list, fields }) => [list, fields.name]));
    const there = [...this.lists.values()].filter(({ id, name, phase }) => phase !== 'gone' && name && !removed.has(id));
    const names = new Set(there.filter(({ id }) => !made.has(id)).map(({ name }) => name));
    return there
      .filter(({ id }) => !names.has(made.get(id)))
      .sort((a, b) => BY_NAME.compare(this.nameOf(a.id), this.nameOf(b.id)));
  }

  open(id) {
    const list = this.list(id);
    if (!list.loaded && list.phase !== 'loading' && list.phase !== 'gone') list.read(this);
    return list;
  }

  /** A list's entries, as they are to be shown. */
  entries(id) {
    if (!this.#views.has(id)) {
      const changes = this.outbox.changes.filter((change) => [change.list, change.to, change.from].includes(id));
      this.#views.set(id, overlay(id, this.list(id).entries, changes));
    }
    return this.#views.get(id);
  }

  /** An entry, in whichever list it is to be shown. */
  entry(key) {
    const changes = this.outbox.changes.filter(({ entry }) => entry === key);
    const lists = new Set([this.placeOf(key)?.list, ...changes.flatMap(({ list, to }) => [list, to])]);
    return [...lists].filter(Boolean).map((list) => this.entries(list).get(key)).find(Boolean);
  }

  // --- places and names ---

  placeOf(key) {
    return this.#places.of(key);
  }

  /** The key of an entry that a deep link names. */
  keyAt(list, id) {
    return this.#places.keyAt(list, id);
  }

  /** The server has given an entry its number. */
  placed(key, list, id) {
    this.#places.put(key, list, id);
    const added = this.outbox.changes.find((change) => change.kind === 'add' && change.entry === key);
    if (added) added.at ??= { list, id };
    const entries = this.lists.get(list)?.entries;
    const told = entries?.get(`${list}/${id}`);
    if (told) {
      entries.delete(told.key);
      entries.set(key, { ...told, key });
    }
  }

  /** The server has given a list its number. */
  renumbered(from, to) {
    this.#names.set(from, to);
    this.outbox.rename(from, to);
  }

  /** The number a list has by now. */
  listNow(id) {
    return this.#names.get(id) ?? id;
  }

  // --- changing ---

  /** A list that it names may have got its number since someone began. */
  change(change) {
    const named = ['list', 'to', 'from'].filter((name) => change[name]);
    const made = this.outbox.add({ ...change, ...Object.fromEntries(named.map((name) => [name, this.listNow(change[name])])) });
    if (made.kind === 'create') this.#pendingList(made);
    this.changed();
    return made;
  }

  create(name) {
    return this.change({ kind: 'create', list: `new-${newKey()}`, fields: { name } });
  }

  /** An entry as the server has it now; null where it has none. */
  apply(list, key, told) {
    if (told) list.entries.set(key, { ...list.entry(told), key });
    else list.entries.delete(key);
  }

  // --- what a reading tells ---

  wasRead(list) {
    for (const change of this.outbox.of(list.id)) {
      if (change.revision === null || change.revision <= list.revision) this.outbox.drop(change);
    }
    this.changed();
    this.dispatchEvent(new CustomEvent('read', { detail: list }));
  }

  reached() {
    if (this.online) return;
    this.online = true;
    this.outbox.flush();
    this.changed();
    this.dispatchEvent(new Event('online'));
  }

  unreachable() {
    if (this.online) {
      this.online = false;
      this.changed();
      this.dispatchEvent(new Event('offline'));
    }
  }
}
