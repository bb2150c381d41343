/** What Prometheus is told at {@code /metrics}. */
@NullMarked
package dev.tend.web.metrics;

import org.jspecify.annotations.NullMarked;
