package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.BOOM;
import static dev.tend.otp.task.Tasks.assertMailboxEmpty;
import static dev.tend.otp.task.Tasks.awaitMessage;
import static dev.tend.otp.task.Tasks.ended;
import static dev.tend.otp.task.Tasks.hang;
import static dev.tend.otp.task.Tasks.pid;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@OtpTest
class TaskShutdownSuiteTest {
  private static final Shutdown BRUTAL = new Shutdown.BrutalKill();
  private static final Shutdown WITHIN = new Shutdown.Within(ofSeconds(5));
  static final List<Shutdown> ALL = List.of(WITHIN, BRUTAL, new Shutdown.Infinity());

  static Stream<Arguments> repliesBeforeDeath() {
    return ALL.stream()
        .flatMap(how ->
            Stream.of(BOOM, ExitReason.NORMAL, ExitReason.SHUTDOWN)
                .map(reason -> Arguments.of(how, reason)));
  }

  @ParameterizedTest
  @MethodSource("repliesBeforeDeath")
  @Case({
    "Task: shutdown/2: returns {:ok, result} when reply and abnormal :DOWN in message queue",
    "Task: shutdown/2: returns {:ok, result} when reply and normal :DOWN in message queue",
    "Task: shutdown/2: returns {:ok, result} when reply and shut down :DOWN in message queue",
    "Task: shutdown/2 with :brutal_kill: returns {:ok, result} when reply and abnormal :DOWN in"
        + " message queue",
    "Task: shutdown/2 with :brutal_kill: returns {:ok, result} when reply and normal :DOWN in"
        + " message queue",
    "Task: shutdown/2 with :brutal_kill: returns {:ok, result} when reply and shut down :DOWN in"
        + " message queue"
  })
  void returns_the_result_of_a_task_that_has_ended(Shutdown how, ExitReason reason) {
    TestProcess.run(() -> {
      Task<String> task = ended("result", reason);
      assertThat(task.shutdown(how)).contains(new Outcome.Ok<>("result"));
      assertMailboxEmpty();
    });
  }

  static Stream<Arguments> deaths() {
    ExitReason killed = ExitReason.KILLED;
    ExitReason normal = ExitReason.NORMAL;
    ExitReason shutdown = ExitReason.SHUTDOWN;
    return Stream.of(
        Arguments.of(WITHIN, BOOM, exit(BOOM)),
        Arguments.of(WITHIN, normal, exit(normal)),
        Arguments.of(WITHIN, shutdown, Optional.empty()),
        Arguments.of(WITHIN, killed, exit(killed)),
        Arguments.of(BRUTAL, BOOM, exit(BOOM)),
        Arguments.of(BRUTAL, normal, exit(normal)),
        Arguments.of(BRUTAL, shutdown, exit(shutdown)),
        Arguments.of(BRUTAL, killed, Optional.empty()));
  }

