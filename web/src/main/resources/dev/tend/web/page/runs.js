const MANY = 200;

const wentAlone = ({ left, together }) => left && !together;

/** How many changes go in one request: fewer where the server did not take so many. */
export class Runs {
  #most = new Map();

  /**
   * A change and, of those behind it, what can go with it: additions behind an addition. Whatever went alone
   * goes alone again, for with its key it has to be the same request.
   */
  from(change, behind) {
    if (wentAlone(change)) return [change];
    const end = behind.findIndex((other) => other.kind !== 'add' || other.refused || other.revision !== undefined
      || wentAlone(other));
    const most = this.#most.get(change.list) ?? MANY;
    return behind.slice(0, Math.min(end < 0 ? behind.length : end, most));
  }

  /** So many were not taken together: half as many may be, and at last each by itself. */
  halve(list, length) {
    this.#most.set(list, Math.max(1, Math.floor(length / 2)));
  }

  forget(list) {
    this.#most.delete(list);
  }
}
