package dev.tend.otp.supervisor;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Step;
import dev.tend.otp.process.Supervision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
final class StaticSupervisor extends SupervisorLoop {
  private final String kind;
  private final ChildTable children;

  /** Until it has run: it may hold what children are started with. */
  private @Nullable Callable<? extends SupervisorInit> init;

  private volatile Flags flags = Flags.of(Strategy.ONE_FOR_ONE);
  private volatile Intensity intensity = new Intensity(flags.maxRestarts(), flags.period());

  StaticSupervisor(
      Callable<? extends SupervisorInit> init, String kind, @Nullable ServerName<?> name) {
    super(name);
    this.init = init;
    this.kind = kind;
    this.children = new ChildTable(reports);
  }

  // ---- start and end ----

  @Override
  public Initialised init() throws Exception {
    begin();
    Callable<? extends SupervisorInit> function = init;
    init = null;
    return switch (function == null ? null : function.call()) {
      case null -> throw new NullPointerException("init answered null");
      case SupervisorInit.Ignore() -> new Initialised.Ignore();
      case SupervisorInit.Ok(Flags wanted, List<ChildSpec> specs) -> {
        BadSpec flaw = wanted.fault();
        BadSpec fault = flaw == null ? ChildSpec.fault(specs, wanted.autoShutdown()) : flaw;
        yield fault == null
            ? begin(wanted, specs)
            : new Initialised.Stop(new ExitReason.Term(fault));
      }
    };
  }

  private Initialised begin(Flags wanted, List<ChildSpec> specs) {
    flags = wanted;
    intensity = new Intensity(flags.maxRestarts(), flags.period());
    for (ChildSpec spec : specs) {
      Child child = children.child(spec);
      ExitReason failure = Child.failureOf(children.startNew(child));
      if (failure != null) {
        children.stop(children.all());
        return new Initialised.Stop(
            new ExitReason.Shutdown(new FailedToStartChild(spec.id(), failure)));
      }
    }
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public void terminate(ExitReason reason) {
    children.stop(children.all());
  }

  // ---- administration ----

  @Override
  Step answer(Call<?, ?> request, Caller caller) {
    Step next = Step.await();
    return switch ((Supervisor.Request<?>) request) {
      case Supervisor.StartChild start -> next.andReply(caller.to(start), startChild(start.spec()));
      case Supervisor.TerminateChild terminate ->
          next.andReply(caller.to(terminate), children.terminateChild(terminate.id()));
      case Supervisor.RestartChild restart ->
          next.andReply(caller.to(restart), children.restartChild(restart.id()));
      case Supervisor.DeleteChild delete ->
          next.andReply(caller.to(delete), children.deleteChild(delete.id()));
      case Supervisor.GetChildSpec get ->
          next.andReply(
              caller.to(get), Optional.ofNullable(children.get(get.id())).map(Child::spec));
      case Supervisor.WhichChild which ->
          next.andReply(
              caller.to(which), Optional.ofNullable(children.get(which.id())).map(Child::info));
      case Supervisor.WhichChildren which -> next.andReply(caller.to(which), infos());
      case Supervisor.CountChildren count ->
          next.andReply(caller.to(count), Child.count(children.all()));
    };
  }

  private List<ChildInfo> infos() {
    return children.all().reversed().stream().map(Child::info).toList();
  }

  private ChildResult startChild(ChildSpec spec) {
    BadSpec fault = spec.fault(flags.autoShutdown());
    if (fault != null) {
      return new ChildResult.BadChildSpec(fault);
    }
    return children.startChild(spec);
  }

  // ---- restarts ----

  @Override
  Step ended(Pid<?> pid, ExitReason reason) {
    Child child = children.ended(pid);
    if (child == null) {
      return Step.await();
    }
    reports.childTerminated(child, pid, reason);
    if (child.spec().restart().after(reason)) {
      return restart(child, Optional.of(pid), reason, System.nanoTime());
    }
    reports.lost(child, pid, reason);
    children.forgetIfTemporary(child);
    return shutsDown(child) ? Step.stop(ExitReason.SHUTDOWN) : Step.await();
  }

  @Override
  Step tryAgain(Object what, ExitReason reason, long since) {
    Child child = (Child) what;
    return child.isRestarting() ? restart(child, Optional.empty(), reason, since) : Step.await();
  }

  private boolean shutsDown(Child ended) {
    return ended.spec().significant()
        && switch (flags.autoShutdown()) {
          case NEVER -> false;
          case ANY_SIGNIFICANT -> true;
          case ALL_SIGNIFICANT -> children.areAllSignificantStopped();
        };
  }

  private Step restart(Child child, Optional<Pid<?>> former, ExitReason reason, long since) {
    if (!intensity.admit(child, reason, Processes.time().nanoTime())) {
      reports.givenUp(child, kind, flags.maxRestarts(), flags.period());
      child.stopped();
      return Step.stop(ExitReason.SHUTDOWN);
    }
    List<Child> group = groupOf(child);
    group.forEach(member -> member.returns(true));
    children.stop(group);
    group.forEach(children::forgetIfTemporary);
    List<Child> again = group.stream().filter(children::has).toList();
    Child failed = startAgain(again, since);
    group.forEach(member -> member.returns(false));
    int back = failed == null ? again.size() : again.indexOf(failed);
    if (again.indexOf(child) < back) {
      reports.restarted(child, former, reason, since, back - 1);
    }
    return Step.await();
  }

  /** Starts these in order up to the first that fails, which is tried again later. */
  private @Nullable Child startAgain(List<Child> group, long since) {
    for (Child member : group) {
      ExitReason failure = Child.failureOf(children.start(member));
      if (failure != null) {
        member.restarting();
        reports.startError(member, failure);
        TryAgain.later(member, failure, since);
        return member;
      }
      member.restarted();
    }
    return null;
  }

  /** Those that are stopped and started again with this child, in the order of their start. */
  private List<Child> groupOf(Child child) {
    return switch (flags.strategy()) {
      case ONE_FOR_ONE -> List.of(child);
      case ONE_FOR_ALL -> List.copyOf(children.all());
      case REST_FOR_ONE -> children.from(child);
    };
  }

  @Override
  public int restarts() {
    return intensity.total();
  }

  @Override
  public Optional<Supervision> supervision(int most) {
    return Optional.of(
        new Supervision(
            flags.strategy().toString(),
            flags.maxRestarts(),
            flags.period(),
            children.size(),
            children.seen(most)));
  }

  /** As {@code whichChildren} shows it. */
  @Override
  public Object state() {
    return infos();
  }

  @Override
  public Class<?> requests() {
    return Supervisor.Request.class;
  }

  @Override
  public String kind() {
    return kind;
  }
}
