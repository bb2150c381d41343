package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.BOOM;
import static dev.tend.otp.task.Tasks.GO;
import static dev.tend.otp.task.Tasks.assertMailboxEmpty;
import static dev.tend.otp.task.Tasks.awaitEnd;
import static dev.tend.otp.task.Tasks.awaitMessage;
import static dev.tend.otp.task.Tasks.hang;
import static dev.tend.otp.task.Tasks.info;
import static dev.tend.otp.task.Tasks.links;
import static dev.tend.otp.task.Tasks.pid;
import static dev.tend.otp.task.Tasks.waitAndReturn;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Counts;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@OtpTest
class TaskSupervisorSuiteTest {
  private static final Duration LONG = ofSeconds(60);
  private static final Shutdown BRUTAL = new Shutdown.BrutalKill();

  /** Whether the owner is linked. */
  enum Kind {
    ASYNC,
    NOLINK;

    <R> Task<R> async(Pid<DynamicSupervisor> supervisor, Shutdown how, Callable<R> work) {
      return this == ASYNC
          ? TaskSupervisor.async(supervisor, how, work)
          : TaskSupervisor.asyncNolink(supervisor, how, work);
    }

    <R> Task<R> async(Pid<DynamicSupervisor> supervisor, Callable<R> work) {
      return this == ASYNC
          ? TaskSupervisor.async(supervisor, work)
          : TaskSupervisor.asyncNolink(supervisor, work);
    }

    <R> Stream<Zipped<Integer, R>> stream(
        Pid<DynamicSupervisor> supervisor,
        Stream<Integer> inputs,
        TaskFunction<Integer, R> function,
        StreamOptions options,
        Shutdown shutdown) {
      return this == ASYNC
          ? TaskSupervisor.asyncStream(supervisor, inputs, function, options, shutdown)
          : TaskSupervisor.asyncStreamNolink(supervisor, inputs, function, options, shutdown);
    }
  }

  private static Pid<DynamicSupervisor> supervisor() {
    return supervisor(Limits.defaults());
  }

  private static Pid<DynamicSupervisor> supervisor(Limits limits) {
    return DynamicSupervisor.startLink(limits, StartOptions.defaults()).orThrow();
  }

  private static Pid<?> started(ChildResult result) {
    return ((ChildResult.Started) result).pid();
  }

  // ---- the supervisor ----

  @Test
  @Case({
    "Task.Supervisor: can be supervised directly",
    "Task.Supervisor: multiple supervisors can be supervised and identified with simple child spec"
  })
  void several_can_be_supervised_and_told_apart_by_name() {
    ServerName<DynamicSupervisor> one = ServerName.local("one");
    ServerName<DynamicSupervisor> other = ServerName.local("other");
    TestProcess.run(() -> {
      List<ChildSpec> children =
          Stream.of(one, other)
              .map(name -> DynamicSupervisor.childSpec(Limits.defaults(), StartOptions.named(name)))
              .toList();
      Pid<Supervisor> top =
          Supervisor.startLink(Flags.of(Strategy.ONE_FOR_ONE), children, StartOptions.defaults())
              .orThrow();
      assertThat(TaskSupervisor.children(one)).isEmpty();
      assertThat(TaskSupervisor.children(other)).isEmpty();
      ChildSpec nameless = DynamicSupervisor.childSpec(Limits.defaults(), StartOptions.defaults());
      Pid<?> third = started(Supervisor.startChild(top, nameless));
      assertThat(Supervisor.startChild(top, nameless))
          .isEqualTo(new ChildResult.AlreadyStarted(third));
      assertThat(TaskSupervisor.async(one, () -> 1).await(LONG)).isEqualTo(1);
    });
  }

