package dev.tend.bench.seed;

import dev.tend.bench.Experiment;

/** What all the others do besides: choose a name, put it together, hash it. */
final class LoopAlone implements Experiment {
  private static final int NO_NAMES_HASH = -1;

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public String about() {
    return "the measuring alone: a random name, made and hashed, and nothing looked up";
  }

  @Override
  public void run() {
    WayToList.require(Lists.anyName().hashCode() != NO_NAMES_HASH);
  }
}
