package dev.tend.otp.genserver;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.Step;
import java.time.Duration;

/**
 * What a callback made of a message: the next state, answers to give, and what comes then. Nothing
 * of it happens unless the callback returns it. After a stop comes nothing: to ask for a timeout, a
 * rest or a continuation then is an {@link IllegalStateException}. Immutable.
 */
public final class Handled<S> {
  final S state;
  final Step step;

  private Handled(S state, Step step) {
    this.state = state;
    this.step = step;
  }

  static <S> Handled<S> of(S state) {
    return new Handled<>(state, Step.await());
  }

  static <R, S> Handled<S> reply(ReplyTo<R> to, R value, S state) {
    return new Handled<>(state, Step.await().andReply(to, value));
  }

  static <S> Handled<S> stop(ExitReason reason, S state) {
    return new Handled<>(state, Step.stop(reason));
  }

  /** One more answer; any number, given in this order. */
  public <R> Handled<S> andReply(ReplyTo<R> to, R value) {
    return new Handled<>(state, step.andReply(to, value));
  }

  /**
   * {@code handleTimeout} if no message comes for so long. Zero: at once if the mailbox is empty,
   * which is how to act on all that has gathered.
   */
  public Handled<S> timeout(Duration idle) {
    return new Handled<>(state, step.timeout(idle));
  }

  /**
   * Waits for the next message, and gives back until then what memory it can: for a server that
   * expects a long rest. Of timeout, continue and hibernate the last one asked for counts.
   *
   * <p>A waiting server has no thread and no stack anyway; this gives back what its record has
   * grown to (of links, monitors, timers, names), at the cost of one copy, and shows the process as
   * {@code HIBERNATING}. See {@code StartOptions.hibernateAfter}.
   */
  public Handled<S> hibernate() {
    return new Handled<>(state, step.hibernate());
  }

  /** {@code handleContinue} with this, before any message. */
  public Handled<S> continueWith(Object next) {
    return new Handled<>(state, step.continueWith(next));
  }
}
