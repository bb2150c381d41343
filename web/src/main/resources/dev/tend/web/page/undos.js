const SHOWN = 8_000;

/** What can be taken back, the last thing first; the last is offered in a bar for a while. */
export class Undos extends EventTarget {
  #stack = [];
  #timer = 0;
  offered = null;

  /** @param say what was done; none: it is not offered, but can be undone */
  push(say, undo) {
    const done = { say, undo };
    this.#stack.push(done);
    if (say) this.#offer(done);
  }

  pop() {
    const done = this.#stack.pop();
    if (!done) return;
    this.#offer(null);
    done.undo();
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
