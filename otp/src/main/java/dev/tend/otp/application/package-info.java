/**
 * Applications: what a program is started and stopped as. OTP's {@code application}, cut to what a
 * JVM needs.
 *
 * <p>A supervisor restarts what is below it; an {@link dev.tend.otp.application.Application} is
 * what is above: the start of a whole tree, what has to run before it, and what its end means.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static Application.Start tree(String name) {
 *   return self -> {
 *     IO.println("starts " + name);
 *     return Supervisor.startLink(Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults());
 *   };
 * }
 *
 * void main() {
 *   Application store =
 *       Application.of("store", tree("store")).withStop(() -> IO.println("store has stopped"));
 *   Application shop =
 *       Application.of("shop", tree("shop"))
 *           .dependsOn(store)
 *           .withStop(() -> IO.println("shop has stopped"));
 *   Applications all = Applications.of(shop);
 *   all.stopAtShutdown(Duration.ofSeconds(30), () -> {}); // SIGTERM, Ctrl-C
 *   IO.println(all.ensureAllStarted() instanceof AllStarted.Ok);
 *   all.stop(Duration.ofSeconds(30)); // a program that goes on would awaitEnd() instead
 * }
 * }
 *
 * {@snippet lang=text :
 * starts store
 * starts shop
 * true
 * shop has stopped
 * store has stopped
 * }
 *
 * Start is in the order of dependencies, stop in reverse; nobody is started before what it depends
 * on, and what was started is stopped again if a later one fails. An end that no supervisor could
 * mend is the application's; a permanent one's is the end of all, because a program of which a part
 * is missing for good is better started anew than kept.
 *
 * <p>There is no table of applications in the JVM, no loading, and no configuration file: an
 * application is a value, its environment is given with it, and {@link
 * dev.tend.otp.application.Applications} is one run of some of them. Dependencies cannot be
 * circular, because a value can only refer to those that were there before it.
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A start that blocks blocks the stop: a signal to the JVM is then obeyed when its timeout is
 *       over. Start quickly and continue inside the tree.
 *   <li>A {@code stop} callback has no time limit of its own; it counts against the timeout of who
 *       stops.
 *   <li>{@code Runtime.halt}, {@code kill -9} and a crash of the JVM stop nothing in order.
 * </ul>
 */
@NullMarked
package dev.tend.otp.application;

import org.jspecify.annotations.NullMarked;