  private static Optional<Outcome<String>> exit(ExitReason reason) {
    return Optional.of(new Outcome.Exit<>(reason));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  @Case({
    "Task: shutdown/2: returns exit on abnormal :DOWN in message queue",
    "Task: shutdown/2: returns exit on normal :DOWN in message queue",
    "Task: shutdown/2: returns nil on shutdown :DOWN in message queue",
    "Task: shutdown/2: returns exit on killed :DOWN in message queue",
    "Task: shutdown/2 with :brutal_kill: returns nil on killed :DOWN in message queue",
    "Task: shutdown/2 with :brutal_kill: returns exit on abnormal :DOWN in message queue",
    "Task: shutdown/2 with :brutal_kill: returns exit on normal :DOWN in message queue",
    "Task: shutdown/2 with :brutal_kill: returns exit on shutdown :DOWN in message queue"
  })
  void returns_why_a_task_has_ended_unless_as_asked(
      Shutdown how, ExitReason reason, Optional<Outcome<String>> outcome) {
    TestProcess.run(() -> {
      Task<String> task = ended(null, reason);
      assertThat(task.shutdown(how)).isEqualTo(outcome);
      assertMailboxEmpty();
    });
  }

  @ParameterizedTest
  @FieldSource("ALL")
  @Case({
    "Task: shutdown/2: returns {:exit, :noproc} if task handled",
    "Task: shutdown/2 with :brutal_kill: returns {:exit, :noproc} if task handled"
  })
  void the_reason_of_a_task_that_was_handled_is_not_known(Shutdown how) {
    TestProcess.run(() -> {
      Task<String> task = Tasks.handled(BOOM);
      assertThat(task.shutdown(how)).isEqualTo(exit(ExitReason.NO_PROCESS));
      assertMailboxEmpty();
    });
  }

  @ParameterizedTest
  @FieldSource("ALL")
  @Case("Task: shutdown/2: returns nil on shutting down task")
  void returns_nothing_on_stopping_a_task(Shutdown how) {
    TestProcess.run(() -> {
      Task<String> task = Task.async(Tasks::hang);
      assertThat(task.shutdown(how)).isEmpty();
      assertThat(pid(task).isAlive()).isFalse();
      assertThat(Tasks.links()).isZero();
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: shutdown/2: ignores if task PID is nil")
  void ignores_a_task_without_a_process() {
    TestProcess.run(() -> {
      assertThat(Task.completed("done").shutdown()).contains(new Outcome.Ok<>("done"));
      assertThat(Tasks.silent().shutdown(BRUTAL)).isEmpty();
    });
  }

  /** A task that does not heed shutdown. */
  private static Task<String> deaf() {
    Pid<?> me = Processes.self();
    Task<String> task =
        Task.async(() -> {
          Processes.trapExit(true);
          Processes.send(me, "ready");
          return hang();
        });
    awaitMessage("ready");
    return task;
  }

  @Test
  @Case("Task: shutdown/2: returns nil on killing task")
  void returns_nothing_on_killing_a_task_that_traps_exits() {
    TestProcess.run(() -> {
      assertThat(deaf().shutdown(BRUTAL)).isEmpty();
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: shutdown/2 with :brutal_kill: returns exit on killing task after shutdown timeout")
  void returns_exit_on_killing_a_task_that_did_not_heed_the_shutdown() {
    Semaphore deaf = new Semaphore(0);
    Tasks.runWithClock(
        ofMillis(1),
        // the task, which waits for ever, and its owner
        time -> deaf.availablePermits() > 0 && time.pending() == 2,
        () -> {
          Task<String> task = deaf();
          deaf.release();
          assertThat(task.shutdown(new Shutdown.Within(ofMillis(1))))
              .isEqualTo(exit(ExitReason.KILLED));
          assertMailboxEmpty();
        });
  }

  @Test
  void a_result_of_the_last_moment_counts() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Task<String> task =
          Task.async(() -> {
            Processes.trapExit(true);
            Processes.send(me, "ready");
            Processes.receive(message -> message instanceof Exit ? message : null);
            return "saved";
          });
      awaitMessage("ready");
      assertThat(task.shutdown(new Shutdown.Infinity())).contains(new Outcome.Ok<>("saved"));
      assertMailboxEmpty();
    });
  }

  @Test
  void a_task_is_stopped_even_if_its_owner_is_killed_amid_the_shutdown() {
    for (int i = 0; i < 300; i++) {
      TestProcess.run(() -> {
        Pid<?> me = Processes.self();
        Pid<?> owner =
            Processes.spawn(() -> {
              Task<String> task = Task.async(Tasks::hang);
              Processes.send(me, task);
              task.shutdown();
            });
        Task<?> task = Processes.receive(message -> message instanceof Task<?> t ? t : null);
        Processes.exit(owner, ExitReason.KILL);
        assertThat(Processes.awaitExit(pid(task), ofSeconds(30))).isPresent();
      });
    }
  }

  @Test
  void a_task_that_was_shut_down_cannot_be_awaited() {
    TestProcess.run(() -> {
      Task<String> task = Task.async(Tasks::hang);
      task.shutdown();
      assertThat(task.yield(ZERO)).isEmpty();
    });
  }
}
