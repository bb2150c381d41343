package dev.tend.app.client;

import java.io.Serial;

/** Why a command has not done what was asked: a sentence that says what to do next. */
public final class CouldNot extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What the command's exit status says. */
  public enum Because {
    /** The server has said no, or a file cannot be taken. */
    REFUSED(1),
    /** The arguments make no sense together. */
    MISUSED(2),
    /** There is no such list or entry, or several could be meant. */
    MISSING(3),
    /** BSD's {@code EX_UNAVAILABLE}: no server answers, and the change asked for is not done. */
    UNREACHABLE(69),
    /** BSD's {@code EX_TEMPFAIL}: the server cannot do it now, or it may have been done. */
    NOT_NOW(75),
    /**
     * As if {@code SIGPIPE} had ended it: whoever read the output has enough; no sentence for that.
     */
    UNHEARD(141);

    private final int status;

    Because(int status) {
      this.status = status;
    }
  }

  private final Because because;

  CouldNot(Because because, String sentence) {
    super(sentence);
    this.because = because;
  }

  Because because() {
    return because;
  }

  /** Whether there is anybody to whom it is to be said. */
  public boolean isSaid() {
    return because != Because.UNHEARD;
  }

  /** The exit status that tells a script the reason. */
  public int status() {
    return because.status;
  }
}
