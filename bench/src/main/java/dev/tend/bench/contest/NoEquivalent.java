package dev.tend.bench.contest;

/** The contestant has nothing that a program could be run on. */
public final class NoEquivalent extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoEquivalent() {}
}
