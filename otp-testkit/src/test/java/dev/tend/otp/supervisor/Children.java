package dev.tend.otp.supervisor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Children for supervisors under test, and what to do to them ({@code supervisor_1.erl}). */
final class Children {
  static final ExitReason BOOM = new ExitReason.Term("boom");

  /** "start id" and "stop id", in order. */
  final List<String> log = new CopyOnWriteArrayList<>();

  /** A worker that notes its starts and stops. */
  ChildSpec worker(Object id) {
    return ChildSpec.worker(id, () -> start(id));
  }

  StartResult<Probe> start(Object id) {
    return start(id, StartOptions.defaults());
  }

  StartResult<Probe> start(Object id, StartOptions options) {
    Probe probe =
        new Probe()
            .init(() -> {
              Processes.trapExit(true);
              log.add("start " + id);
              return Probe.ready();
            })
            .terminate(reason -> log.add("stop " + id));
    return GenServer.startLink(probe, options);
  }

  /** A worker whose start fails while the counter is positive, counting down; for ever below 0. */
  ChildSpec naughty(Object id, AtomicInteger failures) {
    return ChildSpec.worker(
        id,
        () -> {
          if (failures.getAndUpdate(n -> n > 0 ? n - 1 : n) != 0) {
            log.add("fail " + id);
            return new StartResult.Failed<>(BOOM);
          }
          return start(id);
        });
  }

  /** A worker whose start fails while it is told to. */
  ChildSpec failing(Object id, AtomicBoolean fails) {
    return ChildSpec.worker(id, () -> fails.get() ? new StartResult.Failed<>(BOOM) : start(id));
  }

  static ChildSpec of(Object id, Supplier<Probe> probe) {
    return ChildSpec.worker(id, () -> GenServer.startLink(probe.get(), StartOptions.defaults()));
  }

  /** A worker that does nothing of its own accord; exit signals end it. */
  static ChildSpec plain(Object id) {
    return of(id, Probe::new);
  }

  static ChildSpec ignoring(Object id) {
    return of(id, () -> new Probe().init(Init::ignore));
  }

  /** A worker that hears of a shutdown and goes on. */
  static ChildSpec deaf(Object id) {
    return trapping(
        id, () -> Processes.receive(message -> message.equals("never") ? message : null));
  }

  /** A worker that does this in terminate, and then ends. */
  static ChildSpec trapping(Object id, Runnable last) {
    return of(
        id,
        () ->
            new Probe()
                .init(() -> {
                  Processes.trapExit(true);
                  return Probe.ready();
                })
                .terminate(reason -> last.run()));
  }

  static ChildSpec childSupervisor(Object id, Flags flags, ChildSpec... specs) {
    return ChildSpec.supervisor(
        id, () -> Supervisor.startLink(flags, List.of(specs), StartOptions.defaults()));
  }

  static Pid<Supervisor> supervisor(Strategy strategy, int maxRestarts, ChildSpec... specs) {
    return supervisor(new Flags(strategy, maxRestarts, ofHours(1)), specs);
  }

  static Pid<Supervisor> supervisor(Flags flags, ChildSpec... specs) {
    return Supervisor.start(flags, List.of(specs), StartOptions.defaults()).orThrow();
  }

  static Pid<?> pid(Pid<Supervisor> supervisor, Object id) {
    return ((ChildInfo.Running) Supervisor.whichChild(supervisor, id).orElseThrow().state()).pid();
  }

  static ChildInfo.State state(Pid<Supervisor> supervisor, Object id) {
    return Supervisor.whichChild(supervisor, id).orElseThrow().state();
  }

  /** In the order of their start. */
  static List<ChildInfo.State> states(Pid<Supervisor> supervisor) {
    return Supervisor.whichChildren(supervisor).reversed().stream()
        .<ChildInfo.State>map(ChildInfo::state)
        .toList();
  }

  /** In the order of their start; the state of those that do not run. */
  static List<Object> pids(Pid<Supervisor> supervisor) {
    return states(supervisor).stream()
        .map(s -> s instanceof ChildInfo.Running(Pid<?> pid) ? (Object) pid : s)
        .toList();
  }

  static Pid<?> started(ChildResult result) {
    assertThat(result).isInstanceOf(ChildResult.Started.class);
    return ((ChildResult.Started) result).pid();
  }

  @SuppressWarnings("unchecked")
  static <T> Pid<T> as(Pid<?> pid) {
    return (Pid<T>) pid;
  }

  /** Ends a child so; when it returns its supervisor has the EXIT in its mailbox. */
  static void end(Pid<?> pid, ExitReason reason) {
    if (reason instanceof ExitReason.Kill) {
      Processes.exit(pid, reason);
    } else {
      Children.<Probe>as(pid).cast(new Probe.Do(() -> Probe.end(reason, "ended")));
    }
    ended(pid);
  }

  static ExitReason stop(Pid<?> supervisor) {
    return Processes.stop(supervisor, ExitReason.SHUTDOWN, ofSeconds(20)).orElseThrow();
  }

  static ExitReason ended(Pid<?> pid) {
    return Processes.awaitExit(pid, ofSeconds(20)).orElseThrow();
  }
}
