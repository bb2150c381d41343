/**
 * {@code ./tend bench http}: what a read over HTTP costs the server, beside a Jetty of the same
 * settings whose handler does nothing but write the same bytes.
 */
@NullMarked
package dev.tend.bench.http;

import org.jspecify.annotations.NullMarked;
