import { ask, entriesPath, FIRST_PAGE, listPath } from './api.js';

const ANEW = 1_000;
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
  #again = 0;
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
    clearTimeout(this.#again);
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
      const entries = new Map();
      let incarnation, revision, after = '';
      do {
        const page = after ? await pageAfter(after) : first;
        if (!this.#served(page, owner, begun)) return;
        if (revision === undefined) [incarnation, revision] = position(page.etag);
        for (const told of page.body.entries) {
          const entry = this.entry(told);
          entries.set(entry.key, entry);
        }
        after = page.body.next ? `&after=${encodeURIComponent(page.body.next)}` : '';
        if (page.etag && position(page.etag)[1] !== revision) throw new Changed();
      } while (after);
      // What became known while this was on its way is newer than this.
      if (this.heardAt > begun && this.phase === 'gone') return;
      const same = !this.incarnation || this.incarnation === incarnation;
      if (same && revision < Math.max(this.revision, this.heard)) throw new Changed();
      Object.assign(this, { entries, incarnation, revision, heard: revision, loaded: true, phase: 'ready' });
      if (this.heardAt < begun) Object.assign(this, { name: head.body.name, heardAt: begun });
      owner.wasRead(this);
    } catch (failure) {
      if (failure instanceof Changed) this.#retry(owner, 0);
      else this.#unreachable(owner, failure);
    }
  }

  #served(answer, owner, begun) {
    owner.reached();
    if (answer.ok) return true;
    if (answer.status === 404 || answer.status === 410) {
      if (this.heardAt > begun) return void this.#retry(owner, 0);
      owner.left(this, begun);
      owner.wasRead(this);
    } else {
      // Whether it was done is asked about a change alone: a reading that came to nothing came too slowly.
      const status = answer.status === 504 ? 408 : answer.status;
      this.troubled({ ...answer.body, status }, answer.retryAfter);
      owner.changed();
      this.#retry(owner, Math.min(answer.retryAfter, ANEW));
    }
    return false;
  }

  /** Read again once there is a way to the server. */
  #unreachable(owner, failure) {
    this.#anew ??= () => this.read(owner);
    owner.addEventListener('online', this.#anew, { once: true });
    owner.unreachable(failure);
  }

  #retry(owner, pause) {
    this.#again = setTimeout(() => this.read(owner), pause);
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

class Changed extends Error {}

/** Incarnation and revision out of a list's tag. */
function position(etag) {
  const [, incarnation, revision] = /^"?(.+)-(\d+)-(\d+)(?:--gzip)?"?$/.exec(etag) ?? [];
  return [incarnation ?? '', Number(revision ?? 0)];
}