  @Test
  @Case("Task.Supervisor: start with spawn_opt")
  void start_with_options_of_the_process() {
    TestProcess.run(() -> {
      AtomicReference<Thread> thread = new AtomicReference<>();
      Pid<DynamicSupervisor> supervisor =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults().onPlatformThread())
              .orThrow();
      DynamicSupervisor.startChild(
          supervisor,
          ChildSpec.worker(
              "spy",
              () -> {
                thread.set(Thread.currentThread());
                return TaskProcess.startLink(Tasks::hang);
              }));
      assertThat(thread.get().isVirtual()).isFalse();
    });
  }

  @Test
  @Case("Task.Supervisor: counts and returns children")
  void counts_and_returns_children() {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor();
      assertThat(TaskSupervisor.children(supervisor)).isEmpty();
      assertThat(DynamicSupervisor.countChildren(supervisor)).isEqualTo(new Counts(0, 0, 0, 0));
      Pid<?> child = started(TaskSupervisor.startChild(supervisor, Tasks::hang));
      assertThat(TaskSupervisor.children(supervisor)).isEqualTo(List.of(child));
      assertThat(DynamicSupervisor.countChildren(supervisor)).isEqualTo(new Counts(1, 1, 0, 1));
    });
  }

  // ---- async ----

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task.Supervisor: async/1: spawns tasks under the supervisor",
    "Task.Supervisor: async/3",
    "Task.Supervisor: async_nolink/1: spawns a task under the supervisor without linking to the"
        + " caller",
    "Task.Supervisor: async_nolink/3"
  })
  void spawns_tasks_under_the_supervisor(Kind kind) {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      Task<String> task = kind.async(supervisor, () -> waitAndReturn(me, "done"));
      assertThat(TaskSupervisor.children(supervisor)).isEqualTo(List.of(pid(task)));
      awaitMessage("ready");
      assertThat(links()).isEqualTo(kind == Kind.ASYNC ? 2 : 1);
      assertThat(info(pid(task)).links()).isEqualTo(kind == Kind.ASYNC ? 2 : 1);
      assertThat(info(pid(task)).label()).contains("Task");
      assertThat(info(pid(task)).monitors()).isZero();
      Processes.send(pid(task), GO);
      Object reply = Processes.receive();
      Down down = (Down) Processes.receive();
      assertThat(down.pid()).isEqualTo(pid(task));
      assertThat(down.reason()).isEqualTo(ExitReason.NORMAL);
      assertThat(task.check(reply)).contains(new Outcome.Ok<>("done"));
      assertMailboxEmpty();
      assertThat(TaskSupervisor.children(supervisor)).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task.Supervisor: async/1: with custom shutdown",
    "Task.Supervisor: async_nolink/1: with custom shutdown"
  })
  void with_custom_shutdown(Kind kind) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> supervisor = supervisor();
      Task<String> task = kind.async(supervisor, BRUTAL, Tasks::hang);
      Processes.exit(supervisor, ExitReason.SHUTDOWN);
      assertThat(task.yield(LONG)).contains(new Outcome.Exit<>(ExitReason.KILLED));
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task.Supervisor: async/1: raises when :max_children is reached",
    "Task.Supervisor: async_nolink/1: raises when :max_children is reached"
  })
  void throws_when_max_children_is_reached(Kind kind) {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor(Limits.defaults().withMaxChildren(1));
      kind.async(supervisor, Tasks::hang);
      assertThatExceptionOfType(TooManyTasks.class)
          .isThrownBy(() -> kind.async(supervisor, () -> "ok"))
          .withMessageContaining("reached the maximum number of tasks");
      assertThat(TaskSupervisor.startChild(supervisor, () -> {}))
          .isEqualTo(new ChildResult.MaxChildren());
    });
  }

  @Test
  @Case("Task.Supervisor: async/1: with $callers")
  void async_with_callers() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      TaskSupervisor.async(
              supervisor,
              () -> {
                Pid<?> parent = Processes.self();
                assertThat(Task.callers()).isEqualTo(List.of(grandparent));
                assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
                return TaskSupervisor.async(
                        supervisor,
                        () -> {
                          assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
                          assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
                          return true;
                        })
                    .await(LONG);
              })
          .await(LONG);
    });
  }

  @Test
  void the_failure_of_a_task_without_a_link_is_its_own() {
    TestProcess.run(() -> {
      Task<String> task =
          TaskSupervisor.asyncNolink(
              supervisor(),
              () -> {
                throw Processes.exit(BOOM);
              });
      assertThat(task.yield(LONG)).contains(new Outcome.Exit<>(BOOM));
      assertMailboxEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void the_death_of_the_owner_ends_a_task_only_through_a_link(Kind kind) {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      Pid<?> owner =
          Processes.spawn(() -> {
            kind.async(supervisor, () -> waitAndReturn(me, "done"));
            hang();
          });
      awaitMessage("ready");
      Pid<?> task = TaskSupervisor.children(supervisor).getFirst();
      Processes.exit(owner, BOOM);
      if (kind == Kind.NOLINK) {
        assertThat(task.isAlive()).isTrue();
        Processes.send(task, GO);
      }
      assertThat(Processes.awaitExit(task, LONG))
          .contains(kind == Kind.NOLINK ? ExitReason.NORMAL : BOOM);
    });
  }

  @Test
  void a_task_whose_owner_dies_before_it_begins_does_not_begin() {
    TestProcess.run(() -> {
      Pid<?> owner = Processes.spawn(Tasks::hang);
      Pid<?> task = Processes.spawn(TaskProcess.of(owner));
      eventually(() -> assertThat(info(task).monitors()).isEqualTo(1));
      Processes.exit(owner, BOOM);
      assertThat(Processes.awaitExit(task, LONG)).contains(new ExitReason.Shutdown(BOOM));
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void without_a_supervisor_there_is_no_task(Kind kind) {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor();
      DynamicSupervisor.stop(supervisor);
      assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> kind.async(supervisor, () -> 1));
      assertThatExceptionOfType(CallFailed.class)
          .isThrownBy(() ->
              kind.stream(
                      supervisor,
                      Stream.of(1),
                      input -> input,
                      StreamOptions.defaults(),
                      Shutdown.FIVE_SECONDS)
                  .forEach(element -> {}));
      assertMailboxEmpty();
    });
  }

  // ---- start child ----

  @Test
  @Case({"Task.Supervisor: start_child/1", "Task.Supervisor: start_child/3"})
  void start_child() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      Pid<?> task =
          started(
              TaskSupervisor.startChild(
                  supervisor, () -> Processes.send(me, waitAndReturn(me, "done"))));
      assertThat(TaskSupervisor.children(supervisor)).isEqualTo(List.of(task));
      assertThat(links()).isEqualTo(1);
      awaitMessage("ready");
      assertThat(info(task).label()).contains("Task");
      Processes.send(task, GO);
      awaitMessage("done");
    });
  }

  @Test
  @Case("Task.Supervisor: start_child/1 with custom shutdown")
  void start_child_with_custom_shutdown() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> supervisor = supervisor();
      Pid<?> task =
          started(TaskSupervisor.startChild(supervisor, Restart.TEMPORARY, BRUTAL, Tasks::hang));
      MonitorRef ref = Processes.monitor(task);
      Processes.exit(supervisor, ExitReason.SHUTDOWN);
      Down down = Processes.receive(m -> m instanceof Down d && d.ref() == ref ? d : null);
      assertThat(down.reason()).isEqualTo(ExitReason.KILLED);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"PERMANENT", "TRANSIENT"})
  @Case("Task.Supervisor: start_child/1 with custom restart")
  void start_child_with_custom_restart(Restart restart) {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      Pid<?> task =
          started(
              TaskSupervisor.startChild(
                  supervisor, restart, Shutdown.FIVE_SECONDS, () -> waitAndReturn(me, "done")));
      awaitMessage("ready");
      Processes.exit(task, restart == Restart.PERMANENT ? ExitReason.SHUTDOWN : BOOM);
      awaitMessage("ready");
      assertThat(TaskSupervisor.children(supervisor)).hasSize(1).doesNotContain(task);
    });
  }

  @Test
  @Case("Task.Supervisor: start_child/1 with $callers")
  void start_child_with_callers() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      TaskSupervisor.startChild(
          supervisor,
          () -> {
            Pid<?> parent = Processes.self();
            assertThat(Task.callers()).isEqualTo(List.of(grandparent));
            assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
            TaskSupervisor.startChild(
                supervisor,
                () -> {
                  assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
                  assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
                  Processes.send(grandparent, "done");
                });
          });
      awaitMessage("done");
    });
  }

  @Test
  @Case("Task.Supervisor: terminate_child/2")
  void terminate_child() {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor();
      Pid<?> task = started(TaskSupervisor.startChild(supervisor, Tasks::hang));
      assertThat(TaskSupervisor.children(supervisor)).isEqualTo(List.of(task));
      assertThat(DynamicSupervisor.terminateChild(supervisor, task))
          .isEqualTo(new ChildResult.Done());
      assertThat(task.exitReason()).contains(ExitReason.SHUTDOWN);
      assertThat(TaskSupervisor.children(supervisor)).isEmpty();
      assertThat(DynamicSupervisor.terminateChild(supervisor, task))
          .isEqualTo(new ChildResult.NotFound());
    });
  }

  // ---- await ----

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case("Task.Supervisor: await/1: demonitors and unalias on timeout")
  void await_demonitors_and_unaliases_on_timeout(Kind kind) {
    TestProcess.run(() -> {
      Task<String> task =
          kind.async(
              supervisor(),
              () -> {
                awaitMessage(GO);
                return "done";
              });
      TaskFailed failed = catchThrowableOfType(TaskFailed.class, () -> task.await(ZERO));
      assertThat(failed.why()).isEqualTo(new TaskFailed.Timeout(ZERO));
      assertThat(info(Processes.self()).monitors()).isZero();
      Processes.send(pid(task), GO);
      awaitEnd(task);
      assertMailboxEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task.Supervisor: await/1: exits on task throw",
    "Task.Supervisor: await/1: exits on task error",
    "Task.Supervisor: await/1: exits on task exit"
  })
  void await_exits_with_the_task(Kind kind) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> supervisor = supervisor();
      IllegalStateException oops = new IllegalStateException("oops");
      TaskFailed thrown =
          catchThrowableOfType(
              TaskFailed.class,
              () ->
                  kind.async(
                          supervisor,
                          () -> {
                            throw oops;
                          })
                      .await(LONG));
      assertThat(thrown.why()).isEqualTo(new TaskFailed.Exit(new ExitReason.Crash(oops)));
      TaskFailed exit =
          catchThrowableOfType(
              TaskFailed.class,
              () ->
                  kind.async(
                          supervisor,
                          () -> {
                            throw Processes.exit(BOOM);
                          })
                      .await(LONG));
      assertThat(exit.why()).isEqualTo(new TaskFailed.Exit(BOOM));
    });
  }

  // ---- streams: see AsyncStreamSuiteTest; here what is a supervisor's ----

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task.Supervisor: async_stream: raises an error if :max_children is reached with clean stream"
        + " shutdown",
    "Task.Supervisor: async_stream_nolink: raises an error if :max_children is reached with clean"
        + " stream shutdown"
  })
  void a_stream_throws_when_max_children_is_reached_and_is_shut_down(Kind kind) {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor(Limits.defaults().withMaxChildren(1));
      assertThatExceptionOfType(TooManyTasks.class)
          .isThrownBy(() ->
              kind.stream(
                      supervisor,
                      Stream.of(1, 2, 3),
                      input -> hang(),
                      StreamOptions.defaults().withMaxConcurrency(2),
                      Shutdown.FIVE_SECONDS)
                  .forEach(element -> {}))
          .withMessageContaining("reached the maximum number of tasks");
      assertThat(links()).isEqualTo(1);
      assertMailboxEmpty();
      assertThat(TaskSupervisor.children(supervisor)).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_stream_may_be_as_wide_as_its_supervisor(Kind kind) {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor(Limits.defaults().withMaxChildren(3));
      StreamOptions options = StreamOptions.defaults().withMaxConcurrency(3);
      Stream<Integer> inputs = Stream.iterate(0, i -> i + 1).limit(2_000);
      assertThat(
              kind.stream(supervisor, inputs, input -> input, options, Shutdown.FIVE_SECONDS)
                  .count())
          .isEqualTo(2_000);
    });
  }

  @Test
  @Case("Task.Supervisor: async_stream: with $callers")
  void callers_of_a_streams_tasks() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      Pid<DynamicSupervisor> supervisor = supervisor();
      TaskSupervisor.asyncStream(
              supervisor,
              Stream.of(1),
              outer -> {
                Pid<?> parent = Processes.self();
                assertThat(Task.callers()).isEqualTo(List.of(grandparent));
                assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
                return TaskSupervisor.asyncStreamNolink(
                        supervisor,
                        Stream.of(1),
                        inner -> {
                          assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
                          assertThat(Processes.ancestors()).startsWith(supervisor, grandparent);
                          return inner;
                        })
                    .map(element -> element.outcome().orThrow())
                    .toList();
              })
          .forEach(
              element -> assertThat(element.outcome()).isEqualTo(new Outcome.Ok<>(List.of(1))));
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case("Task.Supervisor: async_stream: does not allow streaming with invalid :shutdown")
  void a_stream_refuses_a_shutdown_that_never_ends(Kind kind) {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor();
      for (Shutdown bad : List.of(new Shutdown.Infinity(), new Shutdown.Within(ofMillis(-1)))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() ->
                kind.stream(
                    supervisor, Stream.of(1), input -> input, StreamOptions.defaults(), bad));
      }
    });
  }

  @Test
  void the_tasks_of_a_nolink_stream_end_with_its_consumer_too() {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> supervisor = supervisor();
      CountDownLatch hanging = new CountDownLatch(2);
      Pid<?> consumer =
          Processes.spawn(() ->
              TaskSupervisor.asyncStreamNolink(
                      supervisor,
                      Stream.of(1, 2),
                      input -> {
                        hanging.countDown();
                        return hang();
                      },
                      StreamOptions.defaults().withMaxConcurrency(2),
                      Shutdown.FIVE_SECONDS)
                  .forEach(element -> {}));
      eventually(() -> assertThat(hanging.getCount()).isZero());
      Processes.exit(consumer, BOOM);
      eventually(() -> assertThat(TaskSupervisor.children(supervisor)).isEmpty());
    });
  }
}
