/**
 * The events that a flight recording shows, in the category "OTP". Each is emitted by one call,
 * which makes nothing while the event is off. Internal to the module, and uses nothing of it but
 * its texts.
 */
@NullMarked
package dev.tend.otp.jfr;

import org.jspecify.annotations.NullMarked;
