package dev.tend.bench.measure;

/**
 * How quickly two cores talk to each other: the time from one to the other and back. Whatever goes
 * on in more than one thread is made of that. A virtual machine's cores may be neighbours now, and
 * far from each other a minute later.
 */
final class CorePace {
  private static final int TURNS = 100_000;
  private static final int TIMES = 4;

  private volatile int turn;

  private CorePace() {}

  /** Nanoseconds, of the best of some times; for two cores at least. */
  static double measure() {
    double best = Double.MAX_VALUE;
    for (int time = 0; time < TIMES; time++) {
      best = Math.min(best, new CorePace().thereAndBack());
    }
    return best;
  }

  private double thereAndBack() {
    Thread.ofPlatform().daemon().start(() -> play(1));
    long begin = System.nanoTime();
    play(0);
    double taken = System.nanoTime() - begin;
    return taken / TURNS;
  }

  /** The one makes the even turns, the other the odd ones. */
  private void play(int first) {
    for (int mine = first; mine < 2 * TURNS; mine += 2) {
      while (turn != mine) {
        // Without a hint to the processor, which would wait longer than that takes.
      }
      turn = mine + 1;
    }
  }
}
