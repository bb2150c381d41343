package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.assertMailboxEmpty;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An async stream against a model of it, a plain list of outcomes: whatever the tasks do, however
 * many run at once and wherever the consumer stops, the elements are those of the model, no more
 * tasks run than may, and nothing is left.
 */
@OtpTest
class AsyncStreamModelTest {
  private static final int SEEDS = Boolean.getBoolean("tend.long") ? 20_000 : 300;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** How the consumption ends. */
  private enum End {
    EXHAUSTED,
    LIMIT,
    THROW,
    CLOSE,
    KILL
  }

  /** How a task ends. */
  private enum Fate {
    RESULT,
    EXIT,
    NORMAL,
    CRASH;

    Outcome<Integer> of(int input) {
      return switch (this) {
        case RESULT -> new Outcome.Ok<>(-input);
        case EXIT -> new Outcome.Exit<>(new ExitReason.Term(input));
        case NORMAL -> new Outcome.Exit<>(ExitReason.NORMAL);
        case CRASH -> new Outcome.Exit<>(new ExitReason.Crash(oops(input)));
      };
    }
  }

  private static final List<IllegalStateException> OOPS =
      IntStream.range(0, 40).mapToObj(i -> new IllegalStateException("oops " + i)).toList();

  private static IllegalStateException oops(int input) {
    return OOPS.get(input);
  }

  /** One run, made of a seed. */
  private static final class Run {
    final Random random;
    final boolean supervised;
    final boolean linked;
    final StreamOptions options;
    final End end;
    final List<Fate> fates;
    final int stopAt;

    final AtomicInteger taken = new AtomicInteger();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger mostRunning = new AtomicInteger();
    final List<Zipped<Integer, Integer>> elements = new CopyOnWriteArrayList<>();

    Run(long seed) {
      random = new Random(seed);
      supervised = random.nextBoolean();
      linked = !supervised || random.nextBoolean();
      options =
          StreamOptions.defaults()
              .withMaxConcurrency(1 + random.nextInt(6))
              .withOrdered(random.nextBoolean())
              .withTimeout(ofSeconds(Long.MAX_VALUE));
      end = List.of(End.values()).get(random.nextInt(End.values().length));
      fates =
          random
              .ints(random.nextInt(OOPS.size()), 0, 8)
              .mapToObj(i -> i < 4 ? List.of(Fate.values()).get(i) : Fate.RESULT)
              .toList();
      stopAt = end == End.EXHAUSTED ? fates.size() : random.nextInt(fates.size() + 1);
    }

    Stream<Zipped<Integer, Integer>> stream() {
      Stream<Integer> inputs =
          IntStream.range(0, fates.size()).boxed().peek(input -> taken.incrementAndGet());
      if (!supervised) {
        return Task.asyncStream(inputs, this::work, options);
      }
      Pid<DynamicSupervisor> supervisor =
          DynamicSupervisor.startLink(
                  Limits.defaults().withMaxChildren(options.maxConcurrency()),
                  StartOptions.defaults())
              .orThrow();
      return linked
          ? TaskSupervisor.asyncStream(
              supervisor, inputs, this::work, options, Shutdown.FIVE_SECONDS)
          : TaskSupervisor.asyncStreamNolink(
              supervisor, inputs, this::work, options, Shutdown.FIVE_SECONDS);
    }

    @SuppressWarnings("ThreadPriorityCheck") // so that tasks overtake each other
    private Integer work(int input) {
      mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
      try {
        for (int i = input * 7 % 11; i > 0; i--) {
          Thread.yield();
        }
        return switch (fates.get(input)) {
          case RESULT -> -input;
          case EXIT -> throw Processes.exit(new ExitReason.Term(input));
          case NORMAL -> throw Processes.exit(ExitReason.NORMAL);
          case CRASH -> throw oops(input);
        };
      } finally {
        running.decrementAndGet();
      }
    }

    /** In the consumer. */
    void consume() {
      Processes.trapExit(linked);
      switch (end) {
        case EXHAUSTED -> stream().forEach(elements::add);
        case LIMIT -> stream().limit(stopAt).forEach(elements::add);
        case THROW -> {
          IllegalStateException stop = new IllegalStateException("stop");
          Throwable thrown =
              catchThrowable(() -> stream().forEach(element -> addOr(element, stop)));
          assertThat(thrown).isSameAs(stopAt < fates.size() ? stop : null);
        }
        case CLOSE -> {
          try (Stream<Zipped<Integer, Integer>> stream = stream()) {
            Iterator<Zipped<Integer, Integer>> iterator = stream.iterator();
            while (elements.size() < stopAt) {
              elements.add(iterator.next());
            }
          }
        }
        case KILL ->
            stream()
                .forEach(element -> {
                  if (elements.size() < stopAt) {
                    elements.add(element);
                  } else {
                    Tasks.hang();
                  }
                });
      }
    }

    private void addOr(Zipped<Integer, Integer> element, IllegalStateException stop) {
      if (elements.size() == stopAt) {
        throw stop;
      }
      elements.add(element);
    }

    void check() {
      assertThat(elements).hasSize(stopAt).doesNotHaveDuplicates();
      for (Zipped<Integer, Integer> element : elements) {
        assertThat(element.outcome()).isEqualTo(fates.get(element.input()).of(element.input()));
      }
      if (options.ordered()) {
        assertThat(elements.stream().map(Zipped::input).toList())
            .isEqualTo(IntStream.range(0, stopAt).boxed().toList());
      } else {
        assertThat(taken.get()).isLessThanOrEqualTo(stopAt + 1 + options.maxConcurrency());
      }
      assertThat(mostRunning.get()).isLessThanOrEqualTo(options.maxConcurrency());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_stream_is_as_its_model(long seed) {
    Run run = new Run(seed);
    if (run.end == End.KILL) {
      Pid<?> consumer = Processes.spawn(run::consume);
      eventually(() -> assertThat(run.elements).hasSize(run.stopAt));
      Processes.exit(consumer, ExitReason.KILL);
    } else {
      TestProcess.run(() -> {
        run.consume();
        assertMailboxEmpty();
        ProcessInfo me = Tasks.info(Processes.self());
        assertThat(me.links()).isEqualTo(run.supervised ? 1 : 0);
        assertThat(me.monitors()).isZero();
      });
    }
    run.check();
  }
}
