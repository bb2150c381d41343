/**
 * Tasks: processes that do one thing and end.
 *
 * <p>A {@link dev.tend.otp.task.Task} turns code that is done in sequence into code that is done at
 * the same time:
 *
 * {@snippet lang=java :
 * import dev.tend.otp.process.Pid;
 * import dev.tend.otp.process.Processes;
 * import dev.tend.otp.task.Task;
 *
 * String fetch(String url) {
 *   return "<" + url + ">";
 * }
 * }
 *
 * {@snippet lang=java :
 * void page() {
 *   Task<String> body = Task.async(() -> fetch("body"));
 *   String head = fetch("head");
 *   IO.println(head + body.await());
 * }
 *
 * void main() {
 *   Pid<?> process = Processes.spawn(this::page);
 *   Processes.awaitExit(process, Duration.ofSeconds(30));
 * }
 * }
 *
 * {@snippet lang=text :
 * <head><body>
 * }
 *
 * <p>The process that asks for a task owns it: it alone can await it. Owner and task are linked, so
 * that the meaning stays that of the sequence: if the task fails, the one who needs its result
 * fails; if the owner dies, the result is of no use and the task ends. A task that is started by
 * {@code async} <em>has to be awaited</em> (or shut down, or ignored): its result comes as a
 * message in any case.
 *
 * <h2>Which way to start one</h2>
 *
 * <table>
 *   <caption>Ways to start a task</caption>
 *   <tr><th>the result</th><th>if it fails</th><th></th></tr>
 *   <tr><td>is awaited</td><td>the owner fails too</td><td>{@link dev.tend.otp.task.Task#async},
 *       {@link dev.tend.otp.task.TaskSupervisor#async}</td></tr>
 *   <tr><td>is awaited</td><td>the owner is told</td>
 *       <td>{@link dev.tend.otp.task.TaskSupervisor#asyncNolink}</td></tr>
 *   <tr><td>of each of many inputs</td><td>as with those two</td>
 *       <td>{@code asyncStream}, {@code asyncStreamNolink}</td></tr>
 *   <tr><td>nobody waits for</td><td>it is reported, or done again</td>
 *       <td>{@link dev.tend.otp.task.TaskSupervisor#startChild}</td></tr>
 *   <tr><td>nobody waits for, once, at the start of a tree</td><td>it is reported</td>
 *       <td>{@link dev.tend.otp.task.Task#childSpec}</td></tr>
 * </table>
 *
 * <p>Tasks under a supervisor are better than those without: they are counted and seen, there can
 * be a highest number of them, and when the program stops they are stopped in an orderly way.
 *
 * <h2>Many inputs</h2>
 *
 * {@snippet lang=java :
 * import dev.tend.otp.process.StartOptions;
 * import dev.tend.otp.supervisor.DynamicSupervisor;
 * import dev.tend.otp.supervisor.Limits;
 * import dev.tend.otp.supervisor.Shutdown;
 * import dev.tend.otp.task.Outcome;
 * import dev.tend.otp.task.StreamOptions;
 * import dev.tend.otp.task.TaskSupervisor;
 * import dev.tend.otp.task.Zipped;
 *
 * void pages() {
 *   StreamOptions options = StreamOptions.defaults().withMaxConcurrency(20);
 *   Map<String, String> pages =
 *       Task.asyncStream(Stream.of("a", "b", "c"), this::fetch, options)
 *           .collect(Collectors.toMap(Zipped::input, element -> element.outcome().orThrow()));
 *   IO.println(new TreeMap<>(pages));
 * }
 *
 * // The first two of three, whatever becomes of the third.
 * void twoOf(Pid<DynamicSupervisor> tasks, List<String> mirrors) {
 *   StreamOptions all = StreamOptions.defaults().withMaxConcurrency(3).withOrdered(false);
 *   List<Zipped<String, String>> two =
 *       TaskSupervisor.<String, String>asyncStreamNolink(
 *               tasks, mirrors.stream(), this::fetch, all, Shutdown.FIVE_SECONDS)
 *           .filter(element -> element.outcome() instanceof Outcome.Ok)
 *           .limit(2)
 *           .toList();
 *   IO.println(two.size());
 * }
 * }
 *
 * {@snippet lang=java :
 * void main() {
 *   Pid<?> process =
 *       Processes.spawn(() -> {
 *         pages();
 *         StartOptions options = StartOptions.defaults();
 *         twoOf(
 *             DynamicSupervisor.startLink(Limits.defaults(), options).orThrow(),
 *             List.of("x", "y", "z"));
 *         Processes.exit(dev.tend.otp.process.ExitReason.SHUTDOWN);
 *       });
 *   Processes.awaitExit(process, Duration.ofSeconds(30));
 * }
 * }
 *
 * {@snippet lang=text :
 * {a=<a>, b=<b>, c=<c>}
 * 2
 * }
 *
 * <p>At most so many tasks run at a time, and no input is taken before a task can begin.
 *
 * <h2>In a server</h2>
 *
 * <p>A server that waits for a task answers nobody meanwhile. It keeps the task in its state and
 * lets the outcome come to it as a message; and as a rule it is not to die of the task's failure:
 *
 * {@snippet lang=java :
 * import dev.tend.otp.genserver.GenServer;
 * import dev.tend.otp.genserver.Handled;
 * import dev.tend.otp.genserver.Init;
 * import dev.tend.otp.genserver.NoCasts;
 * import dev.tend.otp.process.Call;
 * import dev.tend.otp.process.Caller;
 * import dev.tend.otp.process.ReplyTo;
 * import dev.tend.otp.process.ServerRef;
 *
 * record Fetch(String url) implements Call<Fetcher, Outcome<String>> {}
 *
 * record Asked(Task<String> task, ReplyTo<Outcome<String>> from) {}
 *
 * final class Fetcher extends GenServer<List<Asked>, Fetch, NoCasts> {
 *   private final ServerRef<DynamicSupervisor> tasks;
 *
 *   Fetcher(ServerRef<DynamicSupervisor> tasks) {
 *     this.tasks = tasks;
 *   }
 *
 *   protected Init<List<Asked>> init() {
 *     return Init.ok(List.of());
 *   }
 *
 *   protected Handled<List<Asked>> handleCall(Fetch fetch, Caller caller, List<Asked> open) {
 *     Task<String> task = TaskSupervisor.asyncNolink(tasks, () -> "<" + fetch.url() + ">");
 *     Asked asked = new Asked(task, caller.to(fetch));
 *     return noReply(Stream.concat(open.stream(), Stream.of(asked)).toList());
 *   }
 *
 *   protected Handled<List<Asked>> handleInfo(Object message, List<Asked> open) throws Exception {
 *     for (Asked asked : open) {
 *       Optional<Outcome<String>> outcome = asked.task().check(message);
 *       if (outcome.isPresent()) {
 *         List<Asked> rest = open.stream().filter(other -> other != asked).toList();
 *         return GenServer.<List<Asked>>noReply(rest).andReply(asked.from(), outcome.get());
 *       }
 *     }
 *     return super.handleInfo(message, open);
 *   }
 * }
 * }
 *
 * {@snippet lang=java :
 * void main() {
 *   StartOptions options = StartOptions.defaults();
 *   Pid<?> process =
 *       Processes.spawn(() -> {
 *         Pid<DynamicSupervisor> tasks =
 *             DynamicSupervisor.startLink(Limits.defaults(), options).orThrow();
 *         Pid<Fetcher> fetcher = GenServer.startLink(new Fetcher(tasks), options).orThrow();
 *         IO.println(fetcher.call(new Fetch("page")));
 *         Processes.exit(dev.tend.otp.process.ExitReason.SHUTDOWN);
 *       });
 *   Processes.awaitExit(process, Duration.ofSeconds(30));
 * }
 * }
 *
 * {@snippet lang=text :
 * Ok[value=<page>]
 * }
 *
 * <h2>When not to use one</h2>
 *
 * <ul>
 *   <li>What has a state and answers more than once is a {@link dev.tend.otp.genserver.GenServer};
 *       a value that several share, an {@link dev.tend.otp.agent.Agent}.
 *   <li>Code outside of any process that wants several things at once can do with virtual threads
 *       and an executor. A task gives more than a bare thread: it dies with those it works for and
 *       they with it, it is in the supervision tree and in the crash reports, {@link
 *       dev.tend.otp.task.Task#callers} says for whom it works, and a timeout leaves nothing
 *       behind. It needs a process to own it.
 * </ul>
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li><b>Catching what {@code await} throws, to carry on.</b> A failed task ends its owner by the
 *       link, whatever the owner catches. Use {@code asyncNolink} and {@link
 *       dev.tend.otp.task.Task#yield}; do not trap exits for this, for that makes the owner deaf to
 *       all others too.
 *   <li><b>Waiting no longer, and forgetting the task.</b> {@code yield} leaves it running. Follow
 *       it with {@code shutdown} or {@code ignore}: {@code task.yield(limit).or(task::shutdown)}.
 *   <li><b>Awaiting in another process than the owner.</b> It throws. Send the result on instead.
 *   <li><b>Awaiting twice.</b> The result was a message and has been taken; the second waits in
 *       vain.
 *   <li><b>Work that heeds no interrupt.</b> A killed task is dead for all others at once, but its
 *       thread goes on to its next wait, as a zombie. What it does to things outside, it still
 *       does.
 *   <li><b>An async stream's iterator, left in the middle.</b> Its tasks run on until the stream is
 *       closed or its consumer ends: use try-with-resources.
 * </ul>
 */
@NullMarked
package dev.tend.otp.task;

import org.jspecify.annotations.NullMarked;
