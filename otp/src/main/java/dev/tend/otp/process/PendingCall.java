package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, in a mailbox, or in its server's hands. Whoever completes it first
 * decides how it ended: the reply, the server's death, or the caller's patience. Nothing passes
 * through the caller's mailbox unless it asked for a message.
 */
final class PendingCall extends Signal {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(PendingCall.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static final CallFailed.Why FULL = new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL);

  final Call<?, ?> request;
  private final ProcessCore server;
  private final Promise<Answer<?>> promise = new Promise<>();

  /** Whether it is among its server's unanswered ones; guarded by the server's lock. */
  boolean isUnanswered;

  private final @Nullable RequestId<?> id;

  @SuppressWarnings("unused") // through STATE
  private volatile State state = State.WAITING;

  private enum State {
    WAITING,
    BEGUN,
    /** Its caller has given up before it was begun, and has been told that nothing happened. */
    WITHDRAWN
  }

  private PendingCall(Call<?, ?> request, ProcessCore server, @Nullable RequestId<?> id) {
    this.request = request;
    this.server = server;
    this.id = id;
  }

  @SuppressWarnings("unchecked")
  static <R> R call(ServerRef<?> ref, Pid<?> pid, Call<?, R> request, Duration timeout) {
    ProcessCore server = pid.core;
    server.requireOfFamily(request);
    ProcessCore self = ProcessCore.current();
    if (self == server) {
      throw new CallFailed(
          ref, request, timeout, new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF));
    }
    PendingCall call = new PendingCall(request, server, null);
    if (!ProcessCore.deliver(server, call)) {
      throw new CallFailed(ref, request, timeout, FULL);
    }
    Answer<?> answer = call.promise.await(self, timeout);
    if (answer == null) {
      answer = call.giveUp();
    }
    return switch (answer) {
      case Answer.Replied<?>(Object value) -> (R) value;
      case Answer.Failed<?>(CallFailed.Why why) -> throw new CallFailed(ref, request, timeout, why);
    };
  }

  /** The answer comes to the calling process as an {@link Answered} message. */
  static <R> RequestId<R> send(ServerRef<?> ref, Call<?, R> request) {
    ProcessCore self = ProcessCore.requireCurrent();
    RequestId<R> id = new RequestId<>(new Alias(self, Alias.Mode.REPLY));
    Pid<?> pid = ref.whereis().orElse(null);
    if (pid == null) {
      CallFailed.Why why = new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS);
      ProcessCore.deliver(self, id.answered(new Answer.Failed<>(why)));
    } else {
      pid.core.requireOfFamily(request);
      PendingCall call = new PendingCall(request, pid.core, id);
      id.pending = call;
      if (!ProcessCore.deliver(pid.core, call)) {
        call.complete(new Answer.Failed<>(FULL));
      }
    }
    return id;
  }

  /** The caller waits no longer: a timeout, unless the answer has come just now. */
  Answer<?> giveUp() {
    boolean withdrawn = STATE.compareAndSet(this, State.WAITING, State.WITHDRAWN);
    promise.complete(new Answer.Failed<>(new CallFailed.Timeout(!withdrawn)));
    server.forget(this);
    return Objects.requireNonNull(promise.await(null, Duration.ZERO));
  }

  /**
   * The handler has it now; from here on a failure leaves the outcome open.
   *
   * @return false if it has been withdrawn: it is not to be handled
   */
  boolean begin() {
    return STATE.compareAndSet(this, State.WAITING, State.BEGUN);
  }

  /**
   * Ends the call unless it has ended. Takes no lock.
   *
   * @return the process in whose inbox the answer now lies, if any: it is to be woken
   */
  @Nullable ProcessCore complete(Answer<?> answer) {
    if (promise.complete(answer) && id != null) {
      ProcessCore requester = id.requester();
      requester.push(id.answered(answer));
      return requester;
    }
    return null;
  }

  @Nullable ProcessCore reply(Object value) {
    return complete(new Answer.Replied<>(value));
  }

  @Nullable ProcessCore fail(ExitReason reason) {
    return complete(new Answer.Failed<>(new CallFailed.Exit(reason, state == State.BEGUN)));
  }

  @Nullable ProcessCore refuse() {
    return complete(new Answer.Failed<>(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
  }

  void replyFromAnywhere(Object value) {
    ProcessCore self = ProcessCore.current();
    ProcessCore wake;
    if (self == null) {
      wake = reply(value);
    } else {
      synchronized (self) {
        self.requireAlive();
        wake = reply(value);
      }
    }
    server.forget(this);
    if (wake != null) {
      ProcessCore.settle(wake);
    }
  }

  @Override
  boolean takesPlace() {
    return true;
  }

  ReplyTo<?> replyTo() {
    return new ReplyTo<>(this);
  }

  @Override
  Object seen() {
    return event();
  }

  @Override
  Event event() {
    return new Event.Called(request, new Caller(this));
  }
}
