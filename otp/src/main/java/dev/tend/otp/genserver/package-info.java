/**
 * GenServer: a process that keeps a state and answers requests.
 *
 * <p>A server is a class that extends {@link dev.tend.otp.genserver.GenServer}, with a sealed
 * family of records that are its requests, and one for its casts. The state is an immutable value
 * that each callback gets and gives back; the object's own fields are configuration and never
 * change. This one is a stack:
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static final class Stack extends GenServer<List<String>, Stack.Request<?>, Stack.Push> {
 *   sealed interface Request<R> extends Call<Stack, R> {}
 *
 *   record Pop() implements Request<Optional<String>> {}
 *
 *   record Push(String element) implements Cast<Stack> {}
 *
 *   @Override
 *   protected Init<List<String>> init() {
 *     return Init.ok(List.of());
 *   }
 *
 *   @Override
 *   protected Handled<List<String>> handleCall(
 *       Request<?> request, Caller caller, List<String> stack) {
 *     return switch (request) {
 *       case Pop pop when stack.isEmpty() -> reply(pop, caller, Optional.empty(), stack);
 *       case Pop pop -> {
 *         List<String> below = List.copyOf(stack.subList(0, stack.size() - 1));
 *         yield reply(pop, caller, Optional.of(stack.getLast()), below);
 *       }
 *     };
 *   }
 *
 *   @Override
 *   protected Handled<List<String>> handleCast(Push push, List<String> stack) {
 *     return noReply(Stream.concat(stack.stream(), Stream.of(push.element())).toList());
 *   }
 * }
 *
 * void main() {
 *   Pid<Stack> stack = GenServer.start(new Stack(), StartOptions.defaults()).orThrow();
 *   stack.cast(new Stack.Push("hello"));
 *   Optional<String> top = stack.call(new Stack.Pop());
 *   IO.println(top);
 *   IO.println(stack.call(new Stack.Pop()));
 * }
 * }
 *
 * It prints:
 *
 * {@snippet lang=text :
 * Optional[hello]
 * Optional.empty
 * }
 *
 * A request that is not the stack's, a reply of the wrong type, a request without a case in the
 * {@code switch}: none of them compiles. Mostly a server is started by a supervisor, from a {@code
 * ChildSpec}, and found by a name.
 *
 * <h2>Call or cast</h2>
 *
 * A <em>call</em> waits for the answer, and for its server's pace: whoever calls cannot run ahead
 * of it. A <em>cast</em> does not wait, and does not tell whether anyone was there. When in doubt,
 * call. Cast what may be lost and comes slower than it is handled; a mailbox has no bound unless it
 * is given one.
 *
 * <p>A callback that cannot answer yet keeps {@code caller.to(request)} in the state and goes on
 * with {@code noReply}; a later callback answers by {@code andReply}, or any thread by {@code
 * reply}. A server that has to ask another one does not call it where it could wait long: {@code
 * sendRequest} puts the question, and the answer comes to {@code handleInfo}. Who asks many at once
 * collects their ids in {@link dev.tend.otp.process.RequestIds} and takes the answers as they come.
 *
 * <h2>Other messages</h2>
 *
 * What comes by {@code send}, a timer, a monitor or a trapped exit is seen by {@code handleInfo}.
 * Work that comes back every so often is a message that the server sends to itself by {@code
 * Processes.sendAfter}, and again when it has handled it.
 *
 * <h2>Timeouts</h2>
 *
 * <ul>
 *   <li>of a call: five seconds, or as given. {@link dev.tend.otp.process.CallFailed} then says
 *       whether the handler had begun: if not, nothing has happened and nothing will.
 *   <li>of a start: {@code StartOptions.withTimeout}. The starter waits for {@code init}; what
 *       takes long belongs into {@code continueWith}, which comes after that and before any
 *       message.
 *   <li>idle: {@code timeout(…)} on what a callback returns asks for {@code handleTimeout} if no
 *       message comes for so long; any message ends it. {@code Duration.ZERO} is the moment at
 *       which the mailbox is empty, the place to act once on all that has gathered.
 *   <li>a long rest: {@code hibernate()}, or {@code StartOptions.withHibernateAfter}, gives memory
 *       back until the next message.
 * </ul>
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A callback throws: the server ends with that, {@code terminate} gets the state as it was,
 *       nothing of the callback takes effect, and its caller fails with {@code Exit}. Let it: a
 *       supervisor starts it anew. Catch only what you can answer.
 *   <li>A call fails: its {@code CallFailed}, if not caught, ends the caller too, with the call as
 *       the reason. Catch it where you know better.
 *   <li>A server calls itself: refused at once. Two servers that call each other wait until one
 *       times out: let calls go one way, and use casts or {@code sendRequest} the other way.
 *   <li>A callback blocks: nobody is served meanwhile. Give the work to another process, or the
 *       server a thread of its own ({@code StartOptions.onPlatformThread}) if it is made of that.
 *   <li>A state or message is changed after it was handed over: other threads see it half done. Use
 *       records and unmodifiable collections.
 *   <li>{@code terminate} did not run: the server was killed, or died of an exit signal that it
 *       does not trap. What must be released is owned ({@code Processes.own}), not left to it.
 * </ul>
 *
 * <h2>When not to use one</h2>
 *
 * A process models what happens at run time: a state that several share, work that goes on beside
 * other work, a part that may fail alone. It is no way to order code. A calculator behind a server
 * is a slower calculator, and all who use it wait in one line: that is a class with methods. A
 * table that many read and few change is an {@code ets} table; one piece of work with one result is
 * a task.
 */
@NullMarked
package dev.tend.otp.genserver;

import org.jspecify.annotations.NullMarked;
