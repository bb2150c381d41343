import { ask, entriesPath, FIRST_PAGE, listPath } from './api.js';
import { Again } from './pauses.js';

const MOST = 1_000;
const ID = /^(?:new-)?[0-9a-f]{32}$/;

/**
 * A list as the server has told of it. `phase` is one of: `known` (its name alone), `loading`,
 * `ready`, `hindered` (by `problem`), `resting` (until `until`), `gone`.
 */
export class KnownList {
  name = '';
  phase = 'known';
  /** Why it could not be had at last: `{ status, hindrance, detail }`, of which any may be missing. */
  problem = {};
  until = 0;
  incarnation = '';
  revision = 0;
  /** The newest revision that was told of. */
  heard = 0;
  /** When its name, or that it is gone, was heard; see `Store.now`. */
  heardAt = 0;
  loaded = false;
  /** @type {Map<string, object>} by their keys */
  entries = new Map();

  #keyOf;
  #reading = null;
  #again = new Again();
  #anew = null;

  constructor(id, keyOf) {
    this.id = id;
    if (!ID.test(id)) this.phase = 'gone';
    this.#keyOf = keyOf;
  }

  entry(told) {
    const etag = told.etag ?? `"${this.incarnation}-${told.revision}"`;
    return { ...told, etag, list: this.id, key: this.#keyOf(this.id, told.id), pending: false };
  }

  /** Reads all of it; one reading at a time. Tells `owner` what came of it. */
  async read(owner) {
    this.#again.cancel();
    this.#reading ??= this.#readAll(owner).finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readAll(owner) {
    if (this.phase === 'known') this.phase = 'loading';
    const begun = owner.now();
    try {
      const pageAfter = (after) => ask('GET', `${entriesPath(this.id)}${FIRST_PAGE}${after}`);
      const [head, first] = await Promise.all([ask('GET', listPath(this.id)), pageAfter('')]);
      if (!this.#served(head, owner, begun)) return;
      const told = new Map();
      let incarnation, revision, newest, after = '';
      do {
        const page = after ? await pageAfter(after) : first;
        if (!this.#served(page, owner, begun)) return;
        const [one, at] = position(page.etag);
        incarnation ??= one;
        revision ??= at;
        if (one !== incarnation || at < newest) throw new Changed();
        newest = at;
        for (const entry of page.body.entries) told.set(entry.id, entry);
        after = page.body.next ? `&after=${encodeURIComponent(page.body.next)}` : '';
      } while (after);
      // What became known while this was on its way is newer than this.
      const same = !this.incarnation || this.incarnation === incarnation;
      const upTo = () => Math.max(newest, same ? Math.max(this.revision, this.heard) : 0);
      for (let to = upTo(); revision < to; revision = to, to = upTo()) {
        const records = await this.#changes(revision, to, owner, begun);
        if (!records) return;
        for (const record of records) happens(record, told);
      }
      if (this.heardAt > begun && this.phase === 'gone') return;
      this.#again.forget();
      Object.assign(this, { incarnation, revision, heard: revision, loaded: true, phase: 'ready' });
      this.entries = new Map([...told.values()].map((entry) => this.entry(entry)).map((entry) => [entry.key, entry]));
      if (this.heardAt < begun) Object.assign(this, { name: head.body.name, heardAt: begun });
      owner.wasRead(this);
    } catch (failure) {
      if (failure instanceof Changed) this.#again.later(() => this.read(owner));
      else this.#unreachable(owner, failure);
    }
  }

  /** What has happened after a revision, up to another, in its order; undefined where it cannot be had now. */
  async #changes(from, to, owner, begun) {
    const records = [];
    for (let before = to + 1; before > from + 1; before = records.at(-1).revision) {
      const limit = Math.min(before - from - 1, MOST);
      const page = await ask('GET', `${listPath(this.id)}/history?before=${before}&limit=${limit}`);
      if (!this.#served(page, owner, begun)) return undefined;
      if (!page.body.records.length) throw new Changed();
      records.push(...page.body.records);
    }
    if (records.length !== to - from) throw new Changed();
    return records.reverse();
  }

  #served(answer, owner, begun) {
    owner.reached();
    if (answer.ok) return true;
    if (answer.status === 404 || answer.status === 410) {
      if (this.heardAt > begun) return void this.#again.later(() => this.read(owner));
      owner.left(this, begun);
      owner.wasRead(this);
    } else {
      // Whether it was done is asked about a change alone: a reading that came to nothing came too slowly.
      const status = answer.status === 504 ? 408 : answer.status;
      this.troubled({ ...answer.body, status }, answer.retryAfter);
      owner.changed();
      this.#again.later(() => this.read(owner));
    }
    return false;
  }

  /** Read again once there is a way to the server. */
  #unreachable(owner, failure) {
    this.#anew ??= () => this.read(owner);
    owner.addEventListener('online', this.#anew, { once: true });
    owner.unreachable(failure);
  }

  /** It cannot be had now, as a problem says, and for how long, in milliseconds. */
  troubled(problem, retryAfter) {
    this.phase = problem.hindrance === 'quarantined' ? 'resting' : 'hindered';
    this.problem = problem;
    this.until = Date.now() + retryAfter;
  }

  well() {
    if (this.loaded) this.phase = 'ready';
  }
}

/** Its history does not go back to where this reading began, or it is another's by now. */
class Changed extends Error {}

/** Brings entries, by their numbers, up to the next change of theirs. */
function happens({ kind, id, entry }, entries) {
  if (kind === 'cleared') entries.clear();
  else if (kind === 'deleted') entries.delete(id);
  else if (entry) entries.set(id, entry);
}

/** Incarnation and revision out of a list's tag. */
function position(etag) {
  const [, incarnation, revision] = /^"?(.+)-(\d+)-(\d+)(?:--gzip)?"?$/.exec(etag) ?? [];
  return [incarnation ?? '', Number(revision ?? 0)];
}
