package dev.tend.bench.store;

import dev.tend.bench.measure.Figures;
import dev.tend.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two measurements that take turns, and what is wanted of their ratio. */
final class Duel {
  /** One turn: what it gave, in the duel's unit. */
  interface Turn {
    double take() throws Exception;
  }

  /** Who is measured. */
  record Side(String name, Turn turn) {}

  private final String title;
  private final Side ours;
  private final Side beside;
  private final String target;
  private final List<Double> first = new ArrayList<>();
  private final List<Double> second = new ArrayList<>();

  private Duel(String title, Side ours, Side beside, String target) {
    this.title = title;
    this.ours = ours;
    this.beside = beside;
    this.target = target;
  }

  /** The first is to be so many times the second at least. */
  static Duel atLeast(double times, String title, Side ours, Side beside) {
    return new Duel(title, ours, beside, "≥ " + Figures.brief(times));
  }

  /** The first is to be so many times the second at most. */
  static Duel atMost(double times, String title, Side ours, Side beside) {
    return new Duel(title, ours, beside, "≤ " + Figures.brief(times));
  }

  String title() {
    return title;
  }

  /** A turn of each, which nobody counts. */
  void warmUp() throws Exception {
    ours.turn().take();
    beside.turn().take();
  }

  void round() throws Exception {
    first.add(ours.turn().take());
    second.add(beside.turn().take());
  }

  /** Of each round: whatever the machine did besides met both alike. */
  private Spread ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < first.size(); round++) {
      ratios.add(first.get(round) / second.get(round));
    }
    return Spread.of(ratios);
  }

  static String heading() {
    return "|  | one | beside | ratio | target |\n|---|---|---|---|---|\n";
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s: %s | %s: %s | %s | %s |%n",
        title,
        ours.name(),
        Spread.of(first),
        beside.name(),
        Spread.of(second),
        ratio(),
        target);
  }
}
