package dev.tend.otp.supervisor;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor's process.
 *
 * <p>Implementation note: as in {@code supervisor.erl}, a restart that fails leaves its child
 * {@code restarting} and sends the supervisor a {@link TryAgain}; each attempt counts against the
 * intensity, and requests in the mailbox are served between two attempts. What is retried: the
 * child alone (one_for_one), it and its successors (rest_for_one), or the whole group
 * (one_for_all).
 */
final class StaticSupervisor implements Behaviour {
  private final Flags flags;
  private final List<ChildSpec> specs;
  private final Intensity intensity;
  private final Map<Object, Child> children = new LinkedHashMap<>();
  private final Map<Pid<?>, Child> running = new HashMap<>();
  private @Nullable Pid<?> parent;

  private record TryAgain(Child child) {}

  StaticSupervisor(Flags flags, List<ChildSpec> specs) {
    this.flags = flags;
    this.specs = List.copyOf(specs);
    this.intensity = new Intensity(flags.maxRestarts(), flags.period());
    if (specs.stream().map(ChildSpec::id).distinct().count() != specs.size()) {
      throw new IllegalArgumentException("two children have one id: " + specs);
    }
  }

  @Override
  public Initialised init() {
    Processes.trapExit(true);
    parent = Processes.parent().orElse(null);
    for (ChildSpec spec : specs) {
      Child child = new Child(spec);
      children.put(spec.id(), child);
      StartResult<?> result = start(child);
      if (Child.isFailure(result)) {
        stopAll();
        return new Initialised.Stop(
            new ExitReason.Shutdown(new FailedToStartChild(spec.id(), Child.reasonOf(result))));
      }
      forgetIfNotNeeded(child);
    }
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    return switch (event) {
      case Event.Called(Supervisor.Request<?> request, Caller caller) -> answer(request, caller);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) when from == parent ->
          Step.stop(reason);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) -> ended(from, reason);
      case Event.Info(TryAgain(Child child)) -> child.restarting ? restart(child) : Step.await();
      case Event.Stop(ExitReason reason) -> Step.stop(reason);
      default -> Step.await();
    };
  }

  @Override
  public void terminate(ExitReason reason) {
    stopAll();
  }

  // ---- administration ----

  private Step answer(Supervisor.Request<?> request, Caller caller) {
    Step next = Step.await();
    return switch (request) {
      case Supervisor.StartChild start -> next.andReply(caller.to(start), startChild(start.spec()));
      case Supervisor.TerminateChild terminate ->
          next.andReply(caller.to(terminate), terminateChild(terminate.id()));
      case Supervisor.RestartChild restart ->
          next.andReply(caller.to(restart), restartChild(restart.id()));
      case Supervisor.DeleteChild delete ->
          next.andReply(caller.to(delete), deleteChild(delete.id()));
      case Supervisor.WhichChildren which ->
          next.andReply(caller.to(which), children.values().stream().map(Child::info).toList());
      case Supervisor.CountChildren count ->
          next.andReply(caller.to(count), Child.count(children.values()));
    };
  }

  private ChildResult startChild(ChildSpec spec) {
    Child known = children.get(spec.id());
    if (known != null) {
      Pid<?> pid = known.pid;
      return pid == null ? new ChildResult.AlreadyPresent() : new ChildResult.AlreadyStarted(pid);
    }
    Child child = new Child(spec);
    StartResult<?> result = start(child);
    if (!Child.isFailure(result)) {
      children.put(spec.id(), child);
      forgetIfNotNeeded(child);
    }
    return Child.resultOf(result);
  }

  private ChildResult terminateChild(Object id) {
    Child child = children.get(id);
    if (child == null) {
      return new ChildResult.NotFound();
    }
    stop(child);
    forgetIfNotNeeded(child);
    return new ChildResult.Done();
  }

  private ChildResult restartChild(Object id) {
    Child child = children.get(id);
    ChildResult obstacle = obstacle(child);
    return child == null || obstacle != null
        ? obstacle == null ? new ChildResult.NotFound() : obstacle
        : Child.resultOf(start(child));
  }

  private ChildResult deleteChild(Object id) {
    Child child = children.get(id);
    ChildResult obstacle = obstacle(child);
    if (obstacle != null) {
      return obstacle;
    }
    children.remove(id);
    return new ChildResult.Done();
  }

  /** Why a child is not simply stopped. */
  private static @Nullable ChildResult obstacle(@Nullable Child child) {
    if (child == null) {
      return new ChildResult.NotFound();
    }
    if (child.pid != null) {
      return new ChildResult.Running();
    }
    return child.restarting ? new ChildResult.Restarting() : null;
  }

  // ---- restarts ----

  private Step ended(Pid<?> pid, ExitReason reason) {
    Child child = running.remove(pid);
    if (child == null) {
      return Step.await();
    }
    child.pid = null;
    Reports.ended(child, pid, reason);
    if (child.spec.restart().after(reason)) {
      return restart(child);
    }
    forgetIfNotNeeded(child);
    return Step.await();
  }

  private Step restart(Child child) {
    if (!intensity.admit(Processes.time().nanoTime())) {
      Reports.givenUp(child);
      children.remove(child.spec.id());
      return Step.stop(ExitReason.SHUTDOWN);
    }
    List<Child> group = groupOf(child);
    for (Child member : group.reversed()) {
      stop(member);
      if (member != child) {
        forgetIfNotNeeded(member);
      }
    }
    for (Child member : group) {
      if (!children.containsKey(member.spec.id())) {
        continue;
      }
      StartResult<?> result = start(member);
      if (Child.isFailure(result)) {
        Reports.startFailed(member, Child.reasonOf(result));
        member.restarting = true;
        Processes.send(Processes.self(), new TryAgain(member));
        break;
      }
    }
    return Step.await();
  }

  /** Those that are stopped and started again with this child, in the order of their start. */
  private List<Child> groupOf(Child child) {
    List<Child> all = new ArrayList<>(children.values());
    return switch (flags.strategy()) {
      case ONE_FOR_ONE -> List.of(child);
      case ONE_FOR_ALL -> all;
      case REST_FOR_ONE -> all.subList(all.indexOf(child), all.size());
    };
  }

  // ---- children ----

  private StartResult<?> start(Child child) {
    StartResult<?> result = child.start();
    Pid<?> pid = child.pid;
    if (pid != null) {
      running.put(pid, child);
    }
    return result;
  }

  private void stop(Child child) {
    Pid<?> pid = child.pid;
    Stopping.one(child);
    if (pid != null) {
      running.remove(pid);
    }
  }

  private void stopAll() {
    new ArrayList<>(children.values()).reversed().forEach(this::stop);
  }

  /** A temporary child without a process is forgotten. */
  private void forgetIfNotNeeded(Child child) {
    if (child.pid == null && child.spec.restart() == Restart.TEMPORARY) {
      children.remove(child.spec.id());
    }
  }

  @Override
  public Class<?> requests() {
    return Supervisor.Request.class;
  }

  @Override
  public String kind() {
    return "Supervisor " + flags.strategy();
  }
}
