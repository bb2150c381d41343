/**
 * The to-do system over HTTP: a listener, and the JSON API under {@code /api/v1}.
 *
 * <p>{@link dev.tend.web.Web} is the process that owns the listener. A request runs on a virtual
 * thread of its own: {@code Front} refuses what is not ours, {@code Routes} finds the {@code
 * Action}, which reads an {@code Exchange} and returns an {@code Answer} or throws a {@code
 * Refusal}. Only what needs neither waiting nor work is answered without a thread, by {@code
 * AtOnce}. Everything that is no success is an {@code application/problem+json} (RFC 9457).
 *
 * <p>A 503 means that nothing happened; a 504 that nobody knows, and that the same request with the
 * same {@code Idempotency-Key} will tell.
 */
@NullMarked
package dev.tend.web;

import org.jspecify.annotations.NullMarked;
