package dev.tend.bench.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One experiment with so many clients.
 *
 * @param rates operations a second of all clients together, a value a round
 * @param latencies of rounds of their own, as many
 */
public record Measured(
    String experiment, int clients, List<Double> rates, List<Latency> latencies) {

  public Measured {
    if (rates.isEmpty() || rates.size() != latencies.size()) {
      throw new IllegalArgumentException("one rate and one latency a round, of a round at least");
    }
    rates = List.copyOf(rates);
    latencies = List.copyOf(latencies);
  }

  public Spread rate() {
    return Spread.of(rates);
  }

  /** Of one of the percentiles, over the rounds. */
  public Spread latency(ToDoubleFunction<Latency> percentile) {
    return Spread.of(latencies.stream().map(percentile::applyAsDouble).toList());
  }
}
