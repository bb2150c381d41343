package dev.tend.otp.testkit;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The testkit itself. */
@OtpTest
class TestkitTest {
  @RegisterExtension
  final Started<Supervisor> tree =
      Started.by(() ->
          Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults()));

  @Test
  void started_runs_during_the_test() {
    assertThat(Supervisor.whichChildren(tree.pid())).isEmpty();
  }

  @Test
  void world_names_all_that_is_left() {
    World before = World.now();
    TestProcess.run(() -> {
      Processes.register(ServerName.local("left"), Processes.self());
      Table.newSet(new SetName<String, String>("left table"), Access.PUBLIC, row -> row);
      Processes.monitor(tree.pid());
      Processes.link(tree.pid());
      Processes.sendAfter(ofSeconds(60), Processes.self(), "later");
      assertThat(World.now().differencesFrom(before))
          .anyMatch(line -> line.contains("1 links, 1 monitors, 1 timers"))
          .anyMatch(line ->
              line.contains("Supervisor one_for_one")
                  && line.contains("1 links")
                  && line.contains("before: 0 links"))
          .contains("name left")
          .anyMatch(line -> line.contains("left table"));
      Processes.unlink(tree.pid());
    });
    eventually(() -> assertThat(World.now().differencesFrom(before)).isEmpty());
  }

  @Test
  void a_test_process_throws_what_its_code_throws() {
    assertThatThrownBy(() ->
            TestProcess.run(() -> {
              throw new AssertionError("mine");
            }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("mine");
    assertThatThrownBy(() ->
            TestProcess.run(() -> Processes.exit(Processes.self(), new ExitReason.Term("boom"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("boom");
    assertThat(TestProcess.<Integer>call(() -> 7)).isEqualTo(7);
  }

  @Test
  void a_test_process_takes_its_offspring_with_it() {
    List<Pid<?>> offspring = new ArrayList<>();
    TestProcess.run(() -> {
      AtomicReference<Pid<?>> grandchild = new AtomicReference<>();
      offspring.add(
          Processes.spawn(() -> {
            Processes.trapExit(true);
            grandchild.set(Processes.spawn(Processes::receive));
            Processes.receive();
          }));
      eventually(() -> assertThat(grandchild.get()).isNotNull());
      offspring.add(grandchild.get());
    });
    assertThat(offspring).hasSize(2).noneMatch(Pid::isAlive);
  }

  @Test
  void manual_time_runs_what_is_due_in_order_and_what_that_sets() {
    ManualTime time = new ManualTime();
    List<String> seen = new ArrayList<>();
    time.schedule(ofSeconds(2), () -> seen.add("two at " + time.nanoTime()));
    time.schedule(
        ofSeconds(1),
        () -> {
          seen.add("one");
          time.schedule(ofMillis(500), () -> seen.add("one and a half"));
        });
    Runnable cancel = time.schedule(ofSeconds(1), () -> seen.add("never"));
    cancel.run();
    time.advance(ofSeconds(2));
    assertThat(seen).containsExactly("one", "one and a half", "two at 2000000000");
    assertThat(time.pending()).isZero();
  }

  @Test
  void eventually_returns_when_it_holds_and_tells_the_last_failure() {
    AtomicInteger tries = new AtomicInteger();
    eventually(() -> assertThat(tries.incrementAndGet()).isEqualTo(3));
    assertThatThrownBy(() ->
            eventually(
                ofMillis(1),
                () -> {
                  throw new AssertionError("still not");
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still not");
  }

  @Test
  void eventually_does_not_give_up_because_one_attempt_was_slow() {
    AtomicInteger tries = new AtomicInteger();
    eventually(ZERO, () -> assertThat(tries.incrementAndGet()).isEqualTo(3));
  }
}
