/**
 * The {@code tend} command and the root of the running system.
 *
 * <p>{@link dev.tend.app.Main} reads the arguments; {@link dev.tend.app.Tend} is the tree with the
 * data folder it stands on.
 */
@NullMarked
package dev.tend.app;

import org.jspecify.annotations.NullMarked;
