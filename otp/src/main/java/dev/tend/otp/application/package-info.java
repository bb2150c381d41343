/**
 * Applications: what a program is started and stopped as. OTP's {@code application}, cut to what a
 * JVM needs.
 *
 * <p>A supervisor restarts what is below it; an {@link dev.tend.otp.application.Application} is
 * what is above: the start of a whole tree, what has to run before it, and what its end means.
 *
 * <pre>{@code
 * Application store = Application.of("store", self -> Store.startLink(folder));
 * Application shop =
 *     Application.of("shop", self -> Shop.startLink(self.env(PORT).orElse(8080)))
 *         .dependsOn(store)
 *         .withEnv(PORT, 80)
 *         .withStop(() -> System.out.println("closed"));
 *
 * Applications all = Applications.of(shop);
 * all.stopAtShutdown(Duration.ofSeconds(30), () -> {});
 * if (all.ensureAllStarted() instanceof AllStarted.Failed failed) {
 *   System.exit(1);
 * }
 * if (all.awaitEnd().orElseThrow() instanceof End.Ended) {
 *   System.exit(70);                                         // whoever started us should do so again
 * }
 * }</pre>
 *
 * Start is in the order of dependencies, stop in reverse; nobody runs without what it depends on,
 * and what was started is stopped again if a later one fails. An end that no supervisor could mend
 * is the application's; a permanent one's is the end of all, because a program of which a part is
 * missing for good is better started anew than kept.
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
