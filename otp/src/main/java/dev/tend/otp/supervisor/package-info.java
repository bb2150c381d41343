/**
 * Supervisors: processes that start, watch, restart and stop others.
 *
 * <p>A supervisor is told how to start its children and starts each of them linked to itself. When
 * one ends it hears of it, and decides by rules that are written down in one place whether to start
 * it again, and what becomes of the others. So the code of a child need not defend itself against
 * what it does not expect: it crashes, and is started again in a state that is known to be good.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static ChildSpec part(String name) {
 *   return ChildSpec.worker(
 *       name, () -> Agent.startLink(() -> 0, StartOptions.named(ServerName.local(name))));
 * }
 *
 * void main() {
 *   Pid<Supervisor> shop =
 *       Supervisor.start(
 *               new Flags(Strategy.REST_FOR_ONE, 3, Duration.ofSeconds(30)),
 *               List.of(part("prices"), part("cart"), part("till")),
 *               StartOptions.defaults())
 *           .orThrow();
 *   List<ChildInfo> before = Supervisor.whichChildren(shop);
 *   Pid<?> cart = ServerName.local("cart").whereis().orElseThrow();
 *   Processes.exit(cart, ExitReason.KILL);
 *   Processes.awaitExit(cart, Duration.ofSeconds(5));
 *   for (ChildInfo child : Supervisor.whichChildren(shop)) { // the last one started first
 *     IO.println(child.id() + (before.contains(child) ? " as before" : " anew"));
 *   }
 * }
 * }
 *
 * {@snippet lang=text :
 * till anew
 * cart anew
 * prices as before
 * }
 *
 * Children start in this order, each when the one before has finished its {@code init}, and stop in
 * the reverse order. If one cannot start, those before it are stopped and the supervisor's start
 * fails. Supervisors are processes and nest: the list is a level of a <em>supervision tree</em>,
 * and a supervisor that gives up is its own supervisor's crashed child.
 *
 * <h2>Which supervisor</h2>
 *
 * <ul>
 *   <li>{@link dev.tend.otp.supervisor.Supervisor}: a few children that are known when the program
 *       is written, that may depend on each other and have an order.
 *   <li>{@link dev.tend.otp.supervisor.DynamicSupervisor}: any number of children, started on
 *       demand and independent of each other; a connection each, a list each. They stop all at
 *       once.
 *   <li>{@link dev.tend.otp.supervisor.SimpleOneForOne}: the same where all children are of one
 *       make and differ in an argument.
 * </ul>
 *
 * <h2>Strategy: who restarts with whom</h2>
 *
 * <ul>
 *   <li>{@code ONE_FOR_ONE}: children that can do without each other for a moment. A child that
 *       looks its siblings up by name each time it needs them is such a one.
 *   <li>{@code REST_FOR_ONE}: each child depends on those before it; a registry first, then who
 *       registers there. What started after the one that ended is stopped and started anew.
 *   <li>{@code ONE_FOR_ALL}: all depend on all, or share a state that is broken if one is gone.
 * </ul>
 *
 * A child keeps no pid of a sibling that can be restarted without it: the pid is dead then. Either
 * the strategy takes it along, or it goes by a {@link dev.tend.otp.process.ServerName}.
 *
 * <h2>Restart: when a child is started again</h2>
 *
 * <ul>
 *   <li>{@code PERMANENT}, always: servers, which have no reason to end. One that ends with {@code
 *       normal} is started again and again, until the supervisor gives up.
 *   <li>{@code TRANSIENT}, after a crash: work that is to be finished.
 *   <li>{@code TEMPORARY}, never: what somebody else starts again, or nobody. The supervisor
 *       forgets such a child with its end, and how it was started as soon as it runs.
 * </ul>
 *
 * A restart helps against faults that a good initial state cures. It does not against a wrong
 * setting or a file that stays broken: therefore {@code init} does not insist on what lies outside
 * of the program. It starts without the connection, tries from a timer, and answers meanwhile that
 * there is none.
 *
 * <h2>Patience</h2>
 *
 * More than {@code maxRestarts} restarts within {@code period}, of all children together, and the
 * supervisor stops them all and ends with {@code shutdown}: the fault lies deeper, and its own
 * supervisor is to clear up more. A restart that fails counts and is tried again at once. Too much
 * patience hides a fault behind a busy loop; too little ends the program for two crashes that have
 * nothing to do with each other. With many children under one supervisor, think of how many can
 * fail at the same moment for one reason.
 *
 * <h2>Shutdown: how a child is stopped</h2>
 *
 * <ul>
 *   <li>{@code Within(time)}: it gets {@code shutdown}, and {@code kill} when the time is over. A
 *       server's {@code terminate} runs only if it traps exits; else it ends on the spot.
 *   <li>{@code Infinity}: right for supervisors, which need the time their children need. One that
 *       is killed instead leaves its children to find out by their links.
 *   <li>{@code BrutalKill}: for what has nothing to put in order.
 * </ul>
 *
 * <h2>Automatic shutdown</h2>
 *
 * A tree that exists for a piece of work ends with it: mark the children that are the work {@link
 * dev.tend.otp.supervisor.ChildSpec#withSignificant significant}, and let {@link
 * dev.tend.otp.supervisor.AutoShutdown} say whether the first or the last of them that is through
 * ends the supervisor.
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A start function that does not link ({@code start} for {@code startLink}): the supervisor
 *       never hears of the end.
 *   <li>A child that calls its supervisor in {@code init} or {@code terminate}: the supervisor is
 *       waiting for just that, and both wait for ever.
 *   <li>Long work in {@code init}: the siblings behind it wait, and so does every request to the
 *       supervisor. Use {@code continueWith}.
 *   <li>A start function that captures a value that changes, or a resource that was opened once: a
 *       restart gets it as the crash has left it.
 *   <li>Trust in {@code whichChildren} as a way to a child: it asks the supervisor, which may be
 *       busy, and a row may say {@code Restarting}. Give the child a name.
 * </ul>
 */
@NullMarked
package dev.tend.otp.supervisor;

import org.jspecify.annotations.NullMarked;
