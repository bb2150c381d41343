const FIRST = 400;
const LONGEST = 5_000;

/** How long to wait before a list is asked again: longer each time, until it answers. */
export class Pauses {
  #pauses = new Map();

  longer(list) {
    const pause = this.#pauses.get(list) ?? FIRST;
    this.#pauses.set(list, Math.min(2 * pause, LONGEST));
    return pause;
  }

  forget(list) {
    this.#pauses.delete(list);
  }

  forgetAll() {
    this.#pauses.clear();
  }
}
