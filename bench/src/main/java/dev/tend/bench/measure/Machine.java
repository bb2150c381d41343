package dev.tend.bench.measure;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where it was measured, and what else the machine had to do. */
public final class Machine {
  private final double loadBefore = load();
  private final List<Double> loads = new ArrayList<>();
  private final List<Double> paces = new ArrayList<>();

  public Machine() {
    notePace();
  }

  /** To be called after each round. */
  public void noteLoad() {
    loads.add(load());
    notePace();
  }

  /** To be called while nothing is measured, as often as one likes. */
  public void notePace() {
    if (cores() > 1) {
      paces.add(CorePace.measure());
    }
  }

  public String description() {
    return String.format(
        Locale.ROOT,
        "%d cores%s, %s %s; load average %s before, %s after a round (the run itself is in that)",
        cores(),
        paces.isEmpty() ? "" : ", from one to another and back in " + Spread.of(paces) + " ns",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Figures.brief(loadBefore),
        Spread.of(loads));
  }

  /** Whether others used the machine. */
  public boolean isLoaded() {
    return loadBefore > 2 * cores();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
