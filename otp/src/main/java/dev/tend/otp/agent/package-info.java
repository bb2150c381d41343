/**
 * Agents: the simplest way to share a value that changes.
 *
 * <p>An {@link dev.tend.otp.agent.Agent} is a process around one immutable value. Whoever has its
 * pid or name reads and changes that value by sending it functions:
 *
 * {@snippet lang=java :
 * import dev.tend.otp.agent.Agent;
 * import dev.tend.otp.process.ExitReason;
 * import dev.tend.otp.process.Pid;
 * import dev.tend.otp.process.Processes;
 * import dev.tend.otp.process.ServerName;
 * import dev.tend.otp.process.StartOptions;
 * import dev.tend.otp.supervisor.ChildSpec;
 *
 * void main() {
 *   Pid<Agent<Integer>> counter = Agent.start(() -> 0, StartOptions.defaults()).orThrow();
 *   Agent.update(counter, n -> n + 1);
 *   int now = Agent.get(counter, n -> n);
 *   int before = Agent.getAndUpdate(counter, n -> new Agent.Next<>(n, 0));
 *   IO.println(now + ", " + before + ", " + Agent.get(counter, n -> n));
 *   Processes.stop(counter, ExitReason.NORMAL, Duration.ofSeconds(5));
 * }
 * }
 *
 * {@snippet lang=text :
 * 1, 1, 0
 * }
 *
 * <p>Usually it is a supervised child with a name, and a class of one's own hides it, so that the
 * functions which touch the state stand in one place:
 *
 * {@snippet lang=java :
 * final class Visits {
 *   private static final ServerName<Agent<Integer>> NAME = ServerName.local("visits");
 *
 *   static ChildSpec childSpec() {
 *     return ChildSpec.worker(
 *         "visits", () -> Agent.startLink(() -> 0, StartOptions.named(NAME)));
 *   }
 *
 *   static void count() {
 *     Agent.cast(NAME, n -> n + 1);
 *   }
 * }
 * }
 *
 * <h2>In the agent, or in the caller</h2>
 *
 * The functions run <em>in the agent</em>; all others wait meanwhile. What is expensive belongs
 * into the caller: {@code render(Agent.get(page, p -> p))}, not {@code Agent.get(page, p ->
 * render(p))}. The value is shared and not copied, so taking the whole of it out is cheap. What has
 * to be atomic, on the other hand, belongs into the agent: between a {@code get} and an {@code
 * update} others may have changed the state.
 *
 * <h2>When not to use one</h2>
 *
 * <ul>
 *   <li>Requests that have names, messages, timeouts, clean-up, or a state that only its owner may
 *       change as it likes: a {@link dev.tend.otp.genserver.GenServer}. An agent lets every caller
 *       do everything, and shows in a trace as "a function was applied".
 *   <li>Many reads at once: an ETS table ({@link dev.tend.otp.ets.Table}), which readers use
 *       without asking a process.
 *   <li>One computation: a {@link dev.tend.otp.task.Task}.
 *   <li>A value that no crash may lose, or that needs no process's protection: a {@code
 *       ConcurrentHashMap}, an {@code AtomicReference}. An agent's state dies with it, and a
 *       restarted one begins anew; that is what makes it a boundary for errors.
 * </ul>
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A function throws: the agent crashes, its state is gone, the caller gets a {@link
 *       dev.tend.otp.process.CallFailed}, and so do all whose requests were waiting.
 *   <li>A function waits, or calls the agent itself: everyone waits, then times out.
 *   <li>The state is a mutable object: nothing protects it any more.
 * </ul>
 */
@NullMarked
package dev.tend.otp.agent;

import org.jspecify.annotations.NullMarked;
