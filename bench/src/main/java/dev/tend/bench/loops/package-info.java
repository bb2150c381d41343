/**
 * {@code ./tend bench loops}: the inner loops under JMH, tables beside the JDK's maps, each thread
 * of JMH's a process.
 */
@NullMarked
package dev.tend.bench.loops;

import org.jspecify.annotations.NullMarked;
