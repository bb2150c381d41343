package dev.tend.otp.process;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request under way ({@code gen_server:send_request/2}), in the hands of the process that put it.
 * Its one answer comes as a message; take it by one of the three methods here. Equal only to
 * itself.
 *
 * @param <R> what the answer will be
 */
public final class RequestId<R> {
  private final Alias alias;

  /** Null where there was no process to ask. */
  @Nullable PendingCall pending;

  RequestId(Alias alias) {
    this.alias = alias;
  }

  ProcessCore requester() {
    return alias.owner;
  }

  /** The message with the answer: it is dropped where the request has been abandoned. */
  Signal answered(Answer<?> answer) {
    return new Signal.AliasMessage(alias, new Answered(this, answer));
  }

  /** The answer, if this message is the one to this request ({@code check_response/2}). */
  @SuppressWarnings("unchecked")
  public Optional<Answer<R>> check(Object message) {
    return message instanceof Answered(RequestId<?> id, Answer<?> answer) && id == this
        ? Optional.of((Answer<R>) answer)
        : Optional.empty();
  }

  /**
   * Waits for the answer ({@code wait_response/2}). Cost: the messages in line before it.
   *
   * @return empty if it has not come in time; it still may, and can be waited for again
   * @throws IllegalStateException if another process put the request
   */
  public Optional<Answer<R>> await(Duration timeout) {
    requireOwn();
    return Processes.receive(timeout, message -> check(message).orElse(null));
  }

  /**
   * Waits for the answer, and no longer ({@code receive_response/2}): the second half of a {@link
   * ServerRef#call call}. A request not answered in time is abandoned: it is withdrawn if it has
   * not been begun, and its answer, should one come, is dropped.
   *
   * @return the answer, or {@link CallFailed.Timeout}
   * @throws IllegalStateException if another process put the request
   */
  public Answer<R> receive(Duration timeout) {
    return await(timeout).orElseGet(this::abandon);
  }

  @SuppressWarnings("unchecked")
  Answer<R> abandon() {
    ProcessCore self = requester();
    synchronized (self) {
      self.requireAlive();
      alias.deactivate();
      self.flush(message -> message instanceof Answered answered && answered.id() == this);
    }
    return pending == null
        ? new Answer.Failed<>(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS))
        : (Answer<R>) pending.giveUp();
  }

  void requireOwn() {
    if (ProcessCore.requireCurrent() != requester()) {
      throw new IllegalStateException(
          "a request of " + requester().pid + ": only that process gets its answer");
    }
  }
}
