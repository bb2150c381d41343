package dev.tend.otp.process;

import static dev.tend.otp.process.TimeSource.FOR_EVER;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations on processes: Erlang's {@code erlang} module.
 *
 * <p>Sending, starting, looking up and {@link #exit(Pid, ExitReason)} work from any thread; what
 * concerns the process itself ({@link #self}, {@link #receive}, {@link #link}, {@link #monitor}, …)
 * needs one and throws {@link IllegalStateException} elsewhere. Those that act on others, change
 * what there is, or wait throw {@link DeadProcess} in a thread whose process has died; those that
 * only look need not.
 *
 * <p>Forks of a {@code StructuredTaskScope} inherit the process that forked them, as they inherit
 * all scoped values: what they send is from it. They must not {@link #receive}.
 */
public final class Processes {
  private Processes() {}

  // ---- start ----

  /** Starts a process that runs this code and ends with it ({@code spawn/1}). */
  public static Pid<?> spawn(Runnable body) {
    return spawn(StartOptions.defaults(), body);
  }

  /** {@link #spawn(Runnable)}; of the options a name is ignored, use {@link #register}. */
  public static Pid<?> spawn(StartOptions options, Runnable body) {
    return launch(new PlainTurns(body), options, false).pid;
  }

  /** {@code spawn_link/1}: there is no moment at which it lives and is not linked. */
  public static Pid<?> spawnLink(Runnable body) {
    return spawnLink(StartOptions.defaults(), body);
  }

  /** {@link #spawnLink(Runnable)}; of the options a name is ignored. */
  public static Pid<?> spawnLink(StartOptions options, Runnable body) {
    requireProcess();
    return launch(new PlainTurns(body), options, true).pid;
  }

  /**
   * {@code spawn_monitor/1}: there is no moment at which it lives and is not watched, so its {@link
   * Down} has its own reason.
   */
  public static Monitored<?> spawnMonitor(Runnable body) {
    return spawnMonitor(StartOptions.defaults(), body);
  }

  /** {@link #spawnMonitor(Runnable)}; of the options a name is ignored. */
  public static Monitored<?> spawnMonitor(StartOptions options, Runnable body) {
    ProcessCore self = requireProcess();
    ProcessCore child = new ProcessCore(new PlainTurns(body), options, self, false);
    MonitorRef ref = new MonitorRef(self, child.pid);
    child.launch(ref);
    return new Monitored<>(child.pid, ref);
  }

  /**
   * Starts a behaviour and waits until its {@code init} has decided ({@code proc_lib:start/5}). If
   * that is no success, nothing is left of it when this returns.
   */
  public static <T> StartResult<T> start(Behaviour behaviour, StartOptions options) {
    return start(behaviour, options, false);
  }

  /** {@link #start} as the calling process's linked child ({@code proc_lib:start_link/5}). */
  public static <T> StartResult<T> startLink(Behaviour behaviour, StartOptions options) {
    requireProcess();
    return start(behaviour, options, true);
  }

  /**
   * {@link #start} with a monitor of the calling process on it from the first moment ({@code
   * proc_lib:start_monitor/5}). A start that fails is told by the result alone.
   */
  public static <T> MonitoredStart<T> startMonitor(Behaviour behaviour, StartOptions options) {
    ProcessCore self = requireProcess();
    BehaviourTurns turns = new BehaviourTurns(behaviour);
    ProcessCore child = new ProcessCore(turns, options, self, false);
    MonitorRef ref = new MonitorRef(self, child.pid);
    Promise<StartResult<?>> started = turns.started();
    child.launch(ref);
    StartResult<T> result = awaitStart(started, child, options);
    if (result instanceof StartResult.Ok) {
      return new MonitoredStart<>(result, Optional.of(ref));
    }
    demonitor(ref);
    return new MonitoredStart<>(result, Optional.empty());
  }

  private static <T> StartResult<T> start(Behaviour behaviour, StartOptions options, boolean link) {
    BehaviourTurns turns = new BehaviourTurns(behaviour);
    Promise<StartResult<?>> started = turns.started();
    return awaitStart(started, launch(turns, options, link), options);
  }

  @SuppressWarnings("unchecked")
  private static <T> StartResult<T> awaitStart(
      Promise<StartResult<?>> started, ProcessCore child, StartOptions options) {
    ProcessCore self = ProcessCore.current();
    StartResult<?> result = started.await(self, options.timeout());
    if (result == null) {
      ProcessCore.deliver(child, new Signal.StartTimeout());
      StartResult<?> late = started.await(self, FOR_EVER);
      result =
          late instanceof StartResult.Ok
              ? late
              : new StartResult.Failed<>(new ExitReason.Term("timeout"));
    }
    return (StartResult<T>) result;
  }

  private static ProcessCore launch(Turns turns, StartOptions options, boolean link) {
    ProcessCore core = new ProcessCore(turns, options, ProcessCore.current(), link);
    core.launch(null);
    return core;
  }

  // ---- self ----

  /** The calling process ({@code self/0}). */
  public static Pid<?> self() {
    return requireProcess().pid;
  }

  /** The calling process, if the calling thread is one's. */
  public static Optional<Pid<?>> current() {
    return Optional.ofNullable(ProcessCore.current()).map(core -> core.pid);
  }

  /** The process that started the calling one, if it was a process ({@code '$ancestors'}). */
  public static Optional<Pid<?>> starter() {
    return Optional.ofNullable(requireProcess().starter).map(core -> core.pid);
  }

  /**
   * The parent in OTP's sense: the starter, if the calling process was started with a link to it.
   */
  public static Optional<Pid<?>> parent() {
    ProcessCore self = requireProcess();
    return self.linkedToStarter ? starter() : Optional.empty();
  }

  /**
   * The calling process's starter, that one's starter, and so on ({@code '$ancestors'}), nearest
   * first; the dead ones among them are named, but not who started those.
   */
  public static List<Pid<?>> ancestors() {
    return requireProcess().ancestors();
  }

  /**
   * Gives the calling process a text for reports and pictures that says what it is doing or for
   * whom ({@code proc_lib:set_label/1}).
   */
  public static void setLabel(String label) {
    requireProcess().label = label;
  }

  /** The time source of the calling process; the machine's, outside a process. */
  public static TimeSource time() {
    ProcessCore self = ProcessCore.current();
    return self == null ? TimeSource.system() : self.time;
  }

  /**
   * Whether exit signals come as {@link Exit} messages instead of ending this process ({@code
   * process_flag(trap_exit, _)}).
   *
   * @return the setting before
   */
  public static boolean trapExit(boolean on) {
    return requireProcess().trapExits(on);
  }

  /** Ends the calling process with this reason ({@code exit/1}), as an exception to its edge. */
  public static RuntimeException exit(ExitReason reason) {
    requireProcess();
    throw new ExitThrown(Objects.requireNonNull(reason, "reason"));
  }

  /**
   * The reason of a process that ends because its code throws this: the one given to {@link
   * #exit(ExitReason)}, or a crash.
   */
  public static ExitReason reasonOf(Throwable thrown) {
    return ExitThrown.reasonOf(thrown);
  }

  /**
   * Runs a short step that changes what others can see, as an operation of the calling process:
   * wholly before its death, or not at all. For those who write tables and the like.
   *
   * @param step must not block, nor call other operations that do
   */
  public static <R> R atomically(Supplier<R> step) {
    Room.require();
    ProcessCore self = ProcessCore.current();
    if (self == null) {
      return step.get();
    }
    synchronized (self) {
      self.requireAlive();
      return step.get();
    }
  }

  /**
   * Sees to it that the stack has room for a step that must not be left half done, in the way of
   * all operations here: for those who write tables and the like.
   *
   * @throws StackOverflowError if it has not; it is thrown before the step then, not within it
   */
  public static void requireRoom() {
    Room.require();
  }

  // ---- messages ----

  /**
   * Sends a message ({@code Pid ! Message}); to a dead process it is lost in silence.
   *
   * @throws CallFailed if the receiver's mailbox is bounded and full
   */
  public static void send(Pid<?> to, Object message) {
    ProcessCore.deliverOrThrow(
        to, message, new Signal.Sent(Objects.requireNonNull(message, "message")));
  }

  /** {@link #send(Pid, Object)} to whoever has the name; to nobody, in silence. */
  public static void send(ServerName<?> to, Object message) {
    Objects.requireNonNull(message, "message");
    to.whereis().ifPresent(pid -> send(pid, message));
  }

  /**
   * Sends a message to an alias ({@code Alias ! Message}); in silence if it is not active. One for
   * a reply fits any mailbox.
   *
   * @throws CallFailed if the owner's mailbox is bounded and full
   */
  public static void send(Alias to, Object message) {
    Objects.requireNonNull(message, "message");
    ProcessCore.deliverOrThrow(to.owner.pid, message, new Signal.AliasMessage(to, message));
  }

  /**
   * A new address of the calling process that it can take back ({@code alias/1}). Forgotten with
   * the last who knows it; costs the process nothing.
   */
  public static Alias alias(Alias.Mode mode) {
    return new Alias(requireProcess(), mode);
  }

  /**
   * Takes an alias back ({@code unalias/1}): no message comes through it after this. Those that
   * have come stay in line.
   *
   * @return whether it was active
   * @throws IllegalArgumentException if it is another process's
   */
  public static boolean unalias(Alias alias) {
    ProcessCore self = requireProcess();
    if (alias.owner != self) {
      throw new IllegalArgumentException("an alias of " + alias.owner.pid + ", not of " + self.pid);
    }
    return self.unalias(alias);
  }

  /** The next message, whatever it is; waits for ever. */
  public static Object receive() {
    return receive(message -> message);
  }

  /**
   * The first message that the matcher has a value for; waits for ever. Others stay in line.
   *
   * @param matcher null for messages to leave; must not receive or block
   */
  public static <R> R receive(Function<Object, @Nullable R> matcher) {
    Objects.requireNonNull(matcher, "matcher");
    while (true) {
      R found = requireProcess().receive(matcher, FOR_EVER);
      if (found != null) {
        return found;
      }
    }
  }

  /** The same with {@code after}: empty if none came in time. Cost: the messages looked at. */
  public static <R> Optional<R> receive(Duration timeout, Function<Object, @Nullable R> matcher) {
    Objects.requireNonNull(matcher, "matcher");
    return Optional.ofNullable(requireProcess().receive(matcher, timeout));
  }

  /** Sends a message later, by the receiver's time source ({@code erlang:send_after/3}). */
  public static Timer sendAfter(Duration delay, Pid<?> to, Object message) {
    Objects.requireNonNull(message, "message");
    return timer(delay, to, timer -> message);
  }

  /**
   * {@link #sendAfter}, but what comes is a {@link TimerFired} that names the timer ({@code
   * erlang:start_timer/3}): a receiver that cancelled one too late can tell its message from the
   * next one's.
   */
  public static Timer startTimer(Duration delay, Pid<?> to, Object message) {
    Objects.requireNonNull(message, "message");
    return timer(delay, to, timer -> new TimerFired(timer, message));
  }

  private static Timer timer(Duration delay, Pid<?> to, Function<Timer, Object> message) {
    Objects.requireNonNull(delay, "delay");
    Timer timer = new Timer(to.core, message);
    ProcessCore.deliver(to.core, new Signal.TimerSignal(timer, delay));
    return timer;
  }

  /**
   * Puts a request whose one answer comes as a message ({@code gen_server:send_request/2}): the
   * reply, or why there is none. Never throws for a missing or dying server.
   */
  public static <T, R> RequestId<R> sendRequest(ServerRef<T> server, Call<T, R> request) {
    return PendingCall.send(server, request);
  }

  // ---- links, monitors, exit signals ----

  /**
   * Links the calling process and another, both ways ({@code link/1}); nothing if they are. To a
   * dead one it brings the exit signal {@code noproc}.
   */
  public static void link(Pid<?> other) {
    ProcessCore self = requireProcess();
    ProcessCore peer = other.core;
    Due due = Due.withRoom();
    synchronized (self) {
      self.requireAlive();
      if (peer == self || self.links.contains(peer)) {
        return;
      }
      Object link = new Object();
      self.links.add(peer, link);
      peer.push(new Signal.LinkSignal(self, link));
    }
    due.settle(peer);
    self.requireAlive();
  }

  /** Removes the link; no exit signal of it arrives after this ({@code unlink/1}). */
  public static void unlink(Pid<?> other) {
    ProcessCore self = requireProcess();
    ProcessCore peer = other.core;
    Due due = Due.withRoom();
    synchronized (self) {
      self.requireAlive();
      for (Object link : self.links.removeAll(peer)) {
        peer.push(new Signal.UnlinkSignal(self, link));
      }
    }
    due.settle(peer);
  }

  /**
   * Watches a process: one {@link Down} message when it ends, at once with {@code noproc} if it has
   * ended ({@code monitor/2}).
   */
  public static MonitorRef monitor(Pid<?> other) {
    Objects.requireNonNull(other, "other");
    ProcessCore self = requireProcess();
    MonitorRef ref = new MonitorRef(self, other);
    Due due = Due.withRoom();
    synchronized (self) {
      self.requireAlive();
      self.monitoring.add(ref);
      other.core.push(new Signal.MonitorSignal(ref));
    }
    due.settle(other.core);
    return ref;
  }

  /** Stops watching; no {@link Down} of it is seen after this ({@code demonitor(_, [flush])}). */
  public static void demonitor(MonitorRef ref) {
    ProcessCore self = requireProcess();
    Due due = Due.withRoom();
    synchronized (self) {
      self.requireAlive();
      if (self.monitoring.remove(ref)) {
        ref.target.core.push(new Signal.DemonitorSignal(ref));
      } else {
        self.flush(message -> message instanceof Down down && down.ref() == ref);
      }
    }
    due.settle(ref.target.core);
  }

  /**
   * Sends an exit signal ({@code exit/2}), outside of processes from one that is dead. Unless
   * trapped it ends the process at once, whatever that is doing: when this returns no look-up finds
   * it and its names can be taken. {@code normal} is ignored by all but the sender itself; {@code
   * kill} cannot be trapped. Never waits.
   */
  public static void exit(Pid<?> to, ExitReason reason) {
    Objects.requireNonNull(reason, "reason");
    ProcessCore self = ProcessCore.current();
    ProcessCore.deliver(to.core, new Signal.ExitSignal(self == null ? NOBODY : self.pid, reason));
  }

  /** Where exit signals of threads that are no process come from: one that is dead. */
  private static final Pid<?> NOBODY = nobody();

  private static Pid<?> nobody() {
    Pid<?> nobody =
        new ProcessCore(new PlainTurns(() -> {}), StartOptions.defaults(), null, false).pid;
    ProcessCore.deliver(nobody.core, new Signal.ExitSignal(nobody, ExitReason.KILL));
    return nobody;
  }

  // ---- an orderly end, from any thread ----

  /**
   * Waits for a process to end, from any thread: until those that are linked to it or watch it have
   * been told. The timeout goes by the time of the calling process, the machine's outside one. An
   * interrupt does not end the wait, and is not lost.
   *
   * @return empty if the time ran out first
   */
  public static Optional<ExitReason> awaitExit(Pid<?> pid, Duration timeout) {
    return Optional.ofNullable(pid.core.awaitEnd(timeout));
  }

  /** {@link #awaitExit(Pid, Duration)}, however long it takes. */
  public static ExitReason awaitExit(Pid<?> pid) {
    Optional<ExitReason> reason = Optional.empty();
    while (reason.isEmpty()) {
      reason = awaitExit(pid, FOR_EVER);
    }
    return reason.get();
  }

  /**
   * Asks a behaviour to end in an orderly way, in line with its messages, and waits until it has
   * ({@code gen_server:stop/3}), as {@link #awaitExit} does.
   *
   * @return the reason it ended with; otherwise empty, and it may still end
   */
  public static Optional<ExitReason> stop(Pid<?> pid, ExitReason reason, Duration timeout) {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(timeout, "timeout");
    ProcessCore.deliver(pid.core, new Signal.StopSignal(reason));
    return awaitExit(pid, timeout);
  }

  /**
   * The {@code stop/3} of every behaviour: {@link #stop}, but what keeps it from ending in time is
   * thrown.
   *
   * @return the reason it ended with
   * @throws CallFailed if there is no such process, it is the calling one, or the time ran out (it
   *     may still end then)
   * @throws IllegalArgumentException if the timeout is below zero; nothing was asked then
   */
  public static ExitReason stopOrThrow(ServerRef<?> server, ExitReason reason, Duration timeout) {
    Objects.requireNonNull(reason, "reason");
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout below zero: " + timeout);
    }
    Pid<?> pid = server.whereis().filter(Pid::isAlive).orElse(null);
    CallFailed.Why why;
    if (pid == null) {
      why = new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS);
    } else if (pid.core == ProcessCore.current()) {
      why = new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF);
    } else {
      Optional<ExitReason> ended = stop(pid, reason, timeout);
      if (ended.isPresent()) {
        return ended.get();
      }
      why = new CallFailed.Timeout(true);
    }
    throw new CallFailed(server, new Event.Stop(reason), timeout, why);
  }

  // ---- names ----

  /**
   * Gives a living process a name ({@code register/2}).
   *
   * @return false if a living process has it, or this one is dead
   */
  public static boolean register(ServerName<?> name, Pid<?> pid) {
    return name.via().register(name.key(), pid);
  }

  /** All local names with a living holder ({@code registered/0}). */
  public static Set<Object> registered() {
    return LocalNames.TABLE.names();
  }

  // ---- what a process has ----

  /**
   * Makes the calling process the owner of a resource (OTP's ports): it is closed when the process
   * dies, on a platform thread, and links and monitors hear of the death when it is closed, or
   * after one second. For a dead process it is closed at once.
   *
   * <p>{@code close} must do all that lets a successor have the same: a server socket, for example,
   * is free again only when the thread inside its {@code accept} has come out too.
   *
   * @return the resource
   * @throws DeadProcess if the calling process has died
   */
  public static <C extends AutoCloseable> C own(C resource) {
    Objects.requireNonNull(resource, "resource");
    ProcessCore self = requireProcess();
    if (!self.own(resource)) {
      Estate.inBackground("otp-close", () -> Estate.close(resource, self));
      throw new DeadProcess(self.pid);
    }
    return resource;
  }

  /** Ends the ownership without closing, for one who has closed it. */
  public static void disown(AutoCloseable resource) {
    requireProcess().disown(resource);
  }

  /**
   * Acquires something in a shared table that the process's death has to release, before any other
   * process hears of the death.
   *
   * @param acquire does not block; false if it could not be had
   * @return whether it was acquired; false too if the holder is dead
   * @throws DeadProcess if the calling process has died
   */
  public static boolean hold(Pid<?> holder, Holding holding, Supplier<Boolean> acquire) {
    Objects.requireNonNull(holding, "holding");
    Signal.HoldSignal signal = new Signal.HoldSignal(holding, acquire);
    ProcessCore.deliver(holder.core, signal);
    return signal.acquired();
  }

  /** Releases a holding before its holder's death; nothing if it is not held. */
  public static void letGo(Pid<?> holder, Holding holding) {
    ProcessCore.deliver(holder.core, new Signal.LetGoSignal(holding));
  }

  /**
   * Gives something that the calling process holds to another one, which may get a message of it:
   * wholly before the caller's death, or not at all.
   *
   * @param step makes it the other's; does not block; what it throws is thrown. If it is empty, or
   *     throws, nothing is done
   */
  public static void handOver(Holding held, Supplier<Optional<Handover>> step) {
    requireProcess().handOver(held, step);
  }

  // ---- seen from outside ----

  /** One process as it is now ({@code process_info/1}); empty if it is dead. */
  public static Optional<ProcessInfo> info(Pid<?> pid) {
    return pid.isAlive() ? Optional.of(pid.core.info()) : Optional.empty();
  }

  /** Whom a process is tied to, at most so many of each; none if it is dead. */
  public static Ties ties(Pid<?> pid, int most) {
    return pid.core.ties(most);
  }

  /**
   * What a supervisor looks after, at most so many children shown; empty if it is none, or dead.
   */
  public static Optional<Supervision> supervision(Pid<?> pid, int most) {
    return pid.isAlive() ? pid.core.turns.supervision(most) : Optional.empty();
  }

  /**
   * Of the processes that one has started and that have messages waiting, those with the most, at
   * most so many. One pass over all living processes, which does not ask nor lock those that have
   * none: some milliseconds where there are 100,000.
   */
  public static List<ProcessInfo> busiest(Pid<?> starter, int most) {
    return Snapshot.busiest(starter.core, most);
  }

  /** How many processes are alive; costs the same however many there are. */
  public static int count() {
    return ProcessCore.LIVE.size();
  }

  /** How many threads still run the code of a process that has died; see {@link #zombies}. */
  public static int zombieCount() {
    return (int) ProcessCore.ZOMBIES.stream().filter(dead -> dead.thread() != null).count();
  }

  /** The living process that prints so: {@code <0.17>}. O(number of processes). */
  public static Optional<Pid<?>> find(String pid) {
    for (ProcessCore process : ProcessCore.LIVE) {
      if (process.pid.toString().equals(pid)) {
        return Optional.of(process.pid);
      }
    }
    return Optional.empty();
  }

  /** The threads that still run the code of a process that has died. */
  public static List<Zombie> zombies() {
    return Snapshot.seenZombies();
  }

  /** Every living process. O(number of processes); adds no load to them. */
  public static Snapshot snapshot() {
    return Snapshot.take();
  }

  private static ProcessCore requireProcess() {
    return ProcessCore.requireCurrent();
  }
}
