package dev.tend.otp.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One behaviour's side of {@code sys}: answers {@link SystemRequest}s in line, and keeps all other
 * events waiting while it is suspended. Used in its process only.
 */
final class SystemMessages {
  private static final SystemRequest.Done DONE = new SystemRequest.Done();

  private final ProcessCore self;
  private final @Nullable Pid<?> parent;
  private final Debugging debugging = new Debugging();
  private boolean suspended;

  /** The idle time that goes on when the behaviour is resumed. */
  private @Nullable Duration idle;

  SystemMessages(ProcessCore self) {
    ProcessCore starter = self.starter;
    this.self = self;
    this.parent = self.linkedToStarter && starter != null ? starter.pid : null;
  }

  /** Where what it does is to be noted, if anywhere. */
  @Nullable Debugging debugging() {
    return debugging.isIdle() ? null : debugging;
  }

  boolean isSuspended() {
    return suspended;
  }

  /** What a suspended behaviour handles: system messages, and its parent's exit. */
  boolean passes(Signal signal) {
    return switch (signal) {
      case PendingCall call -> call.request instanceof SystemRequest;
      case Signal.StopSignal stop -> true;
      case Signal.Message message -> parentsExit(message.event()) != null;
      default -> false;
    };
  }

  @Nullable ExitReason parentsExit(Event event) {
    return event instanceof Event.Info(Exit(Pid<?> from, ExitReason reason)) && from == parent
        ? reason
        : null;
  }

  /**
   * Answers a request.
   *
   * @return why the behaviour is to end, if it is
   */
  @Nullable ExitReason handle(SystemRequest<?> request, Caller caller, Behaviour behaviour) {
    switch (request) {
      case SystemRequest.GetState get ->
          answer(get, caller, Optional.ofNullable(behaviour.state()));
      case SystemRequest.ReplaceState replace ->
          answer(replace, caller, replaced(behaviour, replace.change()));
      case SystemRequest.GetStatus get -> answer(get, caller, status(behaviour));
      case SystemRequest.Suspend suspend -> {
        suspend();
        answer(suspend, caller, DONE);
      }
      case SystemRequest.Resume resume -> {
        resume();
        answer(resume, caller, DONE);
      }
      case SystemRequest.Terminate terminate -> {
        answer(terminate, caller, DONE);
        return terminate.reason();
      }
      case SystemRequest.Install install -> {
        debugging.install(install.tracer());
        answer(install, caller, DONE);
      }
      case SystemRequest.Log log -> {
        debugging.keep(log.keep());
        answer(log, caller, DONE);
      }
      case SystemRequest.Count count -> {
        debugging.count(count.on());
        answer(count, caller, DONE);
      }
      case SystemRequest.GetStatistics get -> answer(get, caller, debugging.statistics());
    }
    return null;
  }

  private <R> void answer(SystemRequest<R> request, Caller caller, R value) {
    self.answer(Step.await().andReply(caller.to(request), value));
  }

  private void suspend() {
    if (!suspended) {
      suspended = true;
      idle = self.idle;
      self.idle = null;
    }
  }

  private void resume() {
    if (suspended) {
      suspended = false;
      self.idle = idle;
      idle = null;
    }
  }

  private static SystemRequest.Replaced replaced(
      Behaviour behaviour, UnaryOperator<@Nullable Object> change) {
    try {
      Object next = change.apply(behaviour.state());
      behaviour.replaceState(next);
      return new SystemRequest.Replaced.By(next);
    } catch (Throwable thrown) {
      return new SystemRequest.Replaced.Threw(thrown);
    }
  }

  private SystemStatus status(Behaviour behaviour) {
    return new SystemStatus(
        self.pid,
        self.turns.kind(),
        suspended,
        Optional.ofNullable(parent),
        Status.shownBy(behaviour, self.turns.kind(), Optional.empty(), Optional.empty(), log()));
  }

  List<SystemEvent> log() {
    return debugging.log();
  }
}
