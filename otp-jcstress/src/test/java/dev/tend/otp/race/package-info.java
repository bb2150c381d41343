/**
 * Races: two things that happen to processes at once, a class each, run very often by jcstress.
 *
 * <p>Each class says which outcomes the laws allow and why; any other fails the build. A race is
 * named after its two sides, the first actor's first.
 *
 * <p>Two things make the sides overlap. Both actors begin each single run together (stride 1 in the
 * pom), with processes that have no thread of their own but act in the actors' threads ({@link
 * dev.tend.otp.process.Puppet}). And {@link dev.tend.otp.race.Skew} holds one of them back by a
 * different moment each time, so that over many runs every step of the one meets every step of the
 * other.
 */
@NullMarked
package dev.tend.otp.race;

import org.jspecify.annotations.NullMarked;
