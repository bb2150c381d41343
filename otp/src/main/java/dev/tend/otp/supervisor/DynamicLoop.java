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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dynamic supervisor's process. */
final class DynamicLoop implements Behaviour {
  private final Intensity intensity;
  private final Map<Pid<?>, Child> running = new HashMap<>();

  /** By the pid they had last, under which they can still be terminated. */
  private final Map<Pid<?>, Child> restarting = new HashMap<>();

  private @Nullable Pid<?> parent;

  private record TryAgain(Pid<?> former) {}

  DynamicLoop(int maxRestarts, Duration period) {
    this.intensity = new Intensity(maxRestarts, period);
  }

  @Override
  public Initialised init() {
    Processes.trapExit(true);
    parent = Processes.parent().orElse(null);
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    return switch (event) {
      case Event.Called(DynamicSupervisor.Request<?> request, Caller caller) ->
          answer(request, caller);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) when from == parent ->
          Step.stop(reason);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) -> ended(from, reason);
      case Event.Info(TryAgain(Pid<?> former)) -> tryAgain(former);
      case Event.Stop(ExitReason reason) -> Step.stop(reason);
      default -> Step.await();
    };
  }

  @Override
  public void terminate(ExitReason reason) {
    Stopping.allAtOnce(running.values());
  }

  private Step answer(DynamicSupervisor.Request<?> request, Caller caller) {
    Step next = Step.await();
    return switch (request) {
      case DynamicSupervisor.StartChild start ->
          next.andReply(caller.to(start), Child.resultOf(start(new Child(start.spec()))));
      case DynamicSupervisor.TerminateChild terminate ->
          next.andReply(caller.to(terminate), terminateChild(terminate.pid()));
      case DynamicSupervisor.WhichChildren which ->
          next.andReply(caller.to(which), all().stream().map(Child::info).toList());
      case DynamicSupervisor.CountChildren count ->
          next.andReply(caller.to(count), Child.count(all()));
    };
  }

  private List<Child> all() {
    Set<Child> all = new HashSet<>(running.values());
    all.addAll(restarting.values());
    return new ArrayList<>(all);
  }

  private ChildResult terminateChild(Pid<?> pid) {
    if (restarting.remove(pid) != null) {
      return new ChildResult.Done();
    }
    Child child = running.remove(pid);
    if (child == null) {
      return pid.isAlive() ? new ChildResult.NotFound() : new ChildResult.Done();
    }
    Stopping.one(child);
    return new ChildResult.Done();
  }

  private Step ended(Pid<?> pid, ExitReason reason) {
    Child child = running.remove(pid);
    if (child == null) {
      return Step.await();
    }
    Reports.ended(child, pid, reason);
    child.pid = null;
    return child.spec.restart().after(reason) ? restart(pid, child) : Step.await();
  }

  private Step tryAgain(Pid<?> former) {
    Child child = restarting.remove(former);
    return child == null ? Step.await() : restart(former, child);
  }

  private Step restart(Pid<?> former, Child child) {
    if (!intensity.admit(Processes.time().nanoTime())) {
      Reports.givenUp(child);
      return Step.stop(ExitReason.SHUTDOWN);
    }
    StartResult<?> result = start(child);
    if (Child.isFailure(result)) {
      Reports.startFailed(child, Child.reasonOf(result));
      child.restarting = true;
      restarting.put(former, child);
      Processes.send(Processes.self(), new TryAgain(former));
    }
    return Step.await();
  }

  private StartResult<?> start(Child child) {
    StartResult<?> result = child.start();
    Pid<?> pid = child.pid;
    if (pid != null) {
      running.put(pid, child);
    }
    return result;
  }

  @Override
  public Class<?> requests() {
    return DynamicSupervisor.Request.class;
  }

  @Override
  public String kind() {
    return "DynamicSupervisor";
  }
}
