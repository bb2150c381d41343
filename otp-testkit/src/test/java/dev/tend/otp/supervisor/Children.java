package dev.tend.otp.supervisor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    Probe probe =
        new Probe()
            .init(() -> {
              Processes.trapExit(true);
              log.add("start " + id);
              return Probe.ready();
            })
            .terminate(reason -> log.add("stop " + id));
    return GenServer.startLink(probe, StartOptions.defaults());
  }

  /** A worker whose start fails while the counter is positive, counting down. */
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

  static ChildSpec of(Object id, Supplier<Probe> probe) {
    return ChildSpec.worker(id, () -> GenServer.startLink(probe.get(), StartOptions.defaults()));
  }

  /** A worker that hears of a shutdown and goes on. */
  static ChildSpec deaf(Object id) {
    return ChildSpec.worker(
        id,
        () ->
            GenServer.startLink(
                new Probe()
                    .init(() -> {
                      Processes.trapExit(true);
                      return Probe.ready();
                    })
                    .terminate(
                        reason -> Processes.receive(message -> message.equals("never") ? 1 : null)),
                StartOptions.defaults()));
  }

  static Pid<Supervisor> supervisor(Strategy strategy, int maxRestarts, ChildSpec... specs) {
    return Supervisor.start(
            new Flags(strategy, maxRestarts, ofHours(1)), List.of(specs), StartOptions.defaults())
        .orThrow();
  }

  static Pid<?> pid(Pid<Supervisor> supervisor, Object id) {
    return Supervisor.whichChildren(supervisor).stream()
        .filter(info -> info.id().equals(id))
        .map(info -> ((ChildInfo.Running) info.state()).pid())
        .findFirst()
        .orElseThrow();
  }

  static List<ChildInfo.State> states(Pid<Supervisor> supervisor) {
    return Supervisor.whichChildren(supervisor).stream()
        .<ChildInfo.State>map(ChildInfo::state)
        .toList();
  }

  static List<Object> pids(Pid<Supervisor> supervisor) {
    return states(supervisor).stream()
        .map(s -> s instanceof ChildInfo.Running(Pid<?> pid) ? (Object) pid : s)
        .toList();
  }

  /** Ends a child so; when it returns its supervisor has the EXIT in its mailbox. */
  static void end(Pid<?> pid, ExitReason reason) {
    @SuppressWarnings("unchecked")
    Pid<Probe> probe = (Pid<Probe>) pid;
    if (reason instanceof ExitReason.Kill) {
      Processes.exit(pid, reason);
    } else {
      probe.cast(new Probe.Do(() -> Probe.end(reason, "ended")));
    }
    assertThat(Processes.awaitExit(pid, ofSeconds(10))).isPresent();
  }

  static ExitReason stop(Pid<?> supervisor) {
    return Processes.stop(supervisor, ExitReason.SHUTDOWN, ofSeconds(20)).orElseThrow();
  }

  static ExitReason ended(Pid<?> pid) {
    return Processes.awaitExit(pid, ofSeconds(20)).orElseThrow();
  }
}
