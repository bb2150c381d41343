/**
 * What runs in a contestant's own JVM: the programs, and each library as a {@link
 * dev.tend.bench.contest.Contestant} that they are run on. {@code beam/contest.exs} has the same
 * programs for the BEAM.
 */
@NullMarked
package dev.tend.bench.contest;

import org.jspecify.annotations.NullMarked;
