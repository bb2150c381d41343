/**
 * GenServer: a process that keeps a state and answers requests, typed.
 *
 * <p>A server is a class that extends {@link dev.tend.otp.genserver.GenServer} and a sealed family
 * of records that are its requests. Its state is an immutable value that each callback gets and
 * gives back; the object's own fields are configuration that never changes.
 */
@NullMarked
package dev.tend.otp.genserver;

import org.jspecify.annotations.NullMarked;
