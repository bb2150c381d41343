package dev.tend.bench.seed;

import dev.tend.bench.Experiment;
import java.util.List;

/** The ways to a list's server, from the seed's first to the quickest that there can be. */
public final class SeedExperiments {
  private SeedExperiments() {}

  /** New ones, each of which starts what it needs, Tend too, and stops it again. */
  public static List<Experiment> all() {
    return List.of(
        new ThroughCacheProcess(),
        new ThroughRegistryProcess(),
        new ThroughRegistryTable(),
        new ThroughEts(),
        new ThroughPlainMaps(),
        new LoopAlone());
  }
}
