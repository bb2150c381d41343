/** What Tend costs: the Profiler and its experiments. */
@NullMarked
package dev.tend.bench;

import org.jspecify.annotations.NullMarked;
