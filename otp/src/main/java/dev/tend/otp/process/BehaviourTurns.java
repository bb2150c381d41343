package dev.tend.otp.process;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The loop of every behaviour: init, then one event after the other ({@code gen_server:loop}). */
final class BehaviourTurns extends Turns {
  private static final Duration ORPHANS_TIME = Duration.ofSeconds(5);

  /** How often a name is tried for that is refused and nobody's: for a second or so. */
  private static final int TRIES = 1_000;

  private static final long PAUSE = 1_000_000;

  private final String kind;
  private final Class<?> requests;
  private final Class<?> casts;
  private volatile boolean starting = true;

  /** Until the start has been decided: it knows the starter's thread. */
  private volatile @Nullable Promise<StartResult<?>> started = new Promise<>();

  private final Watched watched = new Watched();

  /** Until the process has died. */
  private volatile @Nullable Behaviour living;

  // Only the process's own thread of the moment.
  private boolean initialised;
  private @Nullable StartResult<?> startFailure;
  private @Nullable Event continued;
  private @Nullable SystemMessages system;

  BehaviourTurns(Behaviour behaviour) {
    this.living = behaviour;
    this.kind = behaviour.kind();
    this.requests = behaviour.requests();
    this.casts = behaviour.casts();
    Carriers.watched();
  }

  /** To be asked for before the process is launched. */
  Promise<StartResult<?>> started() {
    return Objects.requireNonNull(started, "decided");
  }

  private void decide(StartResult<?> result) {
    Promise<StartResult<?>> awaited = started;
    if (awaited != null) {
      awaited.complete(result);
      started = null;
    }
  }

  @Override
  void run(ProcessCore self) {
    int lingers = Scheduled.LINGER;
    Conversation talk = new Conversation(self);
    if (!initialised) {
      initialised = true;
      watched.begins();
      begin(self);
      watched.ends();
    }
    while (true) {
      Event event = continued;
      continued = null;
      if (event == null) {
        event = self.nextEvent(lingers, talk);
      }
      if (event == null) {
        return;
      }
      if (event instanceof Event.Called(var _, PendingCall call)) {
        talk.hears(call.client);
      }
      watched.begins();
      if (!handle(self, event)) {
        return;
      }
      watched.ends();
      lingers = Scheduled.LINGER_ON;
    }
  }

  private Behaviour behaviour(ProcessCore self) {
    Behaviour behaviour = living;
    if (behaviour == null) {
      throw new DeadProcess(self.pid);
    }
    return behaviour;
  }

  @Override
  void forget() {
    living = null;
    system = null;
    continued = null;
  }

  // ---- start ----

  private void begin(ProcessCore self) {
    StartResult<?> nameTaken = register(self);
    if (nameTaken != null) {
      fail(self, nameTaken, ExitReason.NORMAL);
    }
    Initialised decision;
    try {
      decision = behaviour(self).init();
    } catch (Throwable thrown) {
      ExitReason reason = ExitThrown.reasonOf(thrown);
      throw fail(self, new StartResult.Failed<>(reason), reason);
    }
    switch (decision) {
      case Initialised.Ready(Step step, Object info) -> {
        follow(self, step);
        synchronized (self) {
          self.requireAlive();
          starting = false;
          decide(new StartResult.Ok<>(self.pid, info));
        }
        if (step.then instanceof Step.Then.Stop(ExitReason reason)) {
          finish(self, reason, step, null);
          throw new DeadProcess(self.pid);
        }
      }
      case Initialised.Error(ExitReason reason) ->
          fail(self, new StartResult.Failed<>(reason), ExitReason.NORMAL);
      case Initialised.Ignore() -> fail(self, new StartResult.Ignored<>(), ExitReason.NORMAL);
      case Initialised.Stop(ExitReason reason) ->
          fail(self, new StartResult.Failed<>(reason), reason);
    }
  }

  /**
   * A name held by an orphan (its parent has died, and it is on its way out) is waited for: a
   * supervisor that was killed can then be replaced at once, before its children have all ended.
   * One that is refused and nobody's is tried for again: its holder may have died between the two
   * looks.
   */
  private static @Nullable StartResult<?> register(ProcessCore self) {
    ServerName<?> name = self.options.name();
    int nobodys = 0;
    while (name != null && !name.via().register(name.key(), self.pid)) {
      self.requireAlive();
      Pid<?> holder = name.whereis().orElse(null);
      if (holder != null && !leaves(holder)) {
        return new StartResult.AlreadyStarted<>(holder);
      }
      nobodys = holder == null ? nobodys + 1 : 0;
      if (nobodys == TRIES) {
        return new StartResult.Failed<>(new ExitReason.Term(new NameRefused(name)));
      }
      if (nobodys > 1) {
        LockSupport.parkNanos(PAUSE);
      }
    }
    return null;
  }

