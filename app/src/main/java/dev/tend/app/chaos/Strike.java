package dev.tend.app.chaos;

import java.time.Duration;

/**
 * One kill of a plan.
 *
 * @param after so long after the one before was done and the server was up again
 * @param which of several of a kind, from 0
 */
record Strike(Duration after, Target target, int which) {}
