/**
 * Supervisors: processes that start, watch and restart others.
 *
 * <p>{@link dev.tend.otp.supervisor.Supervisor} has a fixed list of children and a strategy; {@link
 * dev.tend.otp.supervisor.DynamicSupervisor} has any number of children that are started on demand
 * and are independent of each other (OTP's {@code simple_one_for_one}). Both are ordinary
 * processes: they nest, and one that gives up is its own supervisor's crashed child.
 */
@NullMarked
package dev.tend.otp.supervisor;

import org.jspecify.annotations.NullMarked;
