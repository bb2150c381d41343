/**
 * Processes: isolated, named, linked, and mortal; the ground that GenServer, Supervisor and ETS
 * stand on.
 *
 * <p>A process is a mailbox and a piece of code that reads it, on a virtual thread (or on a
 * platform thread of its own, {@link dev.tend.otp.process.StartOptions#onPlatformThread()}). {@link
 * dev.tend.otp.process.Processes} has the operations of Erlang's {@code erlang} module; {@link
 * dev.tend.otp.process.Behaviour} is the seat of every behaviour, as {@code proc_lib} and {@code
 * gen} are in OTP.
 *
 * <h2>Signals</h2>
 *
 * All that one process does to another (message, call, exit signal, link, monitor) is one signal
 * put into the other's inbox, in the order sent. Ordinary messages wait there for the receiver;
 * links, monitors and exit signals act on arrival, whatever the receiver is doing.
 *
 * <h2>Death</h2>
 *
 * Death is one step of the process's record, not of its thread. From then on its names and tables
 * are gone, its callers know, its resources close, and then its links and monitors hear of it, in
 * that order. A thread that is still running the dead process's code is a <em>zombie</em>: it is
 * interrupted, and every operation of this package that it tries throws {@link
 * dev.tend.otp.process.DeadProcess}.
 */
@NullMarked
package dev.tend.otp.process;

import org.jspecify.annotations.NullMarked;
