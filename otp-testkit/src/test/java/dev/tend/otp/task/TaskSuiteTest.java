package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.BOOM;
import static dev.tend.otp.task.Tasks.GO;
import static dev.tend.otp.task.Tasks.assertMailboxEmpty;
import static dev.tend.otp.task.Tasks.awaitEnd;
import static dev.tend.otp.task.Tasks.awaitMessage;
import static dev.tend.otp.task.Tasks.ended;
import static dev.tend.otp.task.Tasks.foreign;
import static dev.tend.otp.task.Tasks.hang;
import static dev.tend.otp.task.Tasks.info;
import static dev.tend.otp.task.Tasks.links;
import static dev.tend.otp.task.Tasks.pid;
import static dev.tend.otp.task.Tasks.silent;
import static dev.tend.otp.task.Tasks.waitAndReturn;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@OtpTest
class TaskSuiteTest {
  private static final Duration LONG = ofSeconds(60);

  private static TaskFailed failure(Callable<?> code) {
    return catchThrowableOfType(TaskFailed.class, code::call);
  }

  private static ExitReason reason(Callable<?> code) {
    return ((TaskFailed.Exit) failure(code).why()).reason();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // never returns
  private static <R> R exit(ExitReason reason) {
    throw Processes.exit(reason);
  }

  // ---- start ----

  @Test
  @Case("Task: can be supervised directly")
  void can_be_supervised_directly() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      ChildSpec spec = Task.childSpec("task", () -> waitAndReturn(me, 1));
      Pid<Supervisor> supervisor =
          Supervisor.startLink(
                  Flags.of(Strategy.ONE_FOR_ONE), List.of(spec), StartOptions.defaults())
              .orThrow();
      awaitMessage("ready");
      ChildInfo.Running child =
          (ChildInfo.Running) Supervisor.whichChildren(supervisor).getFirst().state();
      Processes.send(child.pid(), GO);
      assertThat(Processes.awaitExit(child.pid(), LONG)).contains(ExitReason.NORMAL);
      assertThat(Supervisor.whichChildren(supervisor)).isEmpty();
    });
  }

  @Test
  @Case("Task: generates child_spec/1")
  void its_child_specification_is_temporary_and_can_be_changed() {
    ChildSpec spec = Task.childSpec("task", () -> {});
    assertThat(spec.id()).isEqualTo("task");
    assertThat(spec.restart()).isEqualTo(Restart.TEMPORARY);
    assertThat(spec.shutdown()).isEqualTo(new Shutdown.Within(ofSeconds(5)));
    ChildSpec custom = spec.withRestart(Restart.PERMANENT).withShutdown(new Shutdown.Infinity());
    assertThat(custom.restart()).isEqualTo(Restart.PERMANENT);
    assertThat(custom.shutdown()).isEqualTo(new Shutdown.Infinity());
  }

  @Test
  @Case({"Task: async/1", "Task: async/3"})
  void async() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Task<String> task = Task.async(() -> waitAndReturn(me, "done"));
      assertThat(task.owner()).isEqualTo(me);
      awaitMessage("ready");
      assertThat(links()).isEqualTo(1);
      assertThat(info(pid(task)).links()).isEqualTo(1);
      assertThat(info(pid(task)).label()).contains("Task");
      Processes.send(pid(task), GO);
      Object reply = Processes.receive();
      Down down = (Down) Processes.receive();
      assertThat(down.pid()).isEqualTo(pid(task));
      assertThat(down.reason()).isEqualTo(ExitReason.NORMAL);
      assertThat(task.check(reply)).contains(new Outcome.Ok<>("done"));
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: async with $callers")
  void async_with_callers() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      assertThat(Task.callers()).isEmpty();
      Task.async(
              () -> {
                Pid<?> parent = Processes.self();
                assertThat(Task.callers()).isEqualTo(List.of(grandparent));
                return Task.async(
                        () -> {
                          assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
                          return true;
                        })
                    .await(LONG);
              })
          .await(LONG);
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Case({"Task: start/1", "Task: start/3", "Task: start_link/1", "Task: start_link/3"})
  void start_and_start_link(boolean link) {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Runnable work = () -> Processes.send(me, waitAndReturn(me, "done"));
      Pid<?> task = link ? Task.startLink(work) : Task.start(work);
      awaitMessage("ready");
      assertThat(links()).isEqualTo(link ? 1 : 0);
      assertThat(info(task).label()).contains("Task");
      Processes.send(task, GO);
      awaitMessage("done");
      assertThat(Processes.awaitExit(task, LONG)).contains(ExitReason.NORMAL);
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: start_link with $callers")
  void start_link_with_callers() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      Task.startLink(() -> {
        Pid<?> parent = Processes.self();
        assertThat(Task.callers()).isEqualTo(List.of(grandparent));
        Pid<?> child =
            Task.startLink(() -> {
              assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
              Processes.send(grandparent, "done");
            });
        Processes.awaitExit(child, LONG);
      });
      awaitMessage("done");
    });
  }

  @Test
  @Case("Task: completed/1")
  void completed() {
    TestProcess.run(() -> {
      Task<String> task = Task.completed("done");
      assertThat(task.pid()).isEmpty();
      assertThat(task.await()).isEqualTo("done");
      assertMailboxEmpty();
    });
  }

  // ---- ignore ----

  @Test
  @Case("Task: ignore/1: discards on time replies")
  void ignore_discards_on_time_replies() {
    TestProcess.run(() -> {
      Task<String> task = Task.async(() -> "ok");
      awaitEnd(task);
      assertThat(task.ignore()).contains(new Outcome.Ok<>("ok"));
      assertThat(failure(() -> task.await(ZERO)).why()).isEqualTo(new TaskFailed.Timeout(ZERO));
      assertMailboxEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Case({"Task: ignore/1: discards late replies", "Task: ignore/1: discards late failures"})
  void ignore_discards_what_is_late(boolean fails) {
    TestProcess.run(() -> {
      Task<String> task =
          Task.async(() -> {
            awaitMessage(GO);
            return fails ? exit(BOOM) : "ok";
          });
      assertThat(task.ignore()).isEmpty();
      assertThat(links()).isZero();
      Processes.send(pid(task), GO);
      awaitEnd(task);
      assertThat(failure(() -> task.await(ZERO)).why()).isEqualTo(new TaskFailed.Timeout(ZERO));
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: ignore/1: discards on-time failures")
  void ignore_discards_on_time_failures() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task<String> task = Task.async(() -> exit(BOOM));
      awaitEnd(task);
      assertThat(task.ignore()).contains(new Outcome.Exit<>(BOOM));
      assertThat(failure(() -> task.await(ZERO)).why()).isEqualTo(new TaskFailed.Timeout(ZERO));
    });
  }

  @Test
  @Case("Task: ignore/1: can ignore completed tasks")
  void can_ignore_completed_tasks() {
    TestProcess.run(
        () -> assertThat(Task.completed("done").ignore()).contains(new Outcome.Ok<>("done")));
  }

  // ---- await ----

  @Test
  @Case("Task: await/2: demonitors and unalias on timeout")
  void await_demonitors_and_unaliases_on_timeout() {
    TestProcess.run(() -> {
      Task<String> task =
          Task.async(() -> {
            awaitMessage(GO);
            return "done";
          });
      assertThat(failure(() -> task.await(ZERO)).why()).isEqualTo(new TaskFailed.Timeout(ZERO));
      assertThat(info(Processes.self()).monitors()).isZero();
      Processes.send(pid(task), GO);
      awaitEnd(task);
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: await/2: exits on timeout")
  void await_waits_as_long_as_told_by_its_own_clock() {
    Tasks.runWithClock(
        ofSeconds(5),
        time -> time.pending() == 1,
        () ->
            assertThat(failure(() -> silent().await()).why())
                .isEqualTo(new TaskFailed.Timeout(ofSeconds(5))));
  }

  @Test
  @Case("Task: await/2: exits on timeout")
  void a_timeout_that_nobody_catches_ends_the_owner_and_with_it_the_task() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<?> owner =
          Processes.spawn(() -> {
            Task<String> task = Task.async(Tasks::hang);
            Processes.send(me, task);
            task.await(ZERO);
          });
      Task<?> task = Processes.receive(message -> message instanceof Task<?> t ? t : null);
      ExitReason.Crash crash = (ExitReason.Crash) Processes.awaitExit(owner, LONG).orElseThrow();
      assertThat(crash.cause()).isInstanceOf(TaskFailed.class);
      awaitEnd(task);
      assertThat(pid(task).exitReason()).contains(crash);
    });
  }

  @Test
  @Case("Task: await/2: exits on normal exit")
  void await_exits_on_normal_exit() {
    TestProcess.run(() ->
        assertThat(reason(() -> Task.async(() -> exit(ExitReason.NORMAL)).await(LONG)))
            .isEqualTo(ExitReason.NORMAL));
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("oops"), new IOException("unchecked too"), new AssertionError());
  }

  @ParameterizedTest
  @MethodSource("throwables")
  @Case({"Task: await/2: exits on task throw", "Task: await/2: exits on task error"})
  void await_exits_with_what_the_task_threw(Throwable thrown) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task<String> task =
          Task.async(() -> {
            if (thrown instanceof Exception e) {
              throw e;
            }
            throw (Error) thrown;
          });
      TaskFailed failed = failure(() -> task.await(LONG));
      assertThat(failed.why()).isEqualTo(new TaskFailed.Exit(new ExitReason.Crash(thrown)));
      assertThat(failed).hasCause(thrown);
    });
  }

  @Test
  @Case("Task: await/2: exits on task exit")
  void await_exits_on_task_exit() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      assertThat(reason(() -> Task.async(() -> exit(BOOM)).await(LONG))).isEqualTo(BOOM);
    });
  }

  @Test
  void a_task_that_fails_ends_an_owner_that_does_not_trap_exits() {
    Pid<?> owner =
        Processes.spawn(() -> {
          Task.async(() -> exit(BOOM));
          hang();
        });
    assertThat(Processes.awaitExit(owner, LONG)).contains(BOOM);
  }

  static Stream<Arguments> queries() {
    Task<String> task = foreign();
    return Stream.<Callable<?>>of(
            task::await,
            () -> Task.awaitMany(List.of(Task.completed("mine"), task), ZERO),
            () -> task.yield(ZERO),
            () -> Task.yieldMany(List.of(task), ZERO),
            task::shutdown,
            () -> task.shutdown(new Shutdown.BrutalKill()),
            task::ignore,
            () -> task.check("message"))
        .map(query -> Arguments.of(task, query));
  }

  @ParameterizedTest
  @MethodSource("queries")
  @Case({
    "Task: await/2: raises when invoked from a non-owner process",
    "Task: await_many/2: raises when invoked from a non-owner process",
    "Task: yield/2: raises when invoked from a non-owner process",
    "Task: yield_many/2: raises when invoked from a non-owner process",
    "Task: shutdown/2: raises when invoked from a non-owner process"
  })
  void only_its_owner_may_query_a_task(Task<?> task, Callable<?> query) {
    TestProcess.run(() ->
        assertThatIllegalStateException()
            .isThrownBy(query::call)
            .withMessage(task + " was asked for its result by " + Processes.self()));
  }

  // ---- await many ----

  @Test
  @Case("Task: await_many/2: returns list of replies")
  void await_many_returns_the_replies() {
    TestProcess.run(() -> {
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int value : List.of(1, 3, 9)) {
        tasks.add(Task.async(() -> value));
      }
      assertThat(Task.awaitMany(tasks, LONG)).containsExactly(1, 3, 9);
      tasks.forEach(Tasks::awaitEnd);
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: await_many/2: returns replies in input order ignoring response order")
  void await_many_returns_the_replies_in_the_order_of_the_tasks() {
    TestProcess.run(() -> {
      Task<Integer> second = Task.completed(3);
      Task<Integer> third = Task.completed(9);
      Task<Integer> first = Task.completed(1);
      assertThat(Task.awaitMany(List.of(first, second, third, first), LONG))
          .containsExactly(1, 3, 9, 1);
    });
  }

  @Test
  @Case("Task: await_many/2: returns an empty list immediately")
  void await_many_of_none() {
    TestProcess.run(() -> assertThat(Task.awaitMany(List.of(), LONG)).isEmpty());
  }

  @Test
  @Case("Task: await_many/2: ignores messages from other processes")
  void await_many_ignores_other_messages() {
    TestProcess.run(() -> {
      Task<String> other = Task.completed("z");
      Pid<?> dead = Processes.spawn(() -> {});
      Processes.awaitExit(dead, LONG);
      Processes.monitor(dead);
      Processes.send(Processes.self(), "hello");
      List<Task<String>> tasks = List.of(Task.async(() -> "a"), Task.async(() -> "b"));
      assertThat(Task.awaitMany(tasks, LONG)).containsExactly("a", "b");
      assertThat(other.check(Processes.receive())).contains(new Outcome.Ok<>("z"));
      assertThat(Processes.receive()).isInstanceOf(Down.class);
      awaitMessage("hello");
    });
  }

  @Test
  @Case("Task: await_many/2: ignores additional messages after reply")
  void there_are_no_additional_messages_after_a_reply() {
    TestProcess.run(() -> {
      Task<String> b = ended("b", BOOM);
      Task<String> a = Task.completed("a");
      assertThat(Task.awaitMany(List.of(a, b), LONG)).containsExactly("a", "b");
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: await_many/2: exits on timeout")
  void await_many_exits_on_timeout() {
    TestProcess.run(() -> {
      List<Task<String>> tasks = List.of(Task.async(() -> "done"), Task.async(Tasks::hang));
      awaitEnd(tasks.getFirst());
      assertThat(failure(() -> Task.awaitMany(tasks, ZERO)).why())
          .isEqualTo(new TaskFailed.Timeout(ZERO));
      assertThat(info(Processes.self()).monitors()).isZero();
      assertMailboxEmpty();
    });
  }

  @Test
  void the_time_of_await_many_is_for_all_together() {
    Tasks.runWithClock(
        ofSeconds(5),
        time -> time.pending() == 1,
        () ->
            assertThat(
                    failure(() -> Task.awaitMany(List.of(silent(), silent()), ofSeconds(5))).why())
                .isEqualTo(new TaskFailed.Timeout(ofSeconds(5))));
  }

  static Stream<Arguments> failures() {
    IllegalStateException oops = new IllegalStateException("oops");
    return Stream.of(
        Arguments.of(ExitReason.NORMAL, (Callable<String>) () -> exit(ExitReason.NORMAL)),
        Arguments.of(BOOM, (Callable<String>) () -> exit(BOOM)),
        Arguments.of(
            new ExitReason.Crash(oops),
            (Callable<String>)
                () -> {
                  throw oops;
                }));
  }

  @ParameterizedTest
  @MethodSource("failures")
  @Case({
    "Task: await_many/2: exits with same reason when task exits",
    "Task: await_many/2: exits immediately when any task exits",
    "Task: await_many/2: exits immediately when any task crashes",
    "Task: await_many/2: exits immediately when any task throws",
    "Task: await_many/2: exits immediately on any task error"
  })
  void await_many_exits_immediately_when_any_task_ends_without_a_result(
      ExitReason reason, Callable<String> work) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      List<Task<String>> tasks = List.of(Task.async(Tasks::hang), Task.async(work));
      assertThat(reason(() -> Task.awaitMany(tasks, LONG))).isEqualTo(reason);
      assertThat(Processes.receive(LONG, message -> message))
          .contains(new Exit(pid(tasks.getLast()), reason));
      Processes.exit(pid(tasks.getFirst()), ExitReason.KILL);
      assertThat(Processes.receive(LONG, message -> message))
          .contains(new Exit(pid(tasks.getFirst()), ExitReason.KILLED));
      assertMailboxEmpty();
    });
  }

  // ---- yield ----

  @Test
  @Case("Task: yield/2: returns {:ok, result} when reply and :DOWN in message queue")
  void yield_prefers_the_reply_to_the_down() {
    TestProcess.run(() -> {
      assertThat(ended("result", BOOM).yield(ZERO)).contains(new Outcome.Ok<>("result"));
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: yield/2: returns nil on timeout")
  void yield_returns_nothing_on_timeout_and_can_be_called_again() {
    TestProcess.run(() -> {
      Task<Integer> task =
          Task.async(() -> {
            awaitMessage(GO);
            return 1;
          });
      assertThat(task.yield(ZERO)).isEmpty();
      assertThat(task.yield(ZERO)).isEmpty();
      Processes.send(pid(task), GO);
      assertThat(task.yield(LONG)).contains(new Outcome.Ok<>(1));
      assertThat(task.yield(ZERO)).isEmpty();
    });
  }

  @Test
  @Case("Task: yield/2: return exit on normal exit")
  void yield_returns_exit_on_normal_exit() {
    TestProcess.run(() ->
        assertThat(Task.async(() -> exit(ExitReason.NORMAL)).yield(LONG))
            .contains(new Outcome.Exit<>(ExitReason.NORMAL)));
  }

  // ---- yield many ----

  private static final YieldOptions AT_ONCE = YieldOptions.defaults().withTimeout(ZERO);
  private static final YieldOptions FOR_EVER =
      YieldOptions.defaults().withTimeout(ofSeconds(Long.MAX_VALUE));

  @Test
  @Case("Task: yield_many/2: returns {:ok, result} when reply and :DOWN in message queue")
  void yield_many_prefers_the_reply_to_the_down() {
    TestProcess.run(() -> {
      assertThat(Task.yieldMany(List.of(ended("result", BOOM)), ZERO))
          .containsExactly(Optional.of(new Outcome.Ok<>("result")));
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: yield_many/2: returns nil on timeout by default")
  void yield_many_returns_nothing_on_timeout() {
    TestProcess.run(() ->
        assertThat(Task.yieldMany(List.of(silent()), ZERO)).containsExactly(Optional.empty()));
  }

  @Test
  @Case("Task: yield_many/2: shuts down on timeout when configured")
  void yield_many_shuts_down_on_timeout_when_configured() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task<String> task = Task.async(Tasks::hang);
      YieldOptions options = AT_ONCE.withOnTimeout(YieldOptions.OnTimeout.KILL_TASK);
      assertThat(Task.yieldMany(List.of(task), options)).containsExactly(Optional.empty());
      assertThat(pid(task).isAlive()).isFalse();
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: yield_many/2: ignores on timeout when configured")
  void yield_many_ignores_on_timeout_when_configured() {
    TestProcess.run(() -> {
      Task<String> task =
          Task.async(() -> {
            awaitMessage(GO);
            return "ok";
          });
      YieldOptions options = AT_ONCE.withOnTimeout(YieldOptions.OnTimeout.IGNORE);
      assertThat(Task.yieldMany(List.of(task), options)).containsExactly(Optional.empty());
      assertThat(pid(task).isAlive()).isTrue();
      Processes.send(pid(task), GO);
      awaitEnd(task);
      assertThat(task.yield(ZERO)).isEmpty();
    });
  }

  @Test
  @Case("Task: yield_many/2: return exit on normal exit")
  void yield_many_returns_exit_on_normal_exit() {
    TestProcess.run(() ->
        assertThat(Task.yieldMany(List.of(Task.async(() -> exit(ExitReason.NORMAL))), LONG))
            .containsExactly(Optional.of(new Outcome.Exit<>(ExitReason.NORMAL))));
  }

  @Test
  @Case("Task: yield_many/2: returns results from multiple tasks")
  void yield_many_returns_what_there_is() {
    TestProcess.run(() -> {
      List<Task<String>> tasks =
          List.of(Task.completed("result"), silent(), ended(null, ExitReason.NORMAL));
      assertThat(Task.yieldMany(tasks, ZERO))
          .containsExactly(
              Optional.of(new Outcome.Ok<>("result")),
              Optional.empty(),
              Optional.of(new Outcome.Exit<>(ExitReason.NORMAL)));
    });
  }

  @Test
  @Case("Task: yield_many/2: returns results from multiple tasks with limit")
  void yield_many_returns_as_many_as_the_limit() {
    TestProcess.run(() -> {
      Task<String> first = Task.completed("result");
      Task<String> second = silent();
      Task<String> third = ended(null, ExitReason.NORMAL);
      YieldOptions one = FOR_EVER.withLimit(1);
      assertThat(Task.yieldMany(List.of(first, second, third), one))
          .containsExactly(
              Optional.of(new Outcome.Ok<>("result")), Optional.empty(), Optional.empty());
      assertThat(Task.yieldMany(List.of(second, third), one))
          .containsExactly(Optional.empty(), Optional.of(new Outcome.Exit<>(ExitReason.NORMAL)));
    });
  }

  @Test
  @Case("Task: yield_many/2: returns once all tasks have replied below limit")
  void yield_many_returns_once_all_have_replied_below_the_limit() {
    TestProcess.run(() ->
        assertThat(Task.yieldMany(List.of(Task.async(() -> "done")), FOR_EVER.withLimit(2)))
            .containsExactly(Optional.of(new Outcome.Ok<>("done"))));
  }

  @Test
  @Case("Task: yield_many/2: returns results from multiple tasks with limit and on timeout")
  void at_the_limit_what_is_to_be_done_on_timeout_is_not_done() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task<String> slow = Task.async(Tasks::hang);
      Task<String> quick = Task.async(() -> "done");
      YieldOptions options = FOR_EVER.withLimit(1).withOnTimeout(YieldOptions.OnTimeout.KILL_TASK);
      assertThat(Task.yieldMany(List.of(slow, quick), options))
          .containsExactly(Optional.empty(), Optional.of(new Outcome.Ok<>("done")));
      assertThat(pid(slow).isAlive()).isTrue();
      assertThat(Task.yieldMany(List.of(slow), options.withTimeout(ZERO)))
          .containsExactly(Optional.empty());
      assertThat(pid(slow).isAlive()).isFalse();
    });
  }

  @Test
  @Case("Task: yield_many/2: returns results on infinity timeout")
  void yield_many_returns_all_without_a_timeout() {
    TestProcess.run(() -> {
      List<Task<String>> tasks =
          List.of(Task.completed("a"), Task.completed("b"), ended(null, ExitReason.NORMAL));
      assertThat(Task.yieldMany(tasks, FOR_EVER))
          .containsExactly(
              Optional.of(new Outcome.Ok<>("a")),
              Optional.of(new Outcome.Ok<>("b")),
              Optional.of(new Outcome.Exit<>(ExitReason.NORMAL)));
    });
  }

  @Test
  void a_limit_has_to_be_positive() {
    assertThatIllegalArgumentException().isThrownBy(() -> FOR_EVER.withLimit(0));
  }

  // ---- in a server ----

  private record Ask(Callable<String> work) implements Call<Asker, Outcome<String>> {}

  private record Asked(Task<String> task, ReplyTo<Outcome<String>> from) {}

  /** Answers when the task that it has asked is done, and answers others meanwhile. */
  private static final class Asker extends GenServer<Open, Ask, NoCasts> {
    final List<Object> unknown = new CopyOnWriteArrayList<>();

    @Override
    protected Init<Open> init() {
      Processes.trapExit(true);
      return Init.ok(new Open(List.of()));
    }

    @Override
    protected Handled<Open> handleCall(Ask ask, Caller caller, Open open) {
      return noReply(open.with(new Asked(Task.async(ask.work()), caller.to(ask))));
    }

    @Override
    protected Handled<Open> handleInfo(Object message, Open open) {
      for (Asked asked : open.asked()) {
        Optional<Outcome<String>> outcome = asked.task().check(message);
        if (outcome.isPresent()) {
          return noReply(open.without(asked)).andReply(asked.from(), outcome.get());
        }
      }
      unknown.add(message);
      return noReply(open);
    }
  }

  private record Open(List<Asked> asked) {
    Open with(Asked one) {
      return new Open(Stream.concat(asked.stream(), Stream.of(one)).toList());
    }

    Open without(Asked one) {
      return new Open(asked.stream().filter(other -> other != one).toList());
    }
  }

  @Test
  void a_server_takes_the_outcomes_of_its_tasks_from_its_messages() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Asker asker = new Asker();
      Pid<Asker> server = GenServer.startLink(asker, StartOptions.defaults()).orThrow();
      RequestId<Outcome<String>> slow =
          Processes.sendRequest(
              server,
              new Ask(() -> {
                Processes.send(me, Processes.self());
                return waitAndReturn(me, "slow");
              }));
      Pid<?> task = Processes.receive(message -> message instanceof Pid<?> pid ? pid : null);
      awaitMessage("ready");
      assertThat(server.call(new Ask(() -> "quick"), LONG)).isEqualTo(new Outcome.Ok<>("quick"));
      assertThat(server.call(new Ask(() -> exit(BOOM)), LONG)).isEqualTo(new Outcome.Exit<>(BOOM));
      Processes.send(task, GO);
      Object answer = Processes.receive();
      assertThat(slow.check(answer)).contains(new Answer.Replied<>(new Outcome.Ok<>("slow")));
      Processes.awaitExit(task, LONG);
      server.call(new Ask(() -> "one more"), LONG);
      assertThat(asker.unknown).allMatch(message -> message instanceof Exit);
    });
  }

  @Test
  void a_task_that_has_not_begun_ends_with_its_owner_too() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> owner =
          Processes.spawn(() -> {
            Pid<?> waiting = Processes.spawnLink(TaskProcess.linkedTo(Processes.self()));
            recorder.monitor(waiting);
            throw Processes.exit(BOOM);
          });
      recorder.await(1);
      assertThat(recorder.reasons()).containsExactly(BOOM);
      assertThat(owner.isAlive()).isFalse();
    }
  }

  @Test
  void a_task_can_be_asked_for_only_by_a_process() {
    assertThatIllegalStateException().isThrownBy(() -> Task.async(() -> 1));
    assertThatIllegalStateException().isThrownBy(() -> Task.completed(1));
  }

  @Test
  void null_is_refused_where_it_is_given() {
    TestProcess.run(() -> {
      List<Executable> mistakes =
          List.of(
              () -> Task.async(null),
              () -> Task.start(null),
              () -> Task.startLink(null),
              () -> Task.childSpec("task", null),
              () -> Task.asyncStream(Stream.of(1), null),
              () -> Task.asyncStream(null, input -> input),
              () -> Task.asyncStream(Stream.of(1), input -> input, null),
              () -> TaskSupervisor.startChild(ServerName.local("none"), null),
              () -> TaskSupervisor.async(null, () -> 1),
              () -> TaskSupervisor.async(ServerName.local("none"), null, () -> 1));
      for (Executable mistake : mistakes) {
        assertThatNullPointerException().isThrownBy(mistake::execute);
      }
      assertThat(links()).isZero();
    });
  }
}
