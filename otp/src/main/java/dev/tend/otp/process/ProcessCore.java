package dev.tend.otp.process;

import dev.tend.otp.jfr.MailboxHighEvent;
import dev.tend.otp.jfr.SpawnEvent;
import dev.tend.otp.report.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of one process.
 *
 * <h2>Implementation note</h2>
 *
 * <p><b>Inbox and lock.</b> All that others do to a process is one {@link Signal} pushed on its
 * lock-free {@link Inbox}. A process pushes under its own lock, having checked that it is alive:
 * that is the moment at which the operation takes effect, so it comes wholly before the process's
 * death or not at all, and no thread ever holds two processes' locks. A message, cast or call is
 * pushed without the lock: whether the sender was alive it says afterwards, and the receiver goes
 * no further without its word (decision record 0110). Whoever pushed a signal that acts on arrival
 * then <em>settles</em> the receiver: takes its lock and moves the inbox into the mailbox, acting
 * on what is no message. Ordinary messages only wake the receiver, which settles itself.
 *
 * <p><b>Death.</b> Under the lock the exit reason is set and an {@link Estate} takes over
 * everything the process held. The rest happens without the lock, see there. Signals that reach a
 * dead process bounce: calls are refused, links and monitors answer {@code noproc}, once the estate
 * is announced; until then (its resources are still closing) they join the estate and hear its news
 * with the rest. Settling one process may make signals for others; those are queued in {@code due}
 * and settled in turn by the same thread, so that a long chain of deaths is a loop and not a
 * recursion.
 */
final class ProcessCore extends Receiver {
  static final ScopedValue<ProcessCore> SELF = ScopedValue.newInstance();
  private static final AtomicLong NUMBERS = new AtomicLong();

  static final Set<ProcessCore> LIVE = ConcurrentHashMap.newKeySet();
  static final Set<ProcessCore> ZOMBIES = ConcurrentHashMap.newKeySet();

  final Pid<Object> pid;
  final boolean linkedToStarter;
  final long began = System.nanoTime();

  /** Until the process has died: a chain of starters is not kept by its last. */
  volatile @Nullable ProcessCore starter;

  volatile @Nullable String label;

  /** Mostly the next request is of the same class; which one does not matter to correctness. */
  private @Nullable Class<?> lastAccepted;

  private volatile @Nullable ExitReason exitReason;

  // Guarded by this.
  final ArrayList<Holding> holdings = new ArrayList<>(0);
  private final Few<Timer> timers = new Few<>();
  final Links links = new Links();
  final Few<MonitorRef> watchers = new Few<>();
  final Few<MonitorRef> monitoring = new Few<>();
  private final ArrayList<AutoCloseable> resources = new ArrayList<>(0);
  boolean trapsExits;
  boolean announced;
  private boolean ended;
  private final Few<Promise<ExitReason>> awaited = new Few<>();

  ProcessCore(
      Turns turns, StartOptions options, @Nullable ProcessCore starter, boolean linkedToStarter) {
    super(turns, options, timeOf(options, starter));
    this.pid = new Pid<>(this, NUMBERS.incrementAndGet());
    this.starter = starter;
    this.linkedToStarter = linkedToStarter;
  }

  private static TimeSource timeOf(StartOptions options, @Nullable ProcessCore starter) {
    TimeSource own = options.time();
    return own != null ? own : starter != null ? starter.time : TimeSource.system();
  }

  // ---- the current process ----

  static @Nullable ProcessCore current() {
    return SELF.isBound() ? SELF.get() : null;
  }

  static ProcessCore requireCurrent() {
    ProcessCore self = current();
    if (self == null) {
      throw new IllegalStateException(
          "only a process can do this; run it in one, for example by Processes.spawn");
    }
    return self;
  }

  @Override
  @Nullable ExitReason exitReason() {
    return exitReason;
  }

  /** Whether its parent has died and it ends of that, or is in terminate: not who outlives it. */
  synchronized boolean isOrphan() {
    ProcessCore parent = starter;
    return linkedToStarter
        && parent != null
        && parent.exitReason != null
        && (trapsExits || links.contains(parent));
  }

  /** For reports: with the names of those that have one. */
  List<String> ancestorsNames() {
    List<String> names = new ArrayList<>();
    for (ProcessCore a = starter; a != null; a = a.starter) {
      names.add(a.toString());
    }
    return names;
  }

