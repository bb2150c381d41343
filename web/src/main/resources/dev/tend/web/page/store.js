import { Answers } from './answers.js';
import { ask, FIRST_PAGE, LISTS, newKey } from './api.js';
import { KnownList } from './known-list.js';
import { Outbox } from './outbox.js';
import { overlay } from './overlay.js';
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
  #readings = 0;
  /** By which reading of the lists one was known to be deleted. */
  #gone = new Map();

  changed() {
    this.#views.clear();
    this.dispatchEvent(new Event('change'));
  }

  // --- reading ---

  async readLists() {
    const reading = ++this.#readings;
    try {
      const known = new Map();
      let after = '';
      do {
        const page = await ask('GET', `${LISTS}${FIRST_PAGE}${after}`);
        this.reached();
        if (!page.ok) return void setTimeout(() => this.readLists(), page.retryAfter);
        for (const told of page.body.lists) if (!(this.#gone.get(told.id) >= reading)) known.set(told.id, this.told(told));
        after = page.body.next ? `&after=${encodeURIComponent(page.body.next)}` : '';
      } while (after);
      for (const change of this.outbox.changes) {
        if (change.kind === 'create') known.set(change.list, this.#pendingList(change));
      }
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
      if (list.phase === 'ready') list.read(this);
    }
  }

  /** It was deleted: also where an older answer still names it. */
  left(list) {
    this.#gone.set(list.id, this.#readings);
    Object.assign(list, { phase: 'gone', loaded: false });
  }

  /** The server has told of a list that is there. */
  told(told) {
    const list = this.list(told.id);
    list.name = told.name;
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

  /** The lists to show, by name. */
  shownLists() {
    const removed = new Set(this.outbox.changes.filter((c) => c.kind === 'remove' && !c.refused).map((c) => c.list));
    return [...this.lists.values()]
      .filter((list) => list.phase !== 'gone' && list.name && !removed.has(list.id))
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
      const changes = this.outbox.changes.filter((change) => change.list === id || change.to === id);
      this.#views.set(id, overlay(id, this.list(id).entries, changes));
    }
    return this.#views.get(id);
  }

  entry(key) {
    const list = this.placeOf(key)?.list ?? this.outbox.changes.find((c) => c.entry === key)?.list;
    return list && this.entries(list).get(key);
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

  change(change) {
    const made = this.outbox.add(change);
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
