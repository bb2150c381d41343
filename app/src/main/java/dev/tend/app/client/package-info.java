/**
 * The {@code tend} command as a client: each command is a few requests to a running server, over
 * its HTTP API.
 */
@NullMarked
package dev.tend.app.client;

import org.jspecify.annotations.NullMarked;