  List<Pid<?>> ancestors() {
    List<Pid<?>> ancestors = new ArrayList<>();
    for (ProcessCore a = starter; a != null; a = a.starter) {
      ancestors.add(a.pid);
    }
    return List.copyOf(ancestors);
  }

  @Override
  void requireAlive() {
    if (exitReason != null) {
      throw new DeadProcess(pid);
    }
  }

  void requireOfFamily(Object request) {
    Objects.requireNonNull(request, "request");
    if (request.getClass() == lastAccepted) {
      return;
    }
    Class<?> family = request instanceof Call<?, ?> ? turns.requests() : turns.casts();
    if (!family.isInstance(request)) {
      throw new IllegalArgumentException(
          Text.brief(request) + " is not of the family " + family.getName() + " of " + pid);
    }
    lastAccepted = request.getClass();
  }

  // ---- life ----

  /**
   * Makes the process known and runs it; linked to the current process, or watched by it, where so
   * asked.
   */
  void launch(@Nullable MonitorRef monitor) {
    Room.require();
    WatchDog.start();
    ProcessCore parent = starter;
    if (parent == null) {
      LIVE.add(this);
    } else {
      synchronized (parent) {
        parent.requireAlive();
        if (linkedToStarter) {
          parent.links.add(this, pid);
          links.add(parent, pid);
        }
        if (monitor != null) {
          parent.monitoring.add(monitor);
          watchers.add(monitor);
        }
        LIVE.add(this);
      }
    }
    SpawnEvent.emit(this, turns.kind(), parent);
    handOverToThread();
  }

  /** A process that cannot run does not live. */
  @Override
  void cannotRun(Throwable thrown) {
    ExitReason reason = new ExitReason.Crash(thrown);
    Estate estate;
    synchronized (this) {
      if (exitReason != null) {
        return;
      }
      estate = die(reason);
      leaveOver(estate);
    }
    if (!turns.isStarting()) {
      CrashReport.log(this, reason);
    }
    Due due = new Due();
    estate.settle(due);
    due.settle();
  }

  @Override
  void enter(int ticket) {
    ScopedValue.where(SELF, this).run(() -> runTurns(ticket));
  }

  private void runTurns(int ticket) {
    try {
      if (takeThread(ticket)) {
        turnOrEnd();
      }
    } catch (DeadProcess gone) {
      // Its death has been dealt with by whoever brought it.
    } finally {
      leave();
      inTouchWith = null;
      if (exitReason != null) {
        turns.forget();
        ahead.clear();
      }
    }
  }

  private synchronized void leave() {
    if (leaveThread() && exitReason != null) {
      ZOMBIES.remove(this);
    }
  }

  /**
   * Whatever goes wrong, no process lives on without a thread to run it: what is thrown in a living
   * one is its crash, even if that is the {@link DeadProcess} of another.
   */
  private void turnOrEnd() {
    try {
      turns.run(this);
    } catch (Throwable thrown) {
      end(ExitThrown.reasonOf(thrown));
    }
  }

  /**
   * Ends the process from its own thread; that thread is then no zombie.
   *
   * @throws DeadProcess if it was killed before; then it is one until it has left
   */
  void end(ExitReason reason) {
    Estate estate;
    synchronized (this) {
      requireAlive();
      leaveThread();
      estate = die(reason);
      leaveOver(estate);
    }
    Due due = new Due();
    estate.settle(due);
    due.settle();
    if (isOverflow(reason)) {
      wakeAllWithMail();
    }
  }

  /** The one transition from alive to dead. Holds the lock. */
  private Estate die(ExitReason reason) {
    exitReason = reason;
    Thread zombie = thread();
    Estate estate =
        new Estate(
            this,
            zombie,
            List.copyOf(holdings),
            List.copyOf(resources),
            timers.takeAll(),
            unreadAndUnanswered(),
            monitoring.takeAll());
    if (zombie != null) {
      ZOMBIES.add(this);
    }
    holdings.clear();
    resources.clear();
    return estate;
  }

  private List<Signal> unreadAndUnanswered() {
    List<Signal> all = unanswered.takeAll();
    all.addAll(mailbox.takeAll());
    return all;
  }

