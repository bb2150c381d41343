/** Tasks. */
@NullMarked
package dev.tend.otp.task;

import org.jspecify.annotations.NullMarked;
