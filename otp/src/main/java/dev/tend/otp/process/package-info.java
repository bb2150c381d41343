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
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * record Hello(Pid<?> from, String name) {}
 *
 * void main() {
 *   Pid<?> greeter =
 *       Processes.spawn(() -> {
 *         while (true) {
 *           Hello hello = Processes.receive(message -> message instanceof Hello h ? h : null);
 *           Processes.send(hello.from(), "hello, " + hello.name());
 *         }
 *       });
 *   Pid<?> visitor =
 *       Processes.spawn(() -> {
 *         Processes.send(greeter, "knock"); // stays in its mailbox: nothing asks for it
 *         Processes.send(greeter, new Hello(Processes.self(), "Ann"));
 *         IO.println(Processes.receive());
 *         MonitorRef ref = Processes.monitor(greeter);
 *         Processes.exit(greeter, new ExitReason.Term("enough"));
 *         Down down = Processes.receive(m -> m instanceof Down d && d.ref() == ref ? d : null);
 *         IO.println("it ended: " + down.reason());
 *       });
 *   Processes.awaitExit(visitor, Duration.ofSeconds(5));
 * }
 * }
 *
 * {@snippet lang=text :
 * hello, Ann
 * it ended: enough
 * }
 *
 * <h2>Which operation for what</h2>
 *
 * <ul>
 *   <li>{@code spawn}: a plain process with a mailbox of its own making. Mostly one wants a {@code
 *       GenServer} or a {@code Task}, which are made of it.
 *   <li>{@code link}: to live and die together. {@code monitor}: to be told. {@code awaitExit}: to
 *       wait for an end, also outside a process.
 *   <li>{@code trapExit}: for who has to do something when a linked one ends: supervisors, and
 *       servers with a {@code terminate}.
 *   <li>{@code own}: for sockets, files and connections; {@code hold}: for an entry in a table of
 *       one's own. Both go with the process, whatever it dies of.
 *   <li>{@code alias}: for an answer that is welcome only for a while.
 * </ul>
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A message nobody asks for stays in a plain process's mailbox, and each {@code receive}
 *       looks at it again. Receive all kinds in one place, or use a server.
 *   <li>A pid that is kept is dead one day. Keep a name where the process may be replaced.
 *   <li>A mailbox grows where senders are faster: call instead of send, or bound it ({@link
 *       dev.tend.otp.process.StartOptions#withMailboxLimit}).
 *   <li>{@code catch (Throwable)} around library calls catches {@link
 *       dev.tend.otp.process.DeadProcess} too. It does no harm, and no good: the process is dead.
 *   <li>A stack overflow comes before an operation of this package or not at all, so who catches it
 *       and goes on harms nobody else; what was sent may arrive a second later. Your own code in an
 *       operation, such as a {@link dev.tend.otp.process.Via} or a {@link
 *       dev.tend.otp.process.Holding}, has room for a few calls.
 *   <li>Blocking native code on a virtual thread holds a carrier: {@code onPlatformThread}.
 * </ul>
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
