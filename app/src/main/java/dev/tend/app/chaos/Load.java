package dev.tend.app.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What all clients have in common.
 *
 * @param shelves the lists under load
 */
record Load(Wire wire, List<Shelf> shelves, Ledger ledger, Over over) {

  Load {
    shelves = List.copyOf(shelves);
  }

  /** When it ends: no new changes first, and some time later no attempts either. */
  static final class Over {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private volatile long until = Long.MAX_VALUE;

    void now() {
      until = System.nanoTime();
    }

    boolean isNow() {
      return until != Long.MAX_VALUE;
    }

    boolean isForGood() {
      return isNow() && System.nanoTime() - until > GRACE.toNanos();
    }
  }
}
