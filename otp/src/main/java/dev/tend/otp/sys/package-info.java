/**
 * Looking into a running system: OTP's {@code sys}, and what is there beside it.
 *
 * <h2>One behaviour</h2>
 *
 * {@link dev.tend.otp.sys.Sys} asks any behaviour, by pid or name and whatever runs in it, for its
 * state, holds it, counts what it does, or tells a listener of each event and answer:
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static class Counter extends GenServer<Integer, Counter.Next, NoCasts> {
 *   record Next() implements Call<Counter, Integer> {}
 *
 *   protected Init<Integer> init() {
 *     return Init.ok(0);
 *   }
 *
 *   protected Handled<Integer> handleCall(Next next, Caller caller, Integer count) {
 *     return reply(next, caller, count, count + 1);
 *   }
 * }
 *
 * void main() {
 *   Pid<Counter> counter = GenServer.start(new Counter(), StartOptions.defaults()).orThrow();
 *   counter.call(new Counter.Next());
 *   int state = Sys.getState(counter); // typed by the server
 *   IO.println(state);
 *   Sys.suspend(counter); // calls wait, nothing is handled
 *   Sys.replaceState(counter, n -> 7);
 *   Sys.resume(counter);
 *   IO.println(counter.call(new Counter.Next()));
 * }
 * }
 *
 * {@snippet lang=text :
 * 1
 * 7
 * }
 *
 * These requests are answered between two events. A server that is busy answers when it has done;
 * one that never does answers nobody: what it is doing then is told by the watch-dog.
 *
 * <h2>All processes</h2>
 *
 * {@link dev.tend.otp.process.Processes#snapshot} shows every process, and as text the tree of who
 * started whom, without asking any of them: how many messages wait, how long one event has been
 * handled, how often a supervisor has restarted a child, and the zombies, threads that still run
 * the code of a dead process.
 *
 * <h2>The log</h2>
 *
 * Through {@link java.lang.System.Logger} under the name {@code dev.tend.otp} come crash reports,
 * of every process that ends other than by {@code normal}, {@code shutdown} or {@code {shutdown,
 * _}}, the supervisors' reports, and warnings. A report is a few lines; {@code
 * -Ddev.tend.otp.report.singleLine=true} makes it one. Values are cut to a length that a person
 * reads, and line breaks and other controls in them are written as escapes, so that nothing that
 * came from outside can pass for a line of the log. What of a server's state may be shown at all,
 * here and by {@code Sys}, its {@code formatStatus} decides.
 *
 * <h2>The watch-dog</h2>
 *
 * {@link dev.tend.otp.process.WatchDog} warns of each handler, and each zombie, that runs longer
 * than a limit (five seconds, or {@code -Ddev.tend.otp.watchDog.limit=PT30S}), once, with its
 * stack, and says whether it holds its thread or waits.
 *
 * <h2>Flight recordings</h2>
 *
 * A JFR recording has these events, in the category OTP; they cost next to nothing while they are
 * off:
 *
 * <ul>
 *   <li>{@code dev.tend.otp.Spawn}, {@code dev.tend.otp.Exit}: processes, with kind, starter,
 *       reason and lifetime;
 *   <li>{@code dev.tend.otp.Call}: calls with server, request, outcome and the caller's stack; by
 *       default those that take longer than 20 ms;
 *   <li>{@code dev.tend.otp.Restart}: a supervisor restarts a child;
 *   <li>{@code dev.tend.otp.MailboxHigh}: a mailbox has come to 4,096 messages, and at each
 *       doubling;
 *   <li>{@code dev.tend.otp.LongHandler}, {@code dev.tend.otp.Zombie}: what the watch-dog finds.
 * </ul>
 */
@NullMarked
package dev.tend.otp.sys;

import org.jspecify.annotations.NullMarked;
