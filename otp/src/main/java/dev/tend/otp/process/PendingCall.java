package dev.tend.otp.process;

import dev.tend.otp.jfr.CallEvent;
import dev.tend.otp.report.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, in a mailbox, or in its server's hands. Whoever completes it first
 * decides how it ended: the reply, the server's death, or the caller's patience. Nothing passes
 * through the caller's mailbox unless it asked for a message.
 */
final class PendingCall extends Signal implements Caller, ReplyTo<Object> {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(PendingCall.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** OTP's default. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  static final CallFailed.Why FULL = new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL);

  final Call<?, ?> request;
  private final ProcessCore server;
  private final Promise<Answer<?>> promise = new Promise<>();
  final @Nullable ProcessCore client;

  /** Whether its server has gone on without having answered it; guarded by the server's lock. */
  boolean isPutAside;

  /** Where there is one, the answer goes to the client as a message. */
  private final @Nullable RequestId<?> id;

  @SuppressWarnings("unused") // through STATE
  private volatile State state = State.WAITING;

  private enum State {
    WAITING,
    BEGUN,
    /** Its caller has given up before it was begun, and has been told that nothing happened. */
    WITHDRAWN
  }

  private PendingCall(
      Call<?, ?> request,
      ProcessCore server,
      @Nullable ProcessCore client,
      @Nullable RequestId<?> id) {
    this.request = request;
    this.server = server;
    this.client = client;
    this.id = id;
  }

  static <R> R call(ServerRef<?> ref, Pid<?> pid, Call<?, R> request, Duration timeout) {
    pid.core.requireOfFamily(request);
    Objects.requireNonNull(timeout, "timeout");
    return await(ref, pid.core, request, timeout);
  }

  /** A system request: to any behaviour, whatever its family. */
  static <R> R system(ServerRef<?> ref, SystemRequest<R> request, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    Pid<?> pid =
        ref.whereis()
            .orElseThrow(() ->
                new CallFailed(
                    ref, request, timeout, new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
    if (pid.isAlive() && pid.core.turns instanceof PlainTurns) {
      throw new CallFailed(
          ref, request, timeout, new CallFailed.Refused(CallFailed.Refusal.NOT_A_BEHAVIOUR));
    }
    return await(ref, pid.core, request, timeout);
  }

  @SuppressWarnings("unchecked")
  private static <R> R await(
      ServerRef<?> ref, ProcessCore server, Call<?, R> request, Duration timeout) {
    ProcessCore self = ProcessCore.current();
    if (self == server) {
      throw new CallFailed(
          ref, request, timeout, new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF));
    }
    CallEvent event = CallEvent.begun();
    PendingCall call = new PendingCall(request, server, self, null);
    boolean inTouch = self != null && server.inTouchWith == self;
    if (!ProcessCore.deliver(self, server, call)) {
      call.complete(new Answer.Failed<>(FULL));
    }
    if (inTouch && !Conversation.looksFor(call.promise)) {
      server.inTouchWith = null;
    }
    Answer<?> answer = call.promise.await(self, timeout);
    if (answer == null) {
      answer = call.giveUp();
    }
    if (event != null) {
      event.ended(
          ref, request, answer instanceof Answer.Failed<?>(CallFailed.Why why) ? why : answer);
    }
    return switch (answer) {
      case Answer.Replied<?>(Object value) -> (R) value;
      case Answer.Failed<?>(CallFailed.Why why) -> throw new CallFailed(ref, request, timeout, why);
    };
  }

  /** The answer comes to the calling process as an {@link Answered} message. */
  static <R> RequestId<R> send(ServerRef<?> ref, Call<?, R> request) {
    Objects.requireNonNull(request, "request");
    ProcessCore self = ProcessCore.requireCurrent();
    RequestId<R> id = new RequestId<>(new Alias(self, Alias.Mode.REPLY));
    Pid<?> pid = ref.whereis().orElse(null);
    if (pid == null) {
      CallFailed.Why why = new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS);
      ProcessCore.deliver(self, id.answered(new Answer.Failed<>(why)));
    } else {
      pid.core.requireOfFamily(request);
      PendingCall call = new PendingCall(request, pid.core, self, id);
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
    forget();
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

  @SuppressWarnings("NullAway") // null is an answer too, if the request's type allows it
  @Nullable ProcessCore answer(@Nullable Object value) {
    return complete(new Answer.Replied<>(value));
  }

  @Nullable ProcessCore fail(ExitReason reason) {
    return complete(new Answer.Failed<>(new CallFailed.Exit(reason, state == State.BEGUN)));
  }

  @Nullable ProcessCore refuse() {
    return complete(new Answer.Failed<>(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
  }

  @Override
  public void reply(Object value) {
    Due due = Due.withRoom();
    ProcessCore self = ProcessCore.current();
    ProcessCore wake;
    if (self == null) {
      wake = answer(value);
    } else {
      synchronized (self) {
        self.requireAlive();
        wake = answer(value);
      }
    }
    forget();
    if (wake != null) {
      due.settle(wake);
    }
  }

  boolean isPutTo(Receiver process) {
    return process == server;
  }

  /**
   * Its server owes it no answer any more. Whoever holds another process's lock lets go of it
   * first.
   */
  void forget() {
    server.forget(this);
  }

  /** Whether nobody is left to be answered. */
  boolean hasDeadClient() {
    return client != null && client.exitReason() != null;
  }

  /** The thread that waits for this answer, if one does. */
  Optional<Thread> waiter() {
    return id == null ? promise.waiter() : Optional.empty();
  }

  /** This call and its answer, as seen by a tracer of its server. */
  SystemEvent answeredWith(@Nullable Object value) {
    return new SystemEvent.Out(
        request, value, Optional.ofNullable(client).map(process -> process.pid));
  }

  @Override
  boolean takesPlace() {
    return !(request instanceof SystemRequest);
  }

  @Override
  @SuppressWarnings("unchecked") // the request says what its answer is
  public <R> ReplyTo<R> to(Call<?, R> answered) {
    if (answered != request) {
      throw new IllegalArgumentException("this caller did not put " + Text.brief(answered));
    }
    return (ReplyTo<R>) (ReplyTo<?>) this;
  }

  /** The call that an answer is for. */
  static PendingCall of(ReplyTo<?> to) {
    return (PendingCall) to;
  }

  @Override
  Object seen() {
    return event();
  }

  @Override
  Event event() {
    return new Event.Called(request, this);
  }

  /** Whom it is from, for reports. */
  @Override
  public String toString() {
    return client != null
        ? client.toString()
        : waiter().map(thread -> "a thread, no process: " + thread.getName()).orElse("no process");
  }
}
