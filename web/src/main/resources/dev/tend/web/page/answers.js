/** What becomes of changes that were sent: the outbox tells it, and the store is brought up to it. */
export class Answers {
  #store;

  constructor(store) {
    this.#store = store;
  }

  sent(change, answer) {
    const store = this.#store;
    store.reached();
    if (change.kind === 'create') return this.#created(change, answer.body);
    const list = store.list(change.list);
    list.well();
    switch (change.kind) {
      case 'rename':
      case 'restore':
        store.outbox.drop(change);
        store.told(answer.body);
        if (!list.loaded) list.read(store);
        break;
      case 'remove':
        store.outbox.drop(change);
        store.left(list);
        break;
      case 'move':
      case 'back':
        this.#moved(change, answer.body);
        break;
      default:
        if (change.kind === 'add') store.placed(change.entry, list.id, answer.body.id);
        this.#settle(list, change, answer.body?.entry ?? (change.kind === 'undo' ? null : answer.body));
    }
    store.changed();
    store.dispatchEvent(new CustomEvent('sent', { detail: change }));
  }

  #created(change, told) {
    const store = this.#store;
    const from = change.list;
    store.lists.delete(from);
    // In this order: the outbox goes on with the list that the change is of by then.
    store.renumbered(from, told.id);
    store.outbox.drop(change);
    const list = store.told(told);
    if (list.loaded === false) Object.assign(list, { loaded: true, phase: 'ready' });
    store.changed();
    store.dispatchEvent(new CustomEvent('named', { detail: { from, to: told.id } }));
    list.read(store);
  }

  /** Two lists have changed: both are read again, that of the change last, and it shows until then. */
  #moved(change, { list: to, entry }) {
    const store = this.#store;
    const target = store.list(to);
    store.placed(change.entry, to, entry.id);
    target.heard = Math.max(target.heard, entry.revision);
    change.revision = null;
    const other = change.kind === 'back' ? store.list(change.from) : target;
    other.read(store).then(() => store.list(change.list).read(store));
  }

  /** The server has it at a revision; the page may be behind that or past it. */
  #settle(list, change, told) {
    const store = this.#store;
    if (list.loaded && change.revision === list.revision + 1) {
      list.revision++;
      store.apply(list, change.entry, told);
    }
    if (change.revision <= list.revision) store.outbox.drop(change);
    else setTimeout(() => store.outbox.changes.includes(change) && list.read(store), 1_500);
  }

  refused(change, answer) {
    const store = this.#store;
    store.reached();
    store.list(change.list).well();
    store.dispatchEvent(new CustomEvent('refused', { detail: { change, answer } }));
    store.changed();
  }

  waits(change, answer) {
    const store = this.#store;
    if (answer) {
      store.reached();
      store.list(change.list).troubled({ status: answer.status, ...answer.body }, answer.retryAfter);
      store.changed();
    } else {
      store.unreachable();
    }
  }
}
