import { ask, Unreachable, entriesPath, entryPath, listPath, LISTS, newKey } from './api.js';

const KEPT = 'tend.outbox';
const MERGE = 'application/merge-patch+json';
const FIRST_PAUSE = 400;
const MANY = 200;
const LONGEST_PAUSE = 5_000;

/**
 * The changes that the server has not acknowledged. Those of one list are sent one after the other,
 * each with its own key for as long as it takes; what is sent twice acts once. They outlive a reload
 * of the page.
 *
 * The owner is told what becomes of them: `sent(change, answer)`, `refused(change, answer)`,
 * `waits(change, answer?)`, and `placeOf(entryKey)` is where an entry is by now.
 */
export class Outbox {
  #owner;
  #busy = new Set();
  #pauses = new Map();

  /** @type {Array<object>} in the order in which they were made */
  changes = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');

  constructor(owner) {
    this.#owner = owner;
  }

  add(change) {
    const kept = { key: newKey(), ...change };
    this.changes.push(kept);
    this.#keep();
    queueMicrotask(() => this.#next(kept.list));
    return kept;
  }

  /** What the server has the effects of, or will never have. */
  drop(change) {
    this.changes = this.changes.filter((other) => other !== change);
    this.#keep();
  }

  of(list) {
    return this.changes.filter((change) => change.list === list);
  }

  /** How many nobody has acknowledged. */
  get waiting() {
    return this.changes.filter((change) => change.revision === undefined && !change.refused).length;
  }

  /** Whether it was taken back before it left. */
  takeBack(change) {
    if (change.left || change.revision !== undefined) return false;
    this.drop(change);
    return true;
  }

  /** Once more, with nothing of what was said to the server before. */
  resend(change, changed) {
    Object.assign(change, { key: newKey(), left: false, refused: undefined, ...changed });
    this.#keep();
    this.#next(change.list);
  }

  /** Sends at once what waits for a better moment. */
  flush() {
    this.#pauses.clear();
    new Set(this.changes.map((change) => change.list)).forEach((list) => this.#next(list));
  }

  /** A list that had no number got one. */
  rename(from, to) {
    for (const change of this.changes) {
      if (change.list === from) change.list = to;
      if (change.to === from) change.to = to;
    }
    this.#keep();
  }

  async #next(list) {
    const change = this.changes.find((one) => one.list === list && one.revision === undefined && !one.refused);
    if (!change || this.#busy.has(list)) return;
    this.#busy.add(list);
    change.left = true;
    this.#keep();
    let pause = 0;
    try {
      const many = this.#run(change);
      pause = many.length > 1 ? await this.#sendMany(many) : this.#judge(change, await ask(...this.#request(change)));
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      this.#owner.waits(change, null);
      pause = this.#longer(list);
    } finally {
      this.#busy.delete(list);
    }
    this.#keep();
    if (pause) setTimeout(() => this.#next(list), pause);
    else this.#next(change.list);
  }

  /** What can go in one request with a change: the additions right behind it. */
  #run(change) {
    const mine = this.of(change.list);
    const behind = mine.slice(mine.indexOf(change));
    const end = behind.findIndex((other) => other.kind !== 'add' || other.refused || other.revision !== undefined);
    return behind.slice(0, Math.min(end < 0 ? behind.length : end, MANY));
  }

  async #sendMany(changes) {
    for (const change of changes) change.left = true;
    this.#keep();
    const commands = changes.map(({ key, fields }) => ({ key, add: fields }));
    // Each acts once under its own key; the request's key is not one that is ever used again.
    const whole = await ask('POST', `${listPath(changes[0].list)}/batch`, { key: newKey(), body: { commands } });
    if (!whole.ok) return this.#judge(changes[0], whole);
    let pause = 0;
    for (const [i, { status, revision, entry, problem }] of whole.body.results.entries()) {
      const answer = { status, ok: status < 300, revision, body: problem ?? entry, retryAfter: 1_000 };
      pause = Math.max(pause, this.#judge(changes[i], answer));
    }
    return pause;
  }

  /** How long to wait before the next. */
  #judge(change, answer) {
    if (answer.status === 503 || answer.status === 504 || answer.status === 408) {
      this.#owner.waits(change, answer);
      return Math.min(this.#longer(change.list), answer.retryAfter);
    }
    this.#pauses.delete(change.list);
    if (answer.ok) {
      change.revision = answer.revision ?? answer.body?.revision ?? null;
      this.#follow(change, answer);
      this.#owner.sent(change, answer);
    } else {
      change.refused = { status: answer.status, ...answer.body };
      this.#owner.refused(change, answer);
    }
    return 0;
  }

  /** What comes after a change stands on it. */
  #follow(change, answer) {
    for (const other of this.changes) {
      if (other.of === change.key) other.ofRevision = change.revision;
      const next = other !== change && other.entry === change.entry && other.ifMatch;
      if (next && change.ifMatch && answer.body?.etag) other.ifMatch = answer.body.etag;
    }
  }

  #longer(list) {
    const pause = this.#pauses.get(list) ?? FIRST_PAUSE;
    this.#pauses.set(list, Math.min(2 * pause, LONGEST_PAUSE));
    return pause;
  }

  #request({ kind, key, list, entry, fields, ifMatch, to, ofRevision }) {
    const place = entry && this.#owner.placeOf(entry);
    switch (kind) {
      case 'add': return ['POST', entriesPath(list), { key, body: fields }];
      case 'update': return ['PATCH', entryPath(list, place?.id ?? 0), { key, body: fields, ifMatch, type: MERGE }];
      case 'delete': return ['DELETE', entryPath(list, place?.id ?? 0), { key }];
      case 'move': return ['POST', `${entryPath(list, place?.id ?? 0)}/move`, { key, body: { to } }];
      case 'back': return ['POST', `${entryPath(place?.list, place?.id ?? 0)}/move`, { key, body: { to: list } }];
      case 'undo': return ['POST', `${listPath(list)}/undo`, { key, body: { revision: ofRevision } }];
      case 'create': return ['POST', LISTS, { key, body: fields }];
      case 'rename': return ['PATCH', listPath(list), { key, body: fields, type: MERGE }];
      case 'remove': return ['DELETE', listPath(list), { key }];
      case 'restore': return ['POST', `${listPath(list)}/restore`, { key }];
      default: throw new Error(`what is ${kind}?`);
    }
  }

  #keep() {
    sessionStorage.setItem(KEPT, JSON.stringify(this.changes));
  }
}
