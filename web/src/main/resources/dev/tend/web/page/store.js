import { ask, LISTS, newKey } from './api.js';
import { KnownList } from './known-list.js';
import { Outbox } from './outbox.js';
import { overlay } from './overlay.js';
import { Places } from './places.js';

const GLOW = 2_000;
const BY_NAME = new Intl.Collator('en', { numeric: true });

/** All that the page knows. Sends `change` whenever something may look different. */
export class Store extends EventTarget {
  /** @type {Map<string, KnownList>} */
  lists = new Map();
  listsKnown = false;
  online = true;
  glowing = new Set();
  outbox = new Outbox(this);

  #places = new Places();
  #names = new Map();
  #views = new Map();
  #gone = new Set();

  changed() {
    this.#views.clear();
    this.dispatchEvent(new Event('change'));
  }

  // --- reading ---

  async readLists() {
    this.#gone.clear();
    try {
      const known = new Map();
      let after = '';
      do {
        const page = await ask('GET', `${LISTS}?limit=1000${after}`);
        this.reached();
        if (!page.ok) return void setTimeout(() => this.readLists(), page.retryAfter);
        for (const told of page.body.lists) if (!this.#gone.has(told.id)) known.set(told.id, this.#told(told));
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
  #left(list) {
    this.#gone.add(list.id);
    Object.assign(list, { phase: 'gone', loaded: false });
  }

  #told(told) {
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

  #placed(key, list, id) {
    this.#places.put(key, list, id);
    const entries = this.lists.get(list)?.entries;
    const told = entries?.get(`${list}/${id}`);
    if (told) {
      entries.delete(told.key);
      entries.set(key, { ...told, key });
    }
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

  // --- what the outbox tells ---

  sent(change, answer) {
    this.reached();
    if (change.kind === 'create') return this.#created(change, answer.body);
    const list = this.list(change.list);
    list.well();
    switch (change.kind) {
      case 'rename':
      case 'restore':
        this.outbox.drop(change);
        this.#told(answer.body);
        if (!list.loaded) list.read(this);
        break;
      case 'remove':
        this.outbox.drop(change);
        this.#left(list);
        break;
      case 'move':
      case 'back':
        this.#moved(change, answer.body);
        break;
      default:
        if (change.kind === 'add') this.#placed(change.entry, list.id, answer.body.id);
        this.#settle(list, change, answer.body?.entry ?? (change.kind === 'undo' ? null : answer.body));
    }
    this.changed();
    this.dispatchEvent(new CustomEvent('sent', { detail: change }));
  }

  #created(change, told) {
    const from = change.list;
    this.lists.delete(from);
    this.outbox.drop(change);
    this.#names.set(from, told.id);
    this.outbox.rename(from, told.id);
    const list = this.#told(told);
    if (list.loaded === false) Object.assign(list, { loaded: true, phase: 'ready' });
    this.changed();
    this.dispatchEvent(new CustomEvent('named', { detail: { from, to: told.id } }));
    list.read(this);
  }

  /** Two lists have changed: both are read again, and the change shows until then. */
  #moved(change, { list: to, entry }) {
    this.#placed(change.entry, to, entry.id);
    change.revision = null;
    this.list(to).read(this).then(() => this.list(change.kind === 'back' ? change.from : change.list).read(this));
  }

  /** The server has it at a revision; the page may be behind that or past it. */
  #settle(list, change, told) {
    if (list.loaded && change.revision === list.revision + 1) {
      list.revision++;
      this.#apply(list, change.entry, told);
    }
    if (change.revision !== null && change.revision <= list.revision) this.outbox.drop(change);
    else if (change.revision === null) list.read(this);
    else setTimeout(() => this.outbox.changes.includes(change) && list.read(this), 1_500);
  }

  #apply(list, key, told) {
    if (told) list.entries.set(key, { ...list.entry(told), key });
    else list.entries.delete(key);
  }

  refused(change, answer) {
    this.reached();
    this.list(change.list).well();
    this.dispatchEvent(new CustomEvent('refused', { detail: { change, answer } }));
    this.changed();
  }

  waits(change, answer) {
    if (answer) {
      this.reached();
      this.list(change.list).troubled(answer);
      this.changed();
    } else {
      this.unreachable();
    }
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

  // --- what others did ---

  /** A change that the server tells of: the next one of its list, or one that is known. */
  happened(record) {
    const list = this.lists.get(record.list);
    if (!list?.loaded || record.revision <= list.revision) return;
    list.heard = Math.max(list.heard, record.revision);
    if (record.revision !== list.revision + 1) return void list.read(this);
    list.revision = record.revision;
    const own = this.outbox.of(list.id).find((change) => change.key === record.command);
    if (own) {
      own.revision = record.revision;
      if (own.kind === 'add') this.#placed(own.entry, list.id, record.entry.id);
      this.outbox.drop(own);
    }
    if (record.kind === 'cleared') {
      list.entries.clear();
    } else if (record.entry || record.kind === 'deleted') {
      const key = this.keyAt(list.id, record.id);
      this.#apply(list, key, record.entry);
      if (!own && record.entry) this.#glow(key);
    }
    this.changed();
  }

  /** A list was made, renamed, deleted or restored. */
  listHappened(told) {
    if (told.deleted) {
      const list = this.lists.get(told.id);
      if (list) this.#left(list);
    } else {
      const list = this.#told(told);
      if (!list.loaded) list.read(this);
    }
    this.changed();
  }

  listDown(id) {
    const list = this.lists.get(id);
    if (list?.loaded && list.phase === 'ready') list.phase = 'restarting';
    this.changed();
  }

  listUp(id) {
    this.lists.get(id)?.well();
    this.outbox.flush();
    this.changed();
  }

  #glow(key) {
    this.glowing.add(key);
    setTimeout(() => {
      this.glowing.delete(key);
      this.changed();
    }, GLOW);
  }
}
