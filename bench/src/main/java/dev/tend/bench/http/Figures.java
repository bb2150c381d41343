package dev.tend.bench.http;

import dev.tend.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the rounds of one kind of request gave, in microseconds of CPU a request. */
final class Figures {
  private final String title;
  private final double target;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();

  /**
   * @param target the most that ours may cost, in multiples of the bare one
   */
  Figures(String title, double target) {
    this.title = title;
    this.target = target;
  }

  String title() {
    return title;
  }

  void add(double oursInRound, double bareInRound) {
    ours.add(oursInRound);
    bare.add(bareInRound);
  }

  /** Of each round: whatever the machine did besides met both alike. */
  private Spread ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / bare.get(round));
    }
    return Spread.of(ratios);
  }

  static String heading() {
    return "|  | Tend | bare Jetty | Tend / bare | target |\n|---|---|---|---|---|\n";
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | ≤ %.1f |%n",
        title,
        Spread.of(ours),
        Spread.of(bare),
        ratio(),
        target);
  }
}
