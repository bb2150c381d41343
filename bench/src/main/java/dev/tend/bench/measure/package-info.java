/**
 * What measured values say and what they do not: spreads, ratios, latencies, and whole runs with
 * their table, their CSV and their file. Knows nothing of what is measured.
 */
@NullMarked
package dev.tend.bench.measure;

import org.jspecify.annotations.NullMarked;
