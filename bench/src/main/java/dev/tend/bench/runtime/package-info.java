/**
 * {@code ./tend bench}: the same programs on {@code otp}, the BEAM, Apache Pekko and plain Java, in
 * turn and in processes of their own, and the table of what came out.
 */
@NullMarked
package dev.tend.bench.runtime;

import org.jspecify.annotations.NullMarked;
