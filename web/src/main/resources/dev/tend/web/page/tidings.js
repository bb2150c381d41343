const GLOW = 2_000;

/** What has happened elsewhere, as the stream tells it: the store is brought up to it. */
export class Tidings {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /** The stream has begun: which lists are down it tells next. */
  begun(ids) {
    for (const id of ids) this.#store.lists.get(id)?.well();
    this.#store.changed();
  }

  /** A change that the server tells of: the next one of its list, or one that is known. */
  happened(record) {
    const store = this.#store;
    const list = store.lists.get(record.list);
    if (!list?.loaded || record.revision <= list.revision) return;
    list.heard = Math.max(list.heard, record.revision);
    if (record.revision !== list.revision + 1) return void list.read(store);
    list.revision = record.revision;
    const own = store.outbox.changes.find((change) => change.key === record.command);
    if (own && record.kind === 'added') store.placed(own.entry, list.id, record.entry.id);
    // A move takes records of two lists: its answer says when it is through.
    if (own && own.kind !== 'move' && own.kind !== 'back') {
      store.outbox.happened(own, record.revision, record.entry && list.entry(record.entry).etag);
    }
    if (record.kind === 'cleared') {
      list.entries.clear();
    } else if (record.entry || record.kind === 'deleted') {
      const key = store.keyAt(list.id, record.id);
      store.apply(list, key, record.entry);
      if (!own && record.entry) this.#glow(key);
    }
    store.changedSoon();
  }

  /** A list was made, renamed, deleted or restored. */
  listHappened(told) {
    const store = this.#store;
    if (told.deleted) {
      const list = store.lists.get(told.id);
      if (list) store.left(list);
    } else {
      const list = store.told(told);
      if (!list.loaded) list.read(store);
    }
    store.changed();
  }

  /** What has changed cannot be told, so it is read; unless it is deleted, or is about to be or to come back. */
  listReset(id) {
    const store = this.#store;
    if (store.list(id).phase !== 'gone' && !store.isDecided(id)) store.list(id).read(store);
  }

  /** For how many seconds is known once its cache was asked. */
  listDown({ list: id, hindrance, reason, retryAfter = 1 }) {
    const list = this.#store.lists.get(id);
    if (list?.loaded) list.troubled({ hindrance, detail: reason && `Not now: ${reason}.` }, 1_000 * retryAfter);
    this.#store.changed();
  }

  listUp(id) {
    const store = this.#store;
    store.lists.get(id)?.well();
    store.outbox.flush();
    store.changed();
  }

  #glow(key) {
    const store = this.#store;
    store.glowing.add(key);
    setTimeout(() => {
      store.glowing.delete(key);
      store.changedSoon();
    }, GLOW);
  }
}