  /** What came in before the death, and has not been looked at, has come in time to hear of it. */
  private void leaveOver(Estate estate) {
    Chain chain = takeInbox();
    taken = null;
    for (Signal signal = chain == null ? null : chain.oldest(); signal != null; ) {
      Signal following = signal.next;
      signal.next = null;
      signal.previous = null;
      estate.leftOver(signal);
      signal = following;
    }
  }

  /** From here on links and monitors bounce. Holds the lock. */
  boolean announce() {
    boolean first = !announced;
    announced = true;
    return first;
  }

  /**
   * Waits in any thread, by its process's time, until the links and monitors of this one have been
   * told of its end.
   *
   * @return null if the time ran out first
   * @throws DeadProcess if the waiting process dies
   */
  @Nullable ExitReason awaitEnd(Duration timeout) {
    ProcessCore self = current();
    if (self != null) {
      self.requireAlive();
    }
    Promise<ExitReason> end = new Promise<>();
    if (!isAwaited(end)) {
      return exitReason;
    }
    try {
      return end.await(self, timeout);
    } finally {
      isAwaitedNoMore(end);
    }
  }

  private synchronized boolean isAwaited(Promise<ExitReason> end) {
    return !ended && awaited.add(end);
  }

  private synchronized void isAwaitedNoMore(Promise<ExitReason> end) {
    awaited.remove(end);
  }

  /** The last word on its death, when all others have been told. */
  synchronized void endsFor(ExitReason reason) {
    ended = true;
    awaited.takeAll().forEach(end -> end.complete(reason));
  }

  // ---- signals ----

  /**
   * One signal from the current process, or from a thread outside, to another process.
   *
   * @return false if the mailbox has no place for it
   */
  static boolean deliver(ProcessCore target, Signal signal) {
    return deliver(current(), target, signal);
  }

  /**
   * The same from a process that is known.
   *
   * @param self the current process, if there is one
   */
  static boolean deliver(@Nullable ProcessCore self, ProcessCore target, Signal signal) {
    Due due = signal instanceof Signal.OnArrival ? Due.withRoom() : null;
    if (self == null) {
      if (!target.admit(signal)) {
        return false;
      }
      target.push(signal);
    } else if (due != null) {
      synchronized (self) {
        self.requireAlive();
        target.push(signal);
      }
    } else if (!self.send(target, signal)) {
      return false;
    }
    if (due != null) {
      due.settle(target);
    } else {
      target.arrived();
    }
    if (self != null) {
      self.requireAlive();
    }
    return true;
  }

  /**
   * Puts a signal that waits to be looked at into an inbox, before this process's death or not at
   * all. Instead of a lock there is the sender's word, on which the receiver waits.
   */
  private boolean send(ProcessCore target, Signal signal) {
    requireAlive();
    Room.require();
    if (!target.admit(signal)) {
      return false;
    }
    signal.open();
    target.push(signal);
    signal.decide(exitReason == null);
    return true;
  }

  static void deliverOrThrow(Pid<?> to, Object message, Signal signal) {
    if (!deliver(to.core, signal)) {
      throw new CallFailed(to, message, PendingCall.FULL);
    }
  }

  /**
   * A signal that waits to be looked at has come. If there is no room to wake the process for it,
   * the watch-dog will.
   */
  private void arrived() {
    if (exitReason != null) {
      new Due().settle(this);
    } else if (isResting()) {
      Room.require();
      wake();
    }
  }

  @Override
  @Nullable Estate absorb(Due due) {
    Chain chain = takeInbox();
    Estate estate = null;
    if (chain != null && chain.isPlain() && exitReason == null) {
      mailbox.addAll(chain.oldest(), chain.newest(), chain.length());
      taken = null;
    } else if (chain != null) {
      Room.require();
      taken = null;
      estate = absorbEach(chain.oldest(), chain.newest(), due);
    }
    tellMark();
    return estate;
  }

  private void tellMark() {
    if (mailbox.passesMark()) {
      MailboxHighEvent.emit(this, turns.kind(), mailbox.size());
    }
  }

