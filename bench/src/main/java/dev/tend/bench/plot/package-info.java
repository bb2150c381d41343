/** Pictures of what was measured. */
@NullMarked
package dev.tend.bench.plot;

import org.jspecify.annotations.NullMarked;
