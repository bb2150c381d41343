package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.BOOM;
import static dev.tend.otp.task.Tasks.GO;
import static dev.tend.otp.task.Tasks.assertMailboxEmpty;
import static dev.tend.otp.task.Tasks.awaitMessage;
import static dev.tend.otp.task.Tasks.hang;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@OtpTest
class AsyncStreamSuiteTest {
  /** Where a stream's tasks come from. */
  enum Kind {
    TASK,
    SUPERVISED,
    NOLINK;

    <T, R> Stream<Zipped<T, R>> stream(
        Stream<T> inputs, TaskFunction<T, R> function, StreamOptions options) {
      return switch (this) {
        case TASK -> Task.asyncStream(inputs, function, options);
        case SUPERVISED ->
            TaskSupervisor.asyncStream(
                supervisor(), inputs, function, options, Shutdown.FIVE_SECONDS);
        case NOLINK ->
            TaskSupervisor.asyncStreamNolink(
                supervisor(), inputs, function, options, Shutdown.FIVE_SECONDS);
      };
    }

    private static ServerRef<DynamicSupervisor> supervisor() {
      return DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
    }

    /** The links of the consumer besides its streams. */
    int links() {
      return this == TASK ? 0 : 1;
    }
  }

  /** As many at a time as there are inputs, fewer, and more. */
  static Stream<Arguments> kinds() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(4, 2, 8).map(max -> Arguments.of(kind, max(max))));
  }

  private static StreamOptions max(int maxConcurrency) {
    return StreamOptions.defaults()
        .withMaxConcurrency(maxConcurrency)
        .withTimeout(ofSeconds(Long.MAX_VALUE));
  }

  private static List<Zipped<Integer, Integer>> ok(Integer... results) {
    return Stream.of(results).map(AsyncStreamSuiteTest::okOf).toList();
  }

  private static Zipped<Integer, Integer> okOf(int result) {
    return new Zipped<>(result, new Outcome.Ok<>(result));
  }

  private static Zipped<Integer, Integer> exitOf(int input, ExitReason reason) {
    return new Zipped<>(input, new Outcome.Exit<>(reason));
  }

  private static ExitReason reason(int input) {
    return new ExitReason.Term(input);
  }

  private static int identity(int input) {
    return input;
  }

  private static int exit(int input) {
    throw Processes.exit(reason(input));
  }

  private static int zeroOrHang(int input) {
    return input == 0 ? 0 : hang();
  }

  /** A function whose tasks end in pairs, the later one first. */
  private static TaskFunction<Integer, Integer> slowestFirst() {
    List<CountDownLatch> ended =
        IntStream.range(0, 9).mapToObj(i -> new CountDownLatch(1)).toList();
    return input -> {
      if (input % 2 == 0) {
        ended.get(input - 1).await();
      }
      ended.get(input).countDown();
      return input;
    };
  }

  private static void assertNothingLeft(Kind kind) {
    assertMailboxEmpty();
    ProcessInfo me = Tasks.info(Processes.self());
    assertThat(me.links()).isEqualTo(kind.links());
    assertThat(me.monitors()).isZero();
    assertThat(offspring()).isEmpty();
  }

  /** What lives of the consumer's streams: their processes and their tasks. */
  private static List<ProcessInfo> offspring() {
    return Processes.snapshot().processes().stream()
        .filter(info ->
            info.kind().equals("Task.asyncStream")
                || (info.label() != null && info.label().startsWith("Task of")))
        .toList();
  }

  private static long tasks() {
    return offspring().stream().filter(info -> info.label() != null).count();
  }

  // ---- with each kind, and any concurrency ----

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: streams an enumerable with fun",
    "Task: async_stream with max_concurrency: streams an enumerable with mfa",
    "Task: async_stream with max_concurrency: streams an enumerable without leaking tasks",
    "Task.Supervisor: async_stream: streams an enumerable with fun",
    "Task.Supervisor: async_stream: streams an enumerable with mfa",
    "Task.Supervisor: async_stream: streams an enumerable without leaking tasks",
    "Task.Supervisor: async_stream_nolink: streams an enumerable with fun",
    "Task.Supervisor: async_stream_nolink: streams an enumerable with mfa",
    "Task.Supervisor: async_stream_nolink: streams an enumerable without leaking tasks"
  })
  void streams_the_results_without_leaking_tasks(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      assertThat(
              kind.stream(Stream.of(1, 2, 3, 4), AsyncStreamSuiteTest::identity, options).toList())
          .isEqualTo(ok(1, 2, 3, 4));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: streams an enumerable with slowest first",
    "Task.Supervisor: async_stream: streams an enumerable with slowest first",
    "Task.Supervisor: async_stream_nolink: streams an enumerable with slowest first"
  })
  void streams_in_order_with_the_slowest_first(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      assertThat(kind.stream(Stream.of(4, 3, 2, 1), slowestFirst(), options).toList())
          .isEqualTo(ok(4, 3, 2, 1));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: streams an enumerable with exits",
    "Task.Supervisor: async_stream: streams an enumerable with exits",
    "Task.Supervisor: async_stream_nolink: streams an enumerable with exits"
  })
  void streams_the_exits_of_tasks_that_fail(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(kind != Kind.NOLINK);
      assertThat(kind.stream(Stream.of(1, 2, 3, 4), AsyncStreamSuiteTest::exit, options).toList())
          .containsExactly(
              exitOf(1, reason(1)),
              exitOf(2, reason(2)),
              exitOf(3, reason(3)),
              exitOf(4, reason(4)));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: shuts down unused tasks",
    "Task: async_stream with max_concurrency: shuts down unused tasks without leaking messages",
    "Task.Supervisor: async_stream: shuts down unused tasks",
    "Task.Supervisor: async_stream: shuts down unused tasks without leaking messages",
    "Task.Supervisor: async_stream_nolink: shuts down unused tasks",
    "Task.Supervisor: async_stream_nolink: shuts down unused tasks without leaking messages"
  })
  void shuts_down_unused_tasks_without_leaking_messages(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      assertThat(
              kind.stream(Stream.of(0, 1, 2, 3), AsyncStreamSuiteTest::zeroOrHang, options)
                  .limit(1)
                  .toList())
          .isEqualTo(ok(0));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: is zippable on success",
    "Task: async_stream with max_concurrency: is zippable on failure",
    "Task: async_stream with max_concurrency: is zippable with slowest first"
  })
  void two_streams_can_be_consumed_in_turn(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      try (Stream<Zipped<Integer, Integer>> exits =
              kind.stream(Stream.of(4, 3, 2, 1), AsyncStreamSuiteTest::exit, options);
          Stream<Zipped<Integer, Integer>> results =
              Task.asyncStream(Stream.of(4, 3, 2, 1), slowestFirst(), options)) {
        Iterator<Zipped<Integer, Integer>> left = exits.iterator();
        Iterator<Zipped<Integer, Integer>> right = results.iterator();
        for (int i = 4; i > 0; i--) {
          assertThat(left.next()).isEqualTo(exitOf(i, reason(i)));
          assertThat(right.next()).isEqualTo(okOf(i));
        }
        assertThat(left.hasNext()).isFalse();
        assertThat(right.hasNext()).isFalse();
        assertNothingLeft(kind);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: with inner halt on success",
    "Task: async_stream with max_concurrency: with inner halt on failure",
    "Task: async_stream with max_concurrency: with inner halt and slowest first"
  })
  void inputs_that_halt_end_the_stream(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Stream<Integer> inputs = Stream.iterate(8, i -> i - 1).limit(4);
      assertThat(kind.stream(inputs, slowestFirst(), options).toList()).isEqualTo(ok(8, 7, 6, 5));
      assertThat(
              Task.asyncStream(
                      Stream.iterate(1, i -> i + 1).limit(2), AsyncStreamSuiteTest::exit, options)
                  .toList())
          .containsExactly(exitOf(1, reason(1)), exitOf(2, reason(2)));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: with outer halt on success",
    "Task: async_stream with max_concurrency: with outer halt on failure",
    "Task: async_stream with max_concurrency: with outer halt and slowest first"
  })
  void a_consumer_that_halts_ends_the_stream(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Stream<Integer> endless = Stream.iterate(1, i -> i + 1);
      assertThat(kind.stream(endless, AsyncStreamSuiteTest::identity, options).limit(4).toList())
          .isEqualTo(ok(1, 2, 3, 4));
      assertNothingLeft(kind);
      Stream<Integer> down = Stream.of(8, 7, 6, 5, 4, 3, 2, 1);
      assertThat(Task.asyncStream(down, slowestFirst(), options).limit(4).toList())
          .isEqualTo(ok(8, 7, 6, 5));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: with outer halt on failure and :zip_input_on_exit",
    "Task.Supervisor: async_stream: with outer halt on failure and :zip_input_on_exit"
  })
  void a_consumer_that_halts_has_inputs_with_the_exits(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Stream<Integer> inputs = Stream.of(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(kind.stream(inputs, AsyncStreamSuiteTest::exit, options).limit(4).toList())
          .containsExactly(
              exitOf(1, reason(1)),
              exitOf(2, reason(2)),
              exitOf(3, reason(3)),
              exitOf(4, reason(4)));
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: terminates inner effect",
    "Task: async_stream with max_concurrency: terminates outer effect"
  })
  void what_the_inputs_and_the_stream_have_open_is_closed(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      AtomicInteger inputsClosed = new AtomicInteger();
      Stream<Integer> inputs = Stream.of(1, 2, 3, 4).onClose(inputsClosed::incrementAndGet);
      AtomicBoolean closed = new AtomicBoolean();
      try (Stream<Zipped<Integer, Integer>> stream =
          kind.stream(inputs, AsyncStreamSuiteTest::identity, options)
              .onClose(() -> closed.set(true))) {
        assertThat(stream.toList()).isEqualTo(ok(1, 2, 3, 4));
        assertThat(inputsClosed).hasValue(1);
      }
      assertThat(closed).isTrue();
      assertThat(inputsClosed).hasValue(1);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @Case({
    "Task: async_stream with max_concurrency: with :on_timeout set to :kill_task",
    "Task: async_stream with max_concurrency: with timeout and :zip_input_on_exit set to true",
    "Task.Supervisor: async_stream: with timeout and :zip_input_on_exit set to true"
  })
  void a_task_whose_time_is_up_is_killed_and_the_others_go_on(Kind kind, StreamOptions options) {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicBoolean moved = new AtomicBoolean();
    TaskFunction<Integer, Integer> function =
        input -> {
          if (input == 100) {
            begun.incrementAndGet();
            new CountDownLatch(1).await();
          }
          ended.incrementAndGet();
          return input;
        };
    Tasks.runWithClock(
        ofMillis(50),
        // Once; and those that have ended are dead: their results come before any timeout.
        time ->
            begun.get() == 2
                && ended.get() == Math.min(2, options.maxConcurrency() - 1)
                && tasks() == 2
                && !moved.getAndSet(true),
        () -> {
          StreamOptions kill =
              options.withTimeout(ofMillis(50)).withOnTimeout(StreamOptions.OnTimeout.KILL_TASK);
          assertThat(kind.stream(Stream.of(100, 1, 100, 1), function, kill).toList())
              .containsExactly(
                  exitOf(100, Outcome.TIMEOUT), okOf(1), exitOf(100, Outcome.TIMEOUT), okOf(1));
          assertNothingLeft(kind);
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_consumer_that_throws_ends_the_stream(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      IllegalStateException oops = new IllegalStateException("oops");
      AtomicBoolean closed = new AtomicBoolean();
      Stream<Integer> inputs = Stream.of(0, 1, 2, 3).onClose(() -> closed.set(true));
      assertThatThrownBy(() ->
              kind.stream(inputs, AsyncStreamSuiteTest::zeroOrHang, options)
                  .forEach(element -> {
                    throw oops;
                  }))
          .isSameAs(oops);
      assertThat(closed).isTrue();
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void inputs_that_throw_end_the_stream(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      IllegalStateException oops = new IllegalStateException("oops");
      AtomicInteger taken = new AtomicInteger();
      Stream<Integer> inputs =
          Stream.generate(() -> {
            if (taken.incrementAndGet() == 2) {
              throw oops;
            }
            return 1;
          });
      assertThatThrownBy(
              () -> kind.stream(inputs, AsyncStreamSuiteTest::zeroOrHang, options).toList())
          .isSameAs(oops);
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_stream_that_is_closed_in_the_middle_leaves_nothing(Kind kind, StreamOptions options) {
    TestProcess.run(() -> {
      try (Stream<Zipped<Integer, Integer>> stream =
          kind.stream(Stream.of(0, 1, 2, 3), AsyncStreamSuiteTest::zeroOrHang, options)) {
        assertThat(Stream.concat(stream, Stream.of(okOf(9))).limit(1).toList()).isEqualTo(ok(0));
      }
      assertNothingLeft(kind);
    });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_tasks_of_a_consumer_that_is_killed_end(Kind kind, StreamOptions options) {
    CountDownLatch hanging = new CountDownLatch(2);
    Pid<?> consumer =
        Processes.spawn(() ->
            kind.stream(
                    Stream.of(1, 2, 3, 4),
                    input -> {
                      hanging.countDown();
                      return hang();
                    },
                    options)
                .forEach(element -> {}));
    eventually(() -> assertThat(hanging.getCount()).isZero());
    Processes.exit(consumer, ExitReason.KILL);
    eventually(() -> assertThat(offspring()).isEmpty());
  }

  // ---- a failing task and its consumer ----

  @Test
  void a_consumer_that_traps_exits_sees_no_exit_signal_of_a_task() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task.asyncStream(Stream.of(1, 2, 3), AsyncStreamSuiteTest::exit, max(1))
          .forEach(element -> assertMailboxEmpty());
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TASK", "SUPERVISED"})
  void a_task_that_fails_ends_a_consumer_that_does_not_trap_exits(Kind kind) {
    Pid<?> consumer =
        Processes.spawn(() ->
            kind.stream(
                    Stream.of(1, 2),
                    input -> input == 1 ? AsyncStreamSuiteTest.<Integer>fail() : hang(),
                    max(2))
                .forEach(element -> {}));
    assertThat(Processes.awaitExit(consumer, ofSeconds(30))).contains(BOOM);
    eventually(() -> assertThat(offspring()).isEmpty());
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // never returns
  private static <R> R fail() {
    throw Processes.exit(BOOM);
  }

  @Test
  void a_consumer_is_told_if_the_streams_own_process_is_killed() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Stream<Zipped<Integer, Integer>> stream =
          Task.asyncStream(
              Stream.of(1, 2),
              input -> {
                Processes.exit(Processes.starter().orElseThrow(), ExitReason.KILL);
                return hang();
              },
              max(2));
      TaskFailed failed = catchThrowableOfType(TaskFailed.class, stream::toList);
      assertThat(failed.why()).isEqualTo(new TaskFailed.Exit(ExitReason.KILLED));
      assertNothingLeft(Kind.TASK);
    });
  }

  // ---- async_stream/2 ----

  @Test
  @Case("Task: async_stream/2: timeout")
  void a_task_whose_time_is_up_fails_the_consumer() {
    TestProcess.run(() -> {
      StreamOptions options = StreamOptions.defaults().withTimeout(ZERO);
      TaskFailed failed =
          catchThrowableOfType(
              TaskFailed.class,
              () -> Task.asyncStream(Stream.of(1), input -> hang(), options).toList());
      assertThat(failed.why()).isEqualTo(new TaskFailed.Timeout(ZERO));
      assertNothingLeft(Kind.TASK);
    });
  }

  @Test
  @Case("Task: async_stream/2: streams an enumerable with ordered: false")
  void unordered_results_come_as_the_tasks_end() {
    TestProcess.run(() -> {
      assertThat(
              Task.asyncStream(
                      Stream.of(4, 3, 2, 1),
                      AsyncStreamSuiteTest::identity,
                      max(1).withOrdered(false))
                  .toList())
          .isEqualTo(ok(4, 3, 2, 1));
      List<CountDownLatch> delivered =
          IntStream.range(0, 5).mapToObj(i -> new CountDownLatch(i == 0 ? 0 : 1)).toList();
      assertThat(
              Task.asyncStream(
                      Stream.of(4, 3, 2, 1),
                      input -> {
                        delivered.get(input - 1).await();
                        return input;
                      },
                      max(4).withOrdered(false))
                  .peek(element -> delivered.get(element.input()).countDown())
                  .toList())
          .isEqualTo(ok(1, 2, 3, 4));
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: async_stream/2: streams an enumerable with ordered: false, on_timeout: :kill_task")
  void unordered_timeouts_come_when_they_happen() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Tasks.runWithClock(
        ofMillis(50),
        time -> begun.get() == 2 && taken.get() == 2,
        () -> {
          StreamOptions options =
              max(4)
                  .withOrdered(false)
                  .withTimeout(ofMillis(50))
                  .withOnTimeout(StreamOptions.OnTimeout.KILL_TASK);
          assertThat(
                  Task.<Integer, Integer>asyncStream(
                          Stream.of(100, 1, 100, 1),
                          input -> {
                            if (input == 100) {
                              begun.incrementAndGet();
                              new CountDownLatch(1).await();
                            }
                            return input;
                          },
                          options)
                      .peek(element -> taken.incrementAndGet())
                      .toList())
              .containsExactly(
                  okOf(1), okOf(1), exitOf(100, Outcome.TIMEOUT), exitOf(100, Outcome.TIMEOUT));
          assertNothingLeft(Kind.TASK);
        });
  }

  @Test
  @Case("Task: async_stream/2: streams an enumerable with infinite timeout")
  void streams_with_an_infinite_timeout() {
    TestProcess.run(() ->
        assertThat(Task.asyncStream(Stream.of(1), AsyncStreamSuiteTest::identity, max(1)).toList())
            .isEqualTo(ok(1)));
  }

  @Test
  @Case({
    "Task: async_stream/2: does not allow streaming with max_concurrency = 0",
    "Task: async_stream/2: does not allow streaming with invalid :timeout"
  })
  void options_that_make_no_sense_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> max(0));
    assertThatIllegalArgumentException().isThrownBy(() -> max(1).withTimeout(ofMillis(-1)));
  }

  @Test
  @Case("Task: async_stream/2: streams with fake down messages on the inbox")
  void other_messages_do_not_disturb_the_stream_and_stay() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Pid<?> dead = Processes.spawn(() -> {});
      Processes.awaitExit(dead, ofSeconds(30));
      MonitorRef ref = Processes.monitor(dead);
      Down down = Processes.receive(message -> message instanceof Down d ? d : null);
      assertThat(
              Task.asyncStream(
                      Stream.of(1),
                      input -> {
                        Processes.send(me, down);
                        Processes.send(Processes.starter().orElseThrow(), down);
                        return input;
                      })
                  .toList())
          .isEqualTo(ok(1));
      assertThat(Processes.receive()).isEqualTo(down);
      assertThat(down.ref()).isEqualTo(ref);
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: async_stream/2: with $callers")
  void callers_of_a_streams_tasks() {
    TestProcess.run(() -> {
      Pid<?> grandparent = Processes.self();
      Task.asyncStream(
              Stream.of(1),
              outer -> {
                Pid<?> parent = Processes.self();
                assertThat(Task.callers()).isEqualTo(List.of(grandparent));
                return Task.asyncStream(
                        Stream.of(1),
                        inner -> {
                          assertThat(Task.callers()).isEqualTo(List.of(parent, grandparent));
                          Processes.send(grandparent, "done");
                          return inner;
                        })
                    .toList();
              })
          .forEach(element -> {});
      awaitMessage("done");
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @Case({
    "Task: async_stream/2: consuming from another process",
    "Task.Supervisor: async_stream: consuming from another process"
  })
  void consuming_from_another_process(Kind kind) {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Stream<Zipped<Integer, Integer>> stream =
          kind.stream(
              Stream.of(1, 2, 3),
              input -> {
                Processes.send(me, input);
                return input;
              },
              max(2));
      Pid<?> consumer = Task.start(() -> stream.forEach(element -> {}));
      for (int i = 1; i <= 3; i++) {
        awaitMessage(i);
      }
      assertThat(Processes.awaitExit(consumer, ofSeconds(30))).contains(ExitReason.NORMAL);
      assertMailboxEmpty();
    });
  }

  @Test
  @Case("Task: async_stream/2: wrapping a flat_map/concat with a haltable stream")
  void streams_a_concatenation_with_a_halting_stream() {
    TestProcess.run(() -> {
      Stream<Integer> inputs = Stream.concat(Stream.of(7, 8).limit(1), Stream.of(1, 2));
      assertThat(Task.asyncStream(inputs, AsyncStreamSuiteTest::identity).toList())
          .isEqualTo(ok(7, 1, 2));
    });
  }

  @Test
  void results_come_to_a_consumer_whose_mailbox_is_full() {
    TestProcess.run(
        StartOptions.defaults().withMailboxLimit(1),
        () -> {
          Processes.send(Processes.self(), "full");
          assertThat(
                  Task.asyncStream(Stream.of(1, 2, 3), AsyncStreamSuiteTest::identity, max(3))
                      .toList())
              .isEqualTo(ok(1, 2, 3));
          assertThat(Task.async(() -> "done").await()).isEqualTo("done");
          awaitMessage("full");
        });
  }

  // ---- as a Java stream ----

  @Test
  void nothing_runs_before_the_stream_is_consumed_and_inputs_are_taken_as_tasks_can_begin() {
    TestProcess.run(() -> {
      AtomicInteger taken = new AtomicInteger();
      try (Stream<Zipped<Integer, Integer>> stream =
          Task.asyncStream(
              Stream.iterate(0, i -> i + 1).peek(i -> taken.incrementAndGet()),
              AsyncStreamSuiteTest::identity,
              max(3).withOrdered(false))) {
        assertThat(taken).hasValue(0);
        Iterator<Zipped<Integer, Integer>> iterator = stream.iterator();
        for (int delivered = 1; delivered <= 50; delivered++) {
          assertThat(iterator.next().outcome()).isInstanceOf(Outcome.Ok.class);
          assertThat(taken.get()).isLessThanOrEqualTo(delivered + 3);
        }
      }
      assertNothingLeft(Kind.TASK);
    });
  }

  static Stream<Function<Stream<Zipped<Integer, Integer>>, Object>> halting() {
    return Stream.of(
        stream -> stream.findFirst().isPresent(),
        stream -> stream.anyMatch(element -> true),
        stream -> stream.takeWhile(element -> false).count(),
        stream -> stream.limit(1).map(Zipped::input).toList(),
        stream -> Stream.of(1).flatMap(i -> stream).findAny(),
        stream -> stream.sorted(Comparator.comparing(Zipped::input)).limit(0).toList());
  }

  @ParameterizedTest
  @MethodSource("halting")
  void whatever_operation_halts_the_stream_ends_its_tasks(
      Function<Stream<Zipped<Integer, Integer>>, Object> operation) {
    TestProcess.run(() -> {
      Stream<Zipped<Integer, Integer>> stream =
          Task.asyncStream(Stream.of(0, 0, 0, 0), AsyncStreamSuiteTest::identity, max(2));
      assertThat(operation.apply(stream)).isNotNull();
      assertNothingLeft(Kind.TASK);
    });
  }

  @Test
  void only_a_process_can_consume_and_only_in_sequence() {
    Stream<Zipped<Integer, Integer>> one =
        Task.asyncStream(Stream.of(1), AsyncStreamSuiteTest::identity);
    assertThatIllegalStateException().isThrownBy(one::toList);
    AtomicBoolean closed = new AtomicBoolean();
    Task.asyncStream(Stream.of(1).onClose(() -> closed.set(true)), AsyncStreamSuiteTest::identity)
        .close();
    assertThat(closed).isTrue();
  }

  @Test
  void a_result_that_is_ready_is_not_kept_waiting_for_an_input() {
    TestProcess.run(() -> {
      CountDownLatch delivered = new CountDownLatch(1);
      Stream<Integer> inputs =
          Stream.of(1, 2, 3)
              .peek(input -> assertThat(input < 3 || delivered.getCount() == 0).isTrue());
      List<Integer> results = new ArrayList<>();
      Task.asyncStream(inputs, AsyncStreamSuiteTest::identity, max(2).withOrdered(false))
          .forEach(element -> {
            results.add(element.input());
            delivered.countDown();
          });
      assertThat(results).containsExactlyInAnyOrder(1, 2, 3);
    });
  }

  /** As in Elixir, where it is counted from the task's start. */
  @Test
  void a_tasks_time_does_not_run_while_its_supervisor_is_busy() {
    ManualTime time = new ManualTime();
    TestProcess.run(
        StartOptions.defaults().withTime(time),
        () -> {
          Pid<DynamicSupervisor> supervisor =
              DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
          Pid<?> gate = Processes.spawn(() -> awaitMessage(GO));
          CountDownLatch busy = new CountDownLatch(1);
          ChildSpec slow =
              ChildSpec.worker(
                  "slow",
                  () -> {
                    busy.countDown();
                    Processes.awaitExit(gate);
                    return new StartResult.Ignored<>();
                  });
          Processes.spawn(() -> DynamicSupervisor.startChild(supervisor, slow));
          busy.await();
          Processes.spawn(() -> {
            eventually(() -> assertThat(Tasks.info(supervisor).mailbox()).isEqualTo(1));
            time.advance(ofSeconds(6));
            Processes.send(gate, GO);
          });
          TaskFunction<Integer, Integer> function =
              input -> {
                eventually(AsyncStreamSuiteTest::assertStreamRests);
                return input;
              };
          assertThat(
                  TaskSupervisor.asyncStream(
                          supervisor,
                          Stream.of(1),
                          function,
                          max(1).withTimeout(ofSeconds(5)),
                          Shutdown.FIVE_SECONDS)
                      .toList())
              .isEqualTo(ok(1));
        });
  }

  private static void assertStreamRests() {
    assertThat(Processes.snapshot().processes())
        .filteredOn(info -> info.kind().equals("Task.asyncStream"))
        .extracting(ProcessInfo::status)
        .containsExactly(ProcessInfo.Status.WAITING);
  }

  /** As by a link: it is no kill of the consumer. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TASK", "SUPERVISED"})
  void a_task_that_ends_itself_with_kill_is_one_that_failed(Kind kind) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      List<Zipped<Integer, Integer>> elements =
          kind.<Integer, Integer>stream(
                  Stream.of(1),
                  input -> {
                    throw Processes.exit(ExitReason.KILL);
                  },
                  max(1))
              .toList();
      assertThat(elements).containsExactly(new Zipped<>(1, new Outcome.Exit<>(ExitReason.KILL)));
      assertMailboxEmpty();
    });
  }
}