  /** If one of them cannot act, what is behind it waits on: others have sent that. */
  private @Nullable Estate absorbEach(Signal oldest, Signal newest, Due due) {
    Estate estate = null;
    Signal following = oldest;
    try {
      while (following != null) {
        Signal signal = following;
        following = signal.next;
        signal.next = null;
        signal.previous = null;
        if (estate != null) {
          estate.leftOver(signal);
        } else if (exitReason != null) {
          Arrival.bounce(this, signal, due);
        } else {
          ExitReason fatal = Arrival.receive(this, signal);
          estate = fatal == null ? null : die(fatal);
        }
      }
      return estate;
    } catch (RuntimeException | Error thrown) {
      if (following != null) {
        following.previous = null;
        taken = newest;
      }
      throw thrown;
    }
  }

  /** Signals that were behind the one that killed. */
  void bounceAll(List<Signal> signals, Due due) {
    synchronized (this) {
      signals.forEach(signal -> Arrival.bounce(this, signal, due));
    }
  }

  /**
   * Wakes those that have been sent something by a thread whose stack overflowed before it could
   * wake them. Harmless where nothing was.
   */
  static void wakeAllWithMail() {
    for (ProcessCore process : LIVE) {
      if (process.hasMail()) {
        new Due().settle(process);
      }
    }
  }

  private static boolean isOverflow(ExitReason reason) {
    return reason instanceof ExitReason.Crash(Throwable thrown)
        && (thrown instanceof StackOverflowError
            || thrown.getCause() instanceof StackOverflowError);
  }

  @Override
  void beginIdleness() {
    if (idleness.begins(this, idle, hibernates)) {
      trim();
    }
  }

  /** Gives back what its collections have grown to and need no more. Holds the lock. */
  void trim() {
    holdings.trimToSize();
    resources.trimToSize();
    timers.trim();
    watchers.trim();
    monitoring.trim();
    links.trim();
  }

  // ---- what a process has ----

  /** Lets go of a holding and puts it on its way to another process, in one step. */
  void handOver(Holding held, Supplier<Optional<Handover>> step) {
    Due due = Due.withRoom();
    ProcessCore to = null;
    synchronized (this) {
      requireAlive();
      Handover handover = step.get().orElse(null);
      if (handover != null) {
        holdings.remove(held);
        to = handover.to().core;
        to.push(new Signal.HandoverSignal(handover));
      }
    }
    if (to != null) {
      due.settle(to);
      requireAlive();
    }
  }

  synchronized boolean own(AutoCloseable resource) {
    return exitReason == null && resources.add(resource);
  }

  synchronized boolean disown(AutoCloseable resource) {
    requireAlive();
    return resources.removeIf(owned -> owned == resource);
  }

  synchronized boolean addTimer(Timer timer) {
    return exitReason == null && timers.add(timer);
  }

  synchronized boolean hasTimer(Timer timer) {
    return timers.contains(timer);
  }

  synchronized boolean removeTimer(Timer timer) {
    return timers.remove(timer);
  }

  synchronized boolean trapExits(boolean on) {
    requireAlive();
    boolean before = trapsExits;
    trapsExits = on;
    return before;
  }

  /** What has come before it has come, also where that has not been looked at. */
  boolean unalias(Alias alias) {
    Due.withRoom().settle(this);
    synchronized (this) {
      requireAlive();
      return alias.deactivate();
    }
  }

  ProcessInfo info() {
    synchronized (this) {
      ProcessCore startedBy = starter;
      Watched watched = turns.watched();
      return new ProcessInfo(
          pid,
          options.name(),
          label,
          turns.kind(),
          startedBy == null ? null : startedBy.pid,
          Instant.now().minusNanos(System.nanoTime() - began),
          turns.isStarting()
              ? ProcessInfo.Status.STARTING
              : !isResting()
                  ? ProcessInfo.Status.RUNNING
                  : idleness.isHibernating()
                      ? ProcessInfo.Status.HIBERNATING
                      : ProcessInfo.Status.WAITING,
          watched == null ? null : watched.handlingFor(),
          turns.restarts(),
          waiting(),
          options.mailboxLimit(),
          links.size(),
          monitoring.size(),
          timers.size());
    }
  }

  synchronized Ties ties(int most) {
    return new Ties(
        links.somePeers(most).stream().<Pid<?>>map(peer -> peer.pid).toList(),
        monitoring.some(most).stream().<Pid<?>>map(ref -> ref.target).toList(),
        watchers.some(most).stream().<Pid<?>>map(ref -> ref.watcher.pid).toList());
  }

  @Override
  public String toString() {
    ServerName<?> name = options.name();
    return name == null ? pid.toString() : name + pid.toString();
  }
}
