package dev.tend.app.chaos;

import java.time.Duration;

/**
 * What a run is to do.
 *
 * @param seed of the plan of kills, and of what each client draws
 * @param time how long there is load
 * @param rate kills a second, on average
 */
record Wish(Mode mode, long seed, Duration time, int clients, int lists, double rate) {
  /** So many event streams listen through everything. */
  static final int STREAMS = 4;
}
