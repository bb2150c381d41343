/** What races need of the inside of processes. */
@NullMarked
package dev.tend.otp.process;

import org.jspecify.annotations.NullMarked;
