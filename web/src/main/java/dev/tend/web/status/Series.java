package dev.tend.web.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest {@value #KEPT} samples of one figure. */
final class Series {
  static final int KEPT = 60;

  private final Deque<Double> samples = new ArrayDeque<>();

  synchronized void add(double sample) {
    samples.addLast(sample);
    if (samples.size() > KEPT) {
      samples.removeFirst();
    }
  }

  /** Adds to the newest one. */
  synchronized void raise(double by) {
    Double last = samples.pollLast();
    samples.addLast(last == null ? by : last + by);
  }

  /** The oldest first. */
  synchronized List<Double> all() {
    return List.copyOf(samples);
  }

  synchronized double newest() {
    Double last = samples.peekLast();
    return last == null ? 0 : last;
  }

  synchronized double sum() {
    return samples.stream().mapToDouble(Double::doubleValue).sum();
  }
}
