/** Erlang/OTP's process model and behaviours on virtual threads; a package for each concept. */
@NullMarked
package dev.tend.otp;

import org.jspecify.annotations.NullMarked;
