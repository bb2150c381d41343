import { ask, newKey, Unreachable } from './api.js';
import { keep, kept } from './kept.js';
import { Pauses } from './pauses.js';
import { answersIn, requestOf, requestOfAll } from './requests.js';
import { Runs } from './runs.js';

const KEPT = 'tend.outbox';
const LATER = [408, 429, 503, 504];

/** Those that are of an entry, wherever it is. */
const OF_AN_ENTRY = ['update', 'delete', 'move'];

/** Those that take something back: where that is not taken, all is saved. */
export const isUndo = ({ kind }) => kind === 'undo' || kind === 'back';

const isOpen = ({ revision, refused }) => revision === undefined && !refused;

/** Whether it is not known yet if it is to be sent anew. */
const isCompared = ({ refused, theirs }) => refused?.status === 412 && !theirs;

/**
 * The changes that the server has not acknowledged. Those of one list are sent one after the other,
 * each with its own key for as long as it takes; what is sent twice is the same request, of an entry
 * where it was (`at`), and acts once. What someone does with an entry that is about to be moved waits
 * until it is where it is seen. They outlive a reload of the page while the browser has room to keep
 * them; see `safe`.
 *
 * The owner is told what becomes of them: `sent(change, answer)`, `refused(change, answer)`,
 * `waits(change, answer?)`; `placeOf(entryKey)` is where an entry is by now.
 */
export class Outbox {
  #owner;
  #placeOf;
  #busy = new Set();
  #pauses = new Pauses();
  #runs = new Runs();
  #isKept = true;

  /** @type {Array<object>} in the order in which they were made */
  changes = kept(KEPT, []);
  /** Whether all of them are kept where they outlive the page. */
  safe = true;

  constructor(owner, placeOf) {
    this.#owner = owner;
    this.#placeOf = placeOf;
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
    queueMicrotask(() => this.goOn(change));
  }

  of(list) {
    return this.changes.filter((change) => change.list === list);
  }

  /** How many nobody has acknowledged. */
  get waiting() {
    return this.changes.filter(isOpen).length;
  }

  /** How many the server did not take, and nobody has done anything about. */
  get refused() {
    return this.changes.filter((change) => change.refused && !isUndo(change)).length;
  }

  /** Whether it was taken back before it had happened: it had not left, or was refused. */
  takeBack(change) {
    if ((change.left && !change.refused) || change.revision !== undefined) return false;
    this.drop(change);
    return true;
  }

  /** Once more, with nothing of what was said to the server before. */
  resend(change, changed) {
    Object.assign(change, { key: newKey(), left: false, together: false, at: undefined, refused: undefined, ...changed });
    this.#keep();
    this.#next(change.list);
  }

  /** It has happened, as others tell before its answer has come. */
  happened(change, revision, etag) {
    change.revision = revision;
    this.#follow(change, etag);
    this.drop(change);
  }

  /** Goes on with what has waited for a change. */
  goOn({ list, entry }) {
    const after = entry ? this.changes.filter((other) => other.entry === entry) : [];
    new Set([list, ...after.map((other) => other.list)]).forEach((one) => this.#next(one));
  }

  /** Sends at once what waits for a better moment. */
  flush() {
    this.#pauses.forgetAll();
    new Set(this.changes.map((change) => change.list)).forEach((list) => this.#next(list));
  }

  /** A list that had no number got one. */
  rename(from, to) {
    for (const change of this.changes) {
      if (change.list === from) change.list = to;
      if (change.to === from) {
        change.to = to;
        setTimeout(() => this.#next(change.list));
      }
    }
    this.#keep();
  }

  async #next(list) {
    const change = this.changes.find((one) => one.list === list && isOpen(one) && !this.#hasToWait(one));
    if (!change) this.#runs.forget(list);
    if (!change || this.#busy.has(list) || this.#unmade(change)) return;
    if (this.#follows(change)) return [change.list, list].forEach((one) => this.#next(one));
    this.#busy.add(list);
    const many = this.#runs.from(change, this.#behind(change));
    change.left = true;
    change.at ??= change.entry && this.#placeOf(change.entry);
    this.#keep();
    let pause = 0;
    try {
      pause = many.length > 1 || change.together ? await this.#sendMany(many) : await this.#sendOne(change);
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      this.#owner.waits(change, null);
      pause = this.#pauses.longer(list);
    } finally {
      this.#busy.delete(list);
    }
    this.#keep();
    if (pause) setTimeout(() => this.#next(list), pause);
    else this.goOn(change);
  }

  /** Whether what was done before with its entry is not through: that is in another queue, or to be sent anew. */
  #hasToWait(change) {
    return this.changes.slice(0, this.changes.indexOf(change))
      .some((other) => other.entry && other.entry === change.entry
        && ((isOpen(other) && other.list !== change.list) || isCompared(other)));
  }

  /** Whether its entry is in another list by now, and so the change goes there. */
  #follows(change) {
    const place = OF_AN_ENTRY.includes(change.kind) && !change.at ? this.#placeOf(change.entry) : undefined;
    if (!place || place.list === change.list) return false;
    change.list = place.list;
    return true;
  }

  /** Whether it is for a list that there is not yet, or that the server would not make. */
  #unmade({ kind, list, to }) {
    return kind !== 'create' && this.changes.some((one) => one.kind === 'create' && (one.list === list || one.list === to));
  }

  #behind(change) {
    const mine = this.of(change.list);
    return mine.slice(mine.indexOf(change));
  }

  async #sendOne(change) {
    return this.#judge(change, await ask(...requestOf(change)));
  }

  async #sendMany(changes) {
    for (const change of changes) Object.assign(change, { left: true, together: true });
    this.#keep();
    const whole = await ask(...requestOfAll(changes));
    if (whole.ok) {
      const answers = answersIn(whole);
      return Math.max(...changes.map((change, i) => this.#judge(change, answers[i])));
    }
    if (LATER.includes(whole.status)) return this.#judge(changes[0], whole);
    // Of a list that is gone each is refused; else it is not known yet which of them is at fault.
    if (whole.status === 404) changes.forEach((change) => this.#judge(change, whole));
    else {
      if (whole.status < 500) changes.forEach((change) => Object.assign(change, { left: false, together: false }));
      this.#runs.halve(changes[0].list, changes.length);
    }
    return 0;
  }

  /** How long to wait before the next. */
  #judge(change, answer) {
    if (LATER.includes(answer.status)) {
      this.#owner.waits(change, answer);
      return Math.min(this.#pauses.longer(change.list), answer.retryAfter);
    }
    this.#pauses.forget(change.list);
    if (answer.ok) {
      change.revision = answer.revision ?? answer.body?.revision ?? null;
      this.#follow(change, answer.body?.etag);
      this.#owner.sent(change, answer);
    } else {
      change.refused = { status: answer.status, ...answer.body };
      this.#owner.refused(change, answer);
    }
    return 0;
  }

  /** What comes after a change stands on it. */
  #follow(change, etag) {
    for (const other of this.changes) {
      if (other.of === change.key) other.ofRevision = change.revision;
      const next = other !== change && other.entry === change.entry && other.ifMatch;
      if (next && change.ifMatch && etag) other.ifMatch = etag;
    }
  }

  /** Once for all that is done in one go. */
  #keep() {
    if (this.#isKept) queueMicrotask(() => {
      this.#isKept = true;
      this.safe = keep(KEPT, this.changes);
    });
    this.#isKept = false;
  }
}
