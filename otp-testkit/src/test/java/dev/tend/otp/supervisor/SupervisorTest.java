package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.state;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elixir's {@code supervisor_test.exs}. */
@OtpTest
class SupervisorTest {
  private final Children children = new Children();

  @Test
  @Case("Supervisor: child_spec/2")
  void child_spec_with_overrides() {
    ChildSpec spec = children.worker("task");
    assertThat(
            spec.withId("foo")
                .withRestart(Restart.TRANSIENT)
                .withShutdown(new Shutdown.Infinity())
                .withSignificant(true))
        .isEqualTo(
            new ChildSpec(
                "foo",
                spec.start(),
                Restart.TRANSIENT,
                new Shutdown.Infinity(),
                ChildSpec.Type.WORKER,
                true));
  }

  @Test
  @Case("Supervisor: init/2")
  void default_flags() {
    assertThat(Flags.of(Strategy.ONE_FOR_ALL))
        .isEqualTo(new Flags(Strategy.ONE_FOR_ALL, 1, ofSeconds(5), AutoShutdown.NEVER));
    assertThat(new Flags(Strategy.ONE_FOR_ALL, 1, ofSeconds(2)).autoShutdown())
        .isEqualTo(AutoShutdown.NEVER);
  }

  @Test
  @Case({
    "Supervisor: start_link/2 with via",
    "Supervisor: start_link/3 with global",
    "Supervisor: start_link/3 with local"
  })
  void start_link_with_a_name() {
    List<ServerName<Supervisor>> names =
        List.of(ServerName.local("my_sup"), ServerName.via(new Names(), "via_sup"));
    for (ServerName<Supervisor> name : names) {
      TestProcess.run(() -> {
        Pid<Supervisor> sup =
            Supervisor.startLink(
                    Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.named(name))
                .orThrow();
        assertThat(name.whereis()).contains(sup);
        assertThat(Supervisor.whichChildren(name)).isEmpty();
        Supervisor.stop(name);
        assertThat(name.whereis()).isEmpty();
      });
    }
  }

  @Test
  @Case({"Supervisor: start_link/2", "Supervisor: start_link/3"})
  void start_link() {
    ServerName<Probe> name = ServerName.local("stack");
    ChildSpec stack =
        ChildSpec.worker("stack", () -> children.start("stack", StartOptions.named(name)));
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<Supervisor> given =
          Supervisor.startLink(
                  Flags.of(Strategy.ONE_FOR_ONE), List.of(stack), StartOptions.defaults())
              .orThrow();
      check(given, name);
      Pid<Supervisor> computed =
          Supervisor.startLink(
                  () -> new SupervisorInit.Ok(Flags.of(Strategy.ONE_FOR_ONE), List.of(stack)),
                  StartOptions.defaults())
              .orThrow();
      check(computed, name);
    });
  }

  private static void check(Pid<Supervisor> sup, ServerName<Probe> name) {
    assertThat(name.call(new Probe.State(), ofSeconds(20))).isEqualTo("new");
    end(pid(sup, "stack"), ExitReason.NORMAL);
    Supervisor.countChildren(sup);
    assertThat(name.call(new Probe.State(), ofSeconds(20))).isEqualTo("new");
    Supervisor.stop(sup);
    assertThat(name.whereis()).isEmpty();
  }

  @Test
  @Case({
    "Supervisor: start_child/2: supports new child spec",
    "Supervisor: start_child/2: with valid child spec"
  })
  void start_child_with_valid_child_spec() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 3);
    for (Shutdown shutdown : List.of(new Shutdown.Within(ZERO), new Shutdown.Within(ofMillis(1)))) {
      Pid<?> child =
          started(
              Supervisor.startChild(
                  sup,
                  Children.plain(shutdown).withRestart(Restart.TRANSIENT).withShutdown(shutdown)));
      Processes.exit(child, ExitReason.SHUTDOWN);
      assertThat(child.exitReason()).contains(ExitReason.SHUTDOWN);
      assertThat(state(sup, shutdown)).isEqualTo(new ChildInfo.Stopped());
    }
    stop(sup);
  }

  @Test
  @Case("Supervisor: child life cycle")
  void child_life_cycle() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 3);
    assertThat(Supervisor.whichChildren(sup)).isEmpty();
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(0, 0, 0, 0));
    Pid<Probe> stack = Children.as(started(Supervisor.startChild(sup, children.worker("stack"))));
    assertThat(stack.call(new Probe.State())).isEqualTo("new");
    assertThat(Supervisor.whichChildren(sup))
        .containsExactly(
            new ChildInfo("stack", new ChildInfo.Running(stack), ChildSpec.Type.WORKER));
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    assertThat(Supervisor.deleteChild(sup, "stack")).isEqualTo(new ChildResult.Running());
    assertThat(Supervisor.terminateChild(sup, "stack")).isEqualTo(new ChildResult.Done());
    Pid<Probe> again = Children.as(started(Supervisor.restartChild(sup, "stack")));
    assertThat(again.call(new Probe.State())).isEqualTo("new");
    assertThat(Supervisor.terminateChild(sup, "stack")).isEqualTo(new ChildResult.Done());
    assertThat(Supervisor.deleteChild(sup, "stack")).isEqualTo(new ChildResult.Done());
    Supervisor.stop(sup);
  }
}
