/** The seed's experiments: five ways to a list's server, and what they cost at the least. */
@NullMarked
package dev.tend.bench.seed;

import org.jspecify.annotations.NullMarked;
