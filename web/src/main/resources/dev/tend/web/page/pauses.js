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

/** Something that is tried again until it comes to something: later each time, and never twice at once. */
export class Again {
  #pauses = new Pauses();
  #timer = 0;

  later(act) {
    this.cancel();
    this.#timer = setTimeout(act, this.#pauses.longer(this));
  }

  cancel() {
    clearTimeout(this.#timer);
  }

  /** It came to something. */
  forget() {
    this.#pauses.forgetAll();
  }
}
