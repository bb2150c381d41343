package dev.tend.bench;

import dev.tend.bench.measure.Latency;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** The two ways to measure a function: how often it can be called, and how long each call takes. */
record Timed(Profiler.Function function, int clients, Duration least) {
  private static final int DIGITS = 3;

  /** Calls a second; no clock runs between the calls. */
  double rate(int operations) {
    double calls = 0;
    long nanos = 0;
    do {
      nanos += Profiler.measure(function, operations, clients).time().toNanos();
      calls += (double) operations * clients;
    } while (nanos < least.toNanos());
    return 1e9 * calls / nanos;
  }

  /** How long each call took; a clock is read before it and after. */
  Latency latency(int operations) {
    List<Histogram> perClient =
        IntStream.range(0, clients).mapToObj(client -> new Histogram(DIGITS)).toList();
    long nanos = 0;
    do {
      nanos +=
          Profiler.measure(
                  operations, clients, client -> () -> timeEach(operations, perClient.get(client)))
              .time()
              .toNanos();
    } while (nanos < least.toNanos());
    Histogram all = new Histogram(DIGITS);
    perClient.forEach(all::add);
    return Latency.of(all);
  }

  /** What ends within the same tick of the clock took one. */
  private void timeEach(int operations, Histogram nanos) {
    try {
      for (int i = 0; i < operations; i++) {
        long begin = System.nanoTime();
        function.run();
        nanos.recordValue(Math.max(1, System.nanoTime() - begin));
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
