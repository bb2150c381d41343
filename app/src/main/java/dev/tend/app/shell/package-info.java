/**
 * {@code tend shell}: the running system under a JShell, in the same JVM.
 *
 * <p>What is typed runs in a process of its own ({@code self()}), as in Elixir's iex. {@link
 * dev.tend.app.shell.Prelude} has the functions that are at hand there.
 */
@NullMarked
package dev.tend.app.shell;

import org.jspecify.annotations.NullMarked;
