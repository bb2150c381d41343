/** The log: how much of it, and in which form. */
@NullMarked
package dev.tend.app.log;

import org.jspecify.annotations.NullMarked;
