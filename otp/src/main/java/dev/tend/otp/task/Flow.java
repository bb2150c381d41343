package dev.tend.otp.task;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/** An async stream that is being consumed, as seen by its consumer. */
final class Flow<T, R> {
  private final Spliterator<? extends T> inputs;
  private final TaskFunction<? super T, ? extends R> function;
  private final StreamOptions options;
  private final Launch launch;

  private final Pid<?> consumer = Processes.self();
  private final Pid<?> process;
  private final MonitorRef monitor;

  /** Inputs whose turn it is or will be: all that were begun where ordered, else those ended. */
  private final Queue<Slot<T, R>> slots = new ArrayDeque<>();

  private int running;
  private boolean exhausted;
  private boolean over;

  private static final class Slot<T, R> {
    final T input;
    @Nullable Outcome<R> outcome;

    Slot(T input) {
      this.input = input;
    }
  }

  Flow(
      Spliterator<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options,
      Launch launch) {
    this.inputs = inputs;
    this.function = function;
    this.options = options;
    this.launch = launch;
    StreamProcess behaviour = new StreamProcess(consumer, this, Callers.here(), launch, options);
    this.process = Processes.startLink(behaviour, StartOptions.defaults()).orThrow();
    this.monitor = Processes.monitor(process);
  }

  /** The next element, or null after the last. What is ready now comes before a further input. */
  @Nullable Zipped<T, R> next() {
    while (true) {
      Slot<T, R> first = slots.peek();
      if (first != null && first.outcome != null) {
        slots.remove();
        return new Zipped<>(first.input, first.outcome);
      }
      if (!exhausted && running < options.maxConcurrency()) {
        exhausted = !inputs.tryAdvance(this::begin);
      } else if (running > 0) {
        take(Processes.receive(this::news));
      } else {
        return null;
      }
    }
  }

  private void begin(T input) {
    Slot<T, R> slot = new Slot<>(input);
    if (options.ordered()) {
      slots.add(slot);
    }
    running++;
    Alias replyTo = Processes.alias(Alias.Mode.REPLY);
    Processes.send(process, new StreamProcess.Run(slot, replyTo, () -> function.apply(input)));
  }

  private @Nullable Object news(Object message) {
    return switch (message) {
      case StreamProcess.News news when news.stream() == this -> news;
      case Down down when down.ref() == monitor -> down;
      default -> null;
    };
  }

  private void take(Object news) {
    switch (news) {
      case StreamProcess.Ended ended -> ended(ended);
      case StreamProcess.NotStarted notStarted -> throw notStarted.why();
      case Down down -> {
        over = true;
        throw new TaskFailed("async stream", new TaskFailed.Exit(down.reason()));
      }
      default -> throw new AssertionError(news);
    }
  }

  @SuppressWarnings("unchecked") // a token comes back as it was sent, with what its work gave
  private void ended(StreamProcess.Ended ended) {
    running--;
    if (launch.linked() && ended.outcome() instanceof Outcome.Exit) {
      takeExit();
    }
    if (ended.timedOut() && options.onTimeout() == StreamOptions.OnTimeout.EXIT) {
      throw new TaskFailed("async stream", new TaskFailed.Timeout(options.timeout()));
    }
    Slot<T, R> slot = (Slot<T, R>) ended.token();
    slot.outcome = (Outcome<R>) ended.outcome();
    if (!options.ordered()) {
      slots.add(slot);
    }
  }

  /** Ends the tasks, and leaves no message of theirs: what has ended sends none. */
  void finish() {
    Processes.send(process, new StreamProcess.Finish());
    if (Processes.current().orElse(null) != consumer) {
      // Someone else closes the stream: its consumer will find it out.
      return;
    }
    if (!over) {
      over = true;
      Processes.receive(m -> m instanceof Down down && down.ref() == monitor ? m : null);
    }
    while (flush().isPresent() || takeExit().isPresent()) {
      // Another one.
    }
  }

  private Optional<Object> flush() {
    return Processes.receive(Duration.ZERO, this::news);
  }

  /** What a consumer that traps exits gets besides. */
  private Optional<Object> takeExit() {
    return Processes.receive(
        Duration.ZERO,
        message -> message instanceof Exit exit && exit.from() == process ? message : null);
  }
}
