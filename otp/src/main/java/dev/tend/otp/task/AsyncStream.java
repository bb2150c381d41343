package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an async stream takes its elements from.
 *
 * <p>A Java stream does not tell its source when it takes no more. But what stands in its pipeline
 * is told of the end, whatever brought it: hence the gatherer, which does nothing else.
 */
final class AsyncStream<T, R> implements Spliterator<Zipped<T, R>> {
  private final Stream<? extends T> inputs;
  private final TaskFunction<? super T, ? extends R> function;
  private final StreamOptions options;
  private final Launch launch;

  private @Nullable Flow<T, R> flow;
  private boolean closed;

  private AsyncStream(
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options,
      Launch launch) {
    this.inputs = requireNonNull(inputs, "inputs");
    this.function = requireNonNull(function, "function");
    this.options = requireNonNull(options, "options");
    this.launch = launch;
  }

  static <T, R> Stream<Zipped<T, R>> of(
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options,
      Launch launch) {
    AsyncStream<T, R> source = new AsyncStream<>(inputs, function, options, launch);
    return StreamSupport.stream(source, false)
        .onClose(source::close)
        .gather(
            Gatherer.<Zipped<T, R>, Zipped<T, R>>ofSequential(
                (state, element, downstream) -> downstream.push(element),
                (state, downstream) -> source.close()));
  }

  @Override
  public boolean tryAdvance(Consumer<? super Zipped<T, R>> action) {
    if (closed) {
      return false;
    }
    try {
      if (flow == null) {
        flow = new Flow<>(inputs.spliterator(), function, options, launch);
      }
      Zipped<T, R> next = flow.next();
      if (next == null) {
        close();
        return false;
      }
      action.accept(next);
      return true;
    } catch (Throwable thrown) {
      closeAfter(thrown);
      throw thrown;
    }
  }

  private void closeAfter(Throwable thrown) {
    try {
      close();
    } catch (RuntimeException another) {
      thrown.addSuppressed(another);
    }
  }

  /** The tasks end, and the inputs are closed; nothing if that has been done. */
  private void close() {
    if (!closed) {
      closed = true;
      try {
        if (flow != null) {
          flow.finish();
        }
      } finally {
        inputs.close();
      }
    }
  }

  @Override
  public @Nullable Spliterator<Zipped<T, R>> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return NONNULL | (options.ordered() ? ORDERED : 0);
  }
}
