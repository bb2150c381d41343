/**
 * ETS: tables that belong to a process and that all processes read without asking it.
 *
 * <p>A table vanishes with its owner, before anyone hears of the owner's death. Rows are immutable
 * values, shared and not copied.
 */
@NullMarked
package dev.tend.otp.ets;

import org.jspecify.annotations.NullMarked;
