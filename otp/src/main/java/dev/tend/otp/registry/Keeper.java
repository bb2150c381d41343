package dev.tend.otp.registry;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.Step;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The process of a partition: whoever is registered is linked to it, its death takes the tables
 * along, and it hands out locks. It has no part in registrations and look-ups.
 */
final class Keeper implements Behaviour {
  private final Holding tables;
  private final Map<Object, Held> locks = new HashMap<>();
  private final Map<MonitorRef, Object> keys = new HashMap<>();
  private @Nullable Pid<?> parent;

  /**
   * Asks for a lock and waits until it is this process's turn.
   *
   * @param who the caller
   */
  record Lock(Object key, Pid<?> who) implements Call<Keeper, Asked> {}

  /** What came of it. */
  sealed interface Asked {
    record Granted(MonitorRef grant) implements Asked {}

    record HasIt() implements Asked {}

    /** The key's own code threw this. */
    record Threw(Throwable thrown) implements Asked {}
  }

  /** Gives a lock back. */
  record Unlock(MonitorRef grant) {}

  private record Held(Pid<?> by, Queue<Waiting> waiting) {}

  private record Waiting(Pid<?> who, ReplyTo<Asked> to) {}

  Keeper(Holding tables) {
    this.tables = tables;
  }

  @Override
  public Initialised init() {
    Processes.trapExit(true);
    parent = Processes.parent().orElse(null);
    Processes.hold(Processes.self(), tables, () -> true);
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    return switch (event) {
      case Event.Called(Lock lock, Caller caller) ->
          lock(lock.key(), new Waiting(lock.who(), caller.to(lock)));
      case Event.Info(Unlock(MonitorRef grant)) -> {
        Processes.demonitor(grant);
        yield next(grant);
      }
      case Event.Info(Down down) -> next(down.ref());
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) when from == parent ->
          Step.stop(reason);
      case Event.Stop(ExitReason reason) -> Step.stop(reason);
      // Among others a registrant's exit: its entries went with it.
      default -> Step.await();
    };
  }

  private Step lock(Object key, Waiting asking) {
    Held held;
    try {
      held = locks.get(key);
    } catch (RuntimeException | Error thrown) {
      return Step.await().andReply(asking.to(), new Asked.Threw(thrown));
    }
    if (held == null) {
      return grant(key, asking, new ArrayDeque<>());
    }
    if (held.by() == asking.who()) {
      return Step.await().andReply(asking.to(), new Asked.HasIt());
    }
    held.waiting().add(asking);
    return Step.await();
  }

  private Step grant(Object key, Waiting next, Queue<Waiting> waiting) {
    MonitorRef grant = Processes.monitor(next.who());
    locks.put(key, new Held(next.who(), waiting));
    keys.put(grant, key);
    return Step.await().andReply(next.to(), new Asked.Granted(grant));
  }

  /** The lock of this grant goes to the first in line who lives. */
  private Step next(MonitorRef grant) {
    Object key = keys.remove(grant);
    Held held = key == null ? null : locks.remove(key);
    if (key == null || held == null) {
      return Step.await();
    }
    Waiting next = held.waiting().poll();
    while (next != null && !next.who().isAlive()) {
      next = held.waiting().poll();
    }
    return next == null ? Step.await() : grant(key, next, held.waiting());
  }

  @Override
  public void terminate(ExitReason reason) {}

  @Override
  public Class<?> requests() {
    return Lock.class;
  }

  @Override
  public String kind() {
    return "Registry partition";
  }
}
