package dev.tend.otp.supervisor;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Step;
import dev.tend.otp.process.Supervision;
import dev.tend.otp.report.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic supervisor's process, of either kind.
 *
 * @param <K> what a child is made of
 */
final class DynamicLoop<K> extends SupervisorLoop {
  private final Kind kind;
  private final Limits limits;
  private final Function<? super K, ChildSpec> make;
  private final @Nullable BadSpec fault;
  private final Intensity intensity;
  private final Map<Pid<?>, Child> running = new HashMap<>();

  /** By the pid they had last, under which they can still be terminated. */
  private final Map<Pid<?>, Child> restarting = new HashMap<>();

  private volatile int count;

  /** What differs between Elixir's and OTP's. */
  enum Kind {
    DYNAMIC_SUPERVISOR("DynamicSupervisor", "one_for_one"),
    SIMPLE_ONE_FOR_ONE("Supervisor simple_one_for_one", "simple_one_for_one");

    private final String text;
    private final String strategy;

    Kind(String text, String strategy) {
      this.text = text;
      this.strategy = strategy;
    }
  }

  /**
   * @param fault why it is not to start, or null
   */
  DynamicLoop(
      Kind kind,
      Limits limits,
      Function<? super K, ChildSpec> make,
      @Nullable BadSpec fault,
      @Nullable ServerName<?> name) {
    super(name);
    this.kind = kind;
    this.limits = limits;
    this.make = make;
    this.fault = fault;
    this.intensity = new Intensity(limits.maxRestarts(), limits.period());
  }

  @Override
  public Initialised init() {
    if (fault != null) {
      return new Initialised.Stop(new ExitReason.Term(fault));
    }
    begin();
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  void handled() {
    count = running.size() + restarting.size();
  }

  @Override
  public void terminate(ExitReason reason) {
    // As they are shown: what a reason is about is the program's, and may throw when compared.
    Map<String, List<Child>> faults = new HashMap<>();
    Stopping.allAtOnce(
        running.values(),
        (child, pid, why) ->
            faults.computeIfAbsent(Text.brief(why), w -> new ArrayList<>()).add(child));
    reports.shutdownErrors(faults);
  }

  // ---- administration ----

  @Override
  Step answer(Call<?, ?> request, Caller caller) {
    Step next = Step.await();
    return switch ((DynamicRequest<?, ?>) request) {
      case DynamicRequest.StartChild<?> start ->
          next.andReply(caller.to(start), startChild(start.of()));
      case DynamicRequest.TerminateChild<?> terminate ->
          next.andReply(caller.to(terminate), terminateChild(terminate.pid()));
      case DynamicRequest.GetChildSpec<?> get ->
          next.andReply(caller.to(get), Optional.ofNullable(find(get.pid())).map(Child::spec));
      case DynamicRequest.WhichChild<?> which ->
          next.andReply(caller.to(which), Optional.ofNullable(find(which.pid())).map(Child::info));
      case DynamicRequest.WhichChildren<?> which ->
          next.andReply(caller.to(which), all().stream().map(Child::info).toList());
      case DynamicRequest.CountChildren<?> count ->
          next.andReply(caller.to(count), countChildren());
    };
  }

  /** Who was misled by a name has asked another kind of supervisor than this one. */
  @SuppressWarnings("unchecked") // what startChild of this kind of supervisor takes
  private ChildResult startChild(Object of) {
    ChildSpec spec;
    try {
      spec = make.apply((K) of);
    } catch (ClassCastException e) {
      return new ChildResult.StartFailed(new ExitReason.Crash(e));
    }
    return startChild(spec);
  }

  private ChildResult startChild(ChildSpec spec) {
    BadSpec flaw =
        spec.significant()
            ? new BadSpec.InvalidSignificant(spec.id())
            : spec.fault(AutoShutdown.NEVER);
    if (flaw != null) {
      return new ChildResult.BadChildSpec(flaw);
    }
    return running.size() + restarting.size() < limits.maxChildren()
        ? Child.resultOf(start(new Child(spec)))
        : new ChildResult.MaxChildren();
  }

  private ChildResult terminateChild(Pid<?> pid) {
    if (restarting.remove(pid) != null) {
      return new ChildResult.Done();
    }
    Child child = running.remove(pid);
    if (child != null) {
      Stopping.inOrder(List.of(child), reports);
      return new ChildResult.Done();
    }
    return kind == Kind.SIMPLE_ONE_FOR_ONE && !pid.isAlive()
        ? new ChildResult.Done()
        : new ChildResult.NotFound();
  }

  private Counts countChildren() {
    Counts counts = Child.count(all());
    return kind == Kind.SIMPLE_ONE_FOR_ONE
        ? new Counts(1, counts.active(), counts.supervisors(), counts.workers())
        : counts;
  }

  private @Nullable Child find(Pid<?> pid) {
    Child child = running.get(pid);
    return child == null ? restarting.get(pid) : child;
  }

  private List<Child> all() {
    List<Child> all = new ArrayList<>(running.values());
    all.addAll(restarting.values());
    return all;
  }

  // ---- restarts ----

  @Override
  Step ended(Pid<?> pid, ExitReason reason) {
    Child child = running.remove(pid);
    if (child == null) {
      return Step.await();
    }
    child.stopped();
    reports.childTerminated(child, pid, reason);
    if (child.spec().restart().after(reason)) {
      return restart(pid, child, reason, System.nanoTime());
    }
    reports.lost(child, pid, reason);
    return Step.await();
  }

  @Override
  Step tryAgain(Object what, ExitReason reason, long since) {
    Pid<?> former = (Pid<?>) what;
    Child child = restarting.remove(former);
    return child == null ? Step.await() : restart(former, child, reason, since);
  }

  private Step restart(Pid<?> former, Child child, ExitReason reason, long since) {
    if (!intensity.admit(child, reason, Processes.time().nanoTime())) {
      reports.givenUp(child, kind.text, limits.maxRestarts(), limits.period());
      return Step.stop(ExitReason.SHUTDOWN);
    }
    ExitReason failure = Child.failureOf(start(child));
    if (failure != null) {
      child.restarting();
      reports.startError(child, failure);
      restarting.put(former, child);
      TryAgain.later(former, failure, since);
    } else {
      child.restarted();
      reports.restarted(child, Optional.of(former), reason, since, 0);
    }
    return Step.await();
  }

  private StartResult<?> start(Child child) {
    StartResult<?> result = child.start();
    Pid<?> pid = child.pid();
    if (pid != null) {
      running.put(pid, child);
    }
    return result;
  }

  @Override
  public int restarts() {
    return intensity.total();
  }

  @Override
  public Optional<Supervision> supervision(int most) {
    return Optional.of(
        new Supervision(kind.strategy, limits.maxRestarts(), limits.period(), count, List.of()));
  }

  /** As {@code whichChildren} shows it. */
  @Override
  public Object state() {
    return all().stream().map(Child::info).toList();
  }

  @Override
  public Class<?> requests() {
    return DynamicRequest.class;
  }

  @Override
  public String kind() {
    return kind.text;
  }
}
