/** The HTTP server under the API: how it is set up, and its patience with connections. */
@NullMarked
package dev.tend.web.listener;

import org.jspecify.annotations.NullMarked;
