import { keep, kept } from './kept.js';

const KEPT = 'tend.places';
const MOST = 1_000;

/**
 * Where entries are. One that the server told of has its list and number for a key; one that was
 * added here keeps the key it began with, so that its row stays the same row.
 */
export class Places {
  #places = new Map(kept(KEPT, []));
  #keys = new Map([...this.#places].map(([key, { list, id }]) => [`${list}/${id}`, key]));

  keyAt(list, id) {
    return this.#keys.get(`${list}/${id}`) ?? `${list}/${id}`;
  }

  /** None for an entry that has no number yet. */
  of(key) {
    if (this.#places.has(key)) return this.#places.get(key);
    const [, list, id] = /^([0-9a-f]+)\/(\d+)$/.exec(key) ?? [];
    return list ? { list, id: Number(id) } : undefined;
  }

  put(key, list, id) {
    this.#places.set(key, { list, id });
    this.#keys.set(`${list}/${id}`, key);
    keep(KEPT, [...this.#places].slice(-MOST));
  }
}
