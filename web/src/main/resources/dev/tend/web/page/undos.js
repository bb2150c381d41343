const SHOWN = 8_000;

/** What can be taken back, the last thing first; the last is offered in a bar for a while. */
export class Undos extends EventTarget {
  #stack = [];
  #timer = 0;
  offered = null;

  /**
   * @param say what was done; none: it is not offered, but can be undone
   * @param undo takes it back: those of the changes that did happen
   * @param changes what it was
   */
  push(say, undo, ...changes) {
    const done = { say, undo, changes };
    this.#stack.push(done);
    if (say) this.#offer(done);
  }

  pop(done = this.#stack.at(-1)) {
    if (!done) return;
    this.#stack = this.#stack.filter((other) => other !== done);
    this.#offer(null);
    done.undo(done.changes);
  }

  /** It did not happen after all. */
  forget(change) {
    if (this.offered?.changes.includes(change)) this.#offer(null);
    for (const done of this.#stack) done.changes = done.changes.filter((other) => other !== change);
    this.#stack = this.#stack.filter(({ changes }) => changes.length);
  }

  /** While someone points at it or is in it, it stays. */
  hold() {
    clearTimeout(this.#timer);
  }

  release() {
    if (this.offered) this.#timer = setTimeout(() => this.#offer(null), SHOWN);
  }

  #offer(done) {
    clearTimeout(this.#timer);
    this.offered = done;
    if (done) this.release();
    this.dispatchEvent(new Event('change'));
  }
}
