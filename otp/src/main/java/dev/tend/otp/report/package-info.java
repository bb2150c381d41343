/**
 * Reports for people: bounded, escaped, laid out, through {@link java.lang.System.Logger}. Internal
 * to the module, and uses nothing else of it.
 */
@NullMarked
package dev.tend.otp.report;

import org.jspecify.annotations.NullMarked;
