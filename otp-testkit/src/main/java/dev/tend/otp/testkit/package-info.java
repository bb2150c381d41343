/**
 * What a user of {@code otp} tests with.
 *
 * <ul>
 *   <li>{@link dev.tend.otp.testkit.NoLeaks}: nothing is left of a test when it is over;
 *   <li>{@link dev.tend.otp.testkit.Started}: a supervision tree (or any process) around each test;
 *   <li>{@link dev.tend.otp.testkit.TestProcess}: a test, or a part of one, as a process;
 *   <li>{@link dev.tend.otp.testkit.ExitRecorder}: who ended, why, and in which order;
 *   <li>{@link dev.tend.otp.testkit.ManualTime}: a clock that only the test moves;
 *   <li>{@link dev.tend.otp.testkit.Eventually}: waiting for a condition, and for no time.
 * </ul>
 */
@NullMarked
package dev.tend.otp.testkit;

import org.jspecify.annotations.NullMarked;
