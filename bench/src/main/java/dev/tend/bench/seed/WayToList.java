package dev.tend.bench.seed;

import dev.tend.bench.Experiment;

/** A way to the server of one of the {@link Lists}, by its name. */
abstract class WayToList implements Experiment {
  private final String name;
  private final String about;

  WayToList(String name, String about) {
    this.name = name;
    this.about = about;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String about() {
    return about;
  }

  @Override
  public final void setUp() throws Exception {
    Lists.use();
    prepare();
  }

  @Override
  public final void tearDown() {
    try {
      cleanUp();
    } finally {
      Lists.release();
    }
  }

  /** What it needs besides the lists, which run. */
  void prepare() {}

  void cleanUp() {}

  /** Uses what was found, so that the compiler cannot leave the look-up out. */
  static void require(boolean found) {
    if (!found) {
      throw new IllegalStateException("a list has no server");
    }
  }
}