  private static boolean leaves(Pid<?> holder) {
    boolean orphan = holder.core.isOrphan();
    return !holder.isAlive() || (orphan && Processes.awaitExit(holder, ORPHANS_TIME).isPresent());
  }

  /** Ends a start: the starter hears of it when nothing is left of the process. */
  private DeadProcess fail(ProcessCore self, StartResult<?> result, ExitReason reason) {
    self.requireAlive();
    startFailure = result;
    self.end(reason);
    throw new DeadProcess(self.pid);
  }

  @Override
  boolean isStarting() {
    return starting;
  }

  @Override
  void startFailed(ExitReason reason) {
    if (starting) {
      StartResult<?> failure = startFailure;
      decide(failure == null ? new StartResult.Failed<>(reason) : failure);
      startFailure = null;
    }
  }

  // ---- life ----

  private boolean handle(ProcessCore self, Event event) {
    if (event instanceof Event.Stop(ExitReason reason)) {
      return finish(self, reason, Step.await(), event);
    }
    if (event instanceof Event.Called(SystemRequest<?> request, Caller caller)) {
      ExitReason end = asked(self, request, caller);
      return end == null || finish(self, end, Step.await(), event);
    }
    ExitReason parents = isSuspended() ? system(self).parentsExit(event) : null;
    if (parents != null) {
      return finish(self, parents, Step.await(), event);
    }
    Debugging debugging = debugging();
    if (debugging != null) {
      debugging.begins(event);
    }
    Step step;
    try {
      step = behaviour(self).handle(event);
    } catch (Throwable thrown) {
      return finish(self, ExitThrown.reasonOf(thrown), Step.await(), event);
    }
    if (step.then instanceof Step.Then.Stop(ExitReason reason)) {
      return finish(self, reason, step, event);
    }
    self.answer(step);
    if (debugging != null) {
      debugging.did(step);
    }
    follow(self, step);
    return true;
  }

  private void follow(ProcessCore self, Step step) {
    self.waits(
        step.then instanceof Step.Then.AwaitAtMost(Duration atMost) ? atMost : null,
        step.then instanceof Step.Then.Hibernate);
    continued =
        step.then instanceof Step.Then.Continue(Object next) ? new Event.Continued(next) : null;
  }

  /** The orderly end: terminate, then the last answers, then death. */
  private boolean finish(
      ProcessCore self, ExitReason wanted, Step last, @Nullable Event lastEvent) {
    ExitReason reason = wanted;
    self.requireAlive();
    try {
      behaviour(self).terminate(wanted);
    } catch (Throwable thrown) {
      reason = ExitThrown.reasonOf(thrown);
    }
    self.requireAlive();
    SystemMessages asked = system;
    CrashReport.log(
        self, reason, lastEvent, behaviour(self), asked == null ? List.of() : asked.log());
    self.answer(last);
    Debugging debugging = debugging();
    if (debugging != null) {
      debugging.did(last);
    }
    self.end(reason);
    return false;
  }

  // ---- sys ----

  /** Answers it; why the behaviour is to end, if it is. */
  private @Nullable ExitReason asked(ProcessCore self, SystemRequest<?> request, Caller caller) {
    try {
      return system(self).handle(request, caller, behaviour(self));
    } catch (Throwable thrown) {
      return ExitThrown.reasonOf(thrown);
    }
  }

  private SystemMessages system(ProcessCore self) {
    SystemMessages made = system;
    if (made == null) {
      made = new SystemMessages(self);
      system = made;
    }
    return made;
  }

  private @Nullable Debugging debugging() {
    SystemMessages asked = system;
    return asked == null ? null : asked.debugging();
  }

  private boolean isSuspended() {
    SystemMessages asked = system;
    return asked != null && asked.isSuspended();
  }

  @Override
  @Nullable Signal next(Mailbox mailbox) {
    SystemMessages asked = system;
    return asked != null && asked.isSuspended() ? mailbox.poll(asked::passes) : mailbox.poll();
  }

  // ---- description ----

  @Override
  int restarts() {
    Behaviour behaviour = living;
    return behaviour == null ? 0 : behaviour.restarts();
  }

  @Override
  Optional<Supervision> supervision(int most) {
    Behaviour behaviour = living;
    return behaviour == null ? Optional.empty() : behaviour.supervision(most);
  }

  @Override
  Watched watched() {
    return watched;
  }

  @Override
  boolean keepsThread() {
    return false;
  }

  @Override
  String kind() {
    return kind;
  }

  @Override
  Class<?> requests() {
    return requests;
  }

  @Override
  Class<?> casts() {
    return casts;
  }
}
