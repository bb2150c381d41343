package dev.tend.otp.registry;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.Started;
import java.util.List;
import java.util.concurrent.Callable;

/** What the tests of registries have in common. */
final class Registries {
  private Registries() {}

  /** A supervisor with a registry, which it may restart. */
  static Started<Supervisor> under(Registry<?, ?> registry) {
    return Started.by(() ->
        Supervisor.start(
            new Flags(Strategy.ONE_FOR_ONE, 100, ofSeconds(1)),
            List.of(registry.childSpec()),
            StartOptions.defaults()));
  }

  static ServerName<Supervisor> supervisorOf(Registry<?, ?> registry) {
    return ServerName.local(registry.toString());
  }

  /** Another process that does this and then stays. */
  static Pid<Probe> another(Callable<?> code) {
    Pid<Probe> probe = Probe.started();
    within(probe, code);
    return probe;
  }

  static <R> R within(Pid<Probe> probe, Callable<R> code) {
    return probe.call(new Probe.Run<>(code));
  }

  /** Returns when its death has been announced. */
  static void kill(Pid<?> pid) {
    Processes.exit(pid, ExitReason.KILL);
    assertThat(Processes.awaitExit(pid, ofSeconds(20))).isPresent();
  }

  /** How many others a process is linked to. */
  static int links(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == pid)
        .findAny()
        .orElseThrow()
        .links();
  }

  /** That nothing is left in its tables, not even of the dead. */
  static void assertEmpty(Registry<?, ?> registry) {
    assertThat(registry.count()).isZero();
    registry
        .life()
        .all()
        .forEach(partition -> {
          assertThat(partition.keys().rows()).isZero();
          assertThat(partition.pids().size()).isZero();
        });
  }

  static long registrants(Registry<?, ?> registry) {
    return registry.life().all().mapToLong(partition -> partition.pids().size()).sum();
  }
}
