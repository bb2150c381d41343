package dev.tend.otp.process;

import dev.tend.otp.jfr.MailboxHighEvent;
import dev.tend.otp.jfr.SpawnEvent;
import dev.tend.otp.report.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
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
 *
 * <p><b>Turns.</b> A behaviour has a thread only while it has something to do: a virtual thread is
 * started when a message finds it idle, and ends when the mailbox is empty. A plain process, and
 * one on a platform thread, keeps its thread and parks. {@code phase} is the hand-over between a
 * process that goes to rest and a sender that finds work for it: whoever changes it from IDLE or
 * PARKED to RUNNING sees to it that the process runs.
 *
 * <p><b>Lingering.</b> Starting or unparking a virtual thread wakes one of the scheduler's idle
 * carriers, which costs far more than the turn itself. So whoever waits, for a message or for a
 * reply, first yields a few times: two processes that talk to each other then take turns on one
 * carrier, and nobody is woken.
 */
final class ProcessCore extends Inbox implements Unsettled {
  static final ScopedValue<ProcessCore> SELF = ScopedValue.newInstance();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  private static final int IDLE = 2;

  /** How often who waits yields before it rests. */
  static final int LINGER = 2;

  private static final VarHandle PHASE;

  static final Set<ProcessCore> LIVE = ConcurrentHashMap.newKeySet();
  static final Set<ProcessCore> ZOMBIES = ConcurrentHashMap.newKeySet();

  static {
    try {
      PHASE = MethodHandles.lookup().findVarHandle(ProcessCore.class, "phase", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Pid<Object> pid;
  final StartOptions options;
  final TimeSource time;
  final boolean linkedToStarter;
  final long began = System.nanoTime();
  final Turns turns;

  /** Until the process has died: a chain of starters is not kept by its last. */
  volatile @Nullable ProcessCore starter;

  volatile @Nullable String label;

  private volatile int phase = RUNNING;

  /** Mostly the next request is of the same class; which one does not matter to correctness. */
  private @Nullable Class<?> lastAccepted;

  private volatile @Nullable ExitReason exitReason;

  // Guarded by this.
  private final Mailbox mailbox = new Mailbox();
  private final ArrayList<Holding> holdings = new ArrayList<>(0);
  private final Few<Timer> timers = new Few<>();
  private final Unanswered unanswered = new Unanswered();
  final Links links = new Links();
  final Few<MonitorRef> watchers = new Few<>();
  final Few<MonitorRef> monitoring = new Few<>();
  private final ArrayList<AutoCloseable> resources = new ArrayList<>(0);
  private boolean trapsExits;
  private boolean announced;
  private boolean ended;
  private final Few<Promise<ExitReason>> awaited = new Few<>();
  private volatile @Nullable Thread thread;
  private volatile boolean handedOver;
  private int ticket;
  private final Idleness idleness = new Idleness();
  private final CastsAhead ahead = new CastsAhead();

  private volatile @Nullable Alarm alarm;

  // Only the process's own thread of the moment.
  @Nullable Duration idle;
  boolean hibernates;

  ProcessCore(
      Turns turns, StartOptions options, @Nullable ProcessCore starter, boolean linkedToStarter) {
    this.pid = new Pid<>(this, NUMBERS.incrementAndGet());
    this.turns = turns;
    this.options = options;
    this.starter = starter;
    this.linkedToStarter = linkedToStarter;
    TimeSource own = options.time();
    this.time = own != null ? own : starter != null ? starter.time : TimeSource.system();
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

  @Nullable ExitReason exitReason() {
    return exitReason;
  }

  /** Whether its parent has died: it then ends, or is in terminate. */
  boolean isOrphan() {
    ProcessCore parent = starter;
    return linkedToStarter && parent != null && parent.exitReason != null;
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
    handedOver = true;
    startThread();
  }

  /** Starts the thread that the process has been handed over to, unless it has begun already. */
  private void startThread() {
    int mine;
    synchronized (this) {
      if (!handedOver) {
        return;
      }
      mine = ++ticket;
    }
    Runnable run = () -> ScopedValue.where(SELF, this).run(() -> runTurns(mine));
    try {
      if (options.platformThread()) {
        Thread.ofPlatform().daemon().name(toString()).start(run);
      } else {
        Thread.ofVirtual().name(turns.keepsThread() ? toString() : "").start(run);
      }
    } catch (Throwable thrown) {
      endWithoutThread(new ExitReason.Crash(thrown));
    }
  }

  /** The JVM has no thread for it: a process that cannot run does not live. */
  private void endWithoutThread(ExitReason reason) {
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

  private void runTurns(int mine) {
    try {
      if (takeThread(mine)) {
        turnOrEnd();
      }
    } catch (DeadProcess gone) {
      // Its death has been dealt with by whoever brought it.
    } finally {
      leaveThread();
      if (exitReason != null) {
        turns.forget();
        ahead.clear();
      }
    }
  }

  /** Whatever goes wrong, no process lives on without a thread to run it. */
  private void turnOrEnd() {
    try {
      turns.run(this);
    } catch (DeadProcess gone) {
      throw gone;
    } catch (Throwable thrown) {
      end(ExitThrown.reasonOf(thrown));
    }
  }

  /** A process that was killed before its thread came to run does not run. */
  private synchronized boolean takeThread(int mine) {
    requireAlive();
    if (!handedOver || mine != ticket) {
      return false;
    }
    handedOver = false;
    thread = Thread.currentThread();
    return true;
  }

  private synchronized void leaveThread() {
    if (thread == Thread.currentThread()) {
      thread = null;
      if (exitReason != null) {
        ZOMBIES.remove(this);
      }
    }
  }

  /** The thread that runs it at the moment, also after its death. */
  @Nullable Thread thread() {
    return thread;
  }

  boolean keepsThread() {
    return options.platformThread() || turns.keepsThread();
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
      thread = null;
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
    Estate estate =
        new Estate(
            this,
            thread,
            List.copyOf(holdings),
            List.copyOf(resources),
            timers.takeAll(),
            unreadAndUnanswered(),
            monitoring.takeAll());
    if (thread != null) {
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

  /** Takes a place in a bounded mailbox, where one is needed. What is sent to the dead fits. */
  private boolean admit(Signal signal) {
    return takePlace(signal, options.mailboxLimit()) || exitReason != null;
  }

  @Override
  void left(Signal signal) {
    freePlace(signal, options.mailboxLimit());
  }

  /**
   * A signal that waits to be looked at has come. If there is no room to wake the process for it,
   * the watch-dog will.
   */
  private void arrived() {
    if (exitReason != null) {
      new Due().settle(this);
    } else if (phase != RUNNING) {
      Room.require();
      wake();
    }
  }

  @Override
  public void settleOnce(Due due) {
    Estate estate;
    boolean ready;
    synchronized (this) {
      estate = absorb(due);
      ready = !mailbox.isEmpty() || idleness.isTimedOut();
    }
    if (estate != null) {
      estate.settle(due);
    } else if (ready) {
      wake();
    }
  }

  /**
   * Lets everything in the inbox act. Holds the lock.
   *
   * @return what it leaves, if it has died of that; to be settled without the lock
   */
  private @Nullable Estate absorb(Due due) {
    Chain chain = takeInbox();
    Estate estate = null;
    if (chain != null && chain.isPlain() && exitReason == null) {
      mailbox.addAll(chain.oldest(), chain.newest(), chain.length());
      taken = null;
    } else if (chain != null) {
      Room.require();
      taken = null;
      estate = absorbEach(chain.oldest(), due);
    }
    tellMark();
    return estate;
  }

  private void tellMark() {
    if (mailbox.passesMark()) {
      MailboxHighEvent.emit(this, turns.kind(), mailbox.size());
    }
  }

  private @Nullable Estate absorbEach(Signal oldest, Due due) {
    Estate estate = null;
    for (Signal signal = oldest; signal != null; ) {
      Signal following = signal.next;
      signal.next = null;
      signal.previous = null;
      if (estate != null) {
        estate.leftOver(signal);
      } else if (exitReason != null) {
        bounce(signal, due);
      } else {
        ExitReason fatal = receive(signal);
        estate = fatal == null ? null : die(fatal);
      }
      signal = following;
    }
    return estate;
  }

  /**
   * What a signal does to a living process. Holds the lock.
   *
   * @return why the process has to die of it, or null
   */
  private @Nullable ExitReason receive(Signal signal) {
    if (signal instanceof Signal.OnArrival) {
      return act(signal);
    }
    if (signal instanceof Signal.AliasMessage message && !message.alias.admit()) {
      left(message);
    } else {
      mailbox.add(signal);
    }
    return null;
  }

  private @Nullable ExitReason act(Signal signal) {
    return switch (signal) {
      case Signal.ExitSignal exit ->
          exit.reason instanceof ExitReason.Kill
              ? ExitReason.KILLED
              : exited(exit.from, exit.reason, exit.from == pid);
      case Signal.LinkExit exit ->
          links.removeAll(exit.from).isEmpty() ? null : exited(exit.from.pid, exit.reason, false);
      case Signal.LinkSignal link -> {
        links.add(link.from, link.link);
        yield null;
      }
      case Signal.UnlinkSignal unlink -> {
        links.remove(unlink.from, unlink.link);
        yield null;
      }
      case Signal.LinkForgotten forgotten -> {
        links.removeAll(forgotten.peer);
        yield null;
      }
      case Signal.MonitorSignal monitor -> {
        watchers.add(monitor.ref);
        yield null;
      }
      case Signal.DemonitorSignal demonitor -> {
        watchers.remove(demonitor.ref);
        yield null;
      }
      case Signal.DownSignal down -> {
        if (monitoring.remove(down.ref)) {
          mailbox.add(new Signal.Message(new Down(down.ref, down.ref.target, down.reason)));
        }
        yield null;
      }
      case Signal.IdleSignal passed -> {
        idleness.passed(passed);
        yield null;
      }
      case Signal.HibernateSignal passed -> {
        if (idleness.passed(passed)) {
          trim();
        }
        yield null;
      }
      case Signal.TimerSignal start -> {
        start.timer.start(start.delay);
        yield null;
      }
      case Signal.HoldSignal hold -> {
        if (hold.acquire()) {
          holdings.add(hold.holding);
        }
        yield null;
      }
      case Signal.HandoverSignal given -> {
        if (given.handover.accept().get()) {
          holdings.add(given.handover.holding());
        }
        Object message = given.handover.message();
        if (message != null) {
          mailbox.add(new Signal.Message(message));
        }
        yield null;
      }
      case Signal.LetGoSignal letGo -> {
        if (holdings.remove(letGo.holding)) {
          Estate.release(letGo.holding, this);
        }
        yield null;
      }
      case Signal.StartTimeout late -> turns.isStarting() ? ExitReason.KILLED : null;
      default -> throw new AssertionError(signal);
    };
  }

  /**
   * The table of exit signals ("Processes", Erlang reference manual), but for {@code exit(Pid,
   * kill)}. The end of a process that ended itself with {@code kill} is one like any other.
   */
  private @Nullable ExitReason exited(Pid<?> from, ExitReason reason, boolean bySelf) {
    if (trapsExits) {
      mailbox.add(new Signal.Message(new Exit(from, reason)));
      return null;
    }
    return reason instanceof ExitReason.Normal && !bySelf ? null : reason;
  }

  /** What a signal does that finds the process dead. Holds the lock. */
  private void bounce(Signal signal, Due due) {
    switch (signal) {
      case PendingCall call -> due.add(call.refuse());
      case Signal.LinkSignal link when announced -> {
        link.from.push(new Signal.LinkExit(this, ExitReason.NO_PROCESS));
        due.add(link.from);
      }
      case Signal.LinkSignal link -> links.add(link.from, link.link);
      case Signal.UnlinkSignal unlink -> links.remove(unlink.from, unlink.link);
      case Signal.MonitorSignal monitor when announced -> {
        monitor.ref.watcher.push(new Signal.DownSignal(monitor.ref, ExitReason.NO_PROCESS));
        due.add(monitor.ref.watcher);
      }
      case Signal.MonitorSignal monitor -> watchers.add(monitor.ref);
      case Signal.DemonitorSignal demonitor -> watchers.remove(demonitor.ref);
      case Signal.HandoverSignal given -> Estate.passOn(given.handover.holding(), this, due);
      default -> {
        // Messages to the dead are lost, in silence, as in OTP.
      }
    }
  }

  /** Signals that were behind the one that killed. */
  void bounceAll(List<Signal> signals, Due due) {
    synchronized (this) {
      signals.forEach(signal -> bounce(signal, due));
    }
  }

  // ---- rest and work ----

  private void wake() {
    int now = phase;
    if (now == PARKED && PHASE.compareAndSet(this, PARKED, RUNNING)) {
      LockSupport.unpark(thread);
    } else if (now == IDLE && PHASE.compareAndSet(this, IDLE, RUNNING)) {
      handedOver = true;
      startThread();
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

  /**
   * The next event for a behaviour; marks a call as begun. If none comes for as long as {@code
   * idle} says, that is an {@link Event.IdleTimeout}; null: for ever.
   *
   * @return null if this thread has nothing more to do; another one then goes on with it
   */
  @Nullable Event nextEvent() {
    Signal next = ahead.poll();
    if (next != null) {
      requireAlive();
      left(next);
      return next.event();
    }
    int yields = options.platformThread() ? 0 : LINGER;
    Due due = new Due();
    while (true) {
      Estate estate = null;
      synchronized (this) {
        requireAlive();
        Signal signal = nextInLine();
        if (signal == null && hasMail()) {
          estate = absorb(due);
          signal = estate == null ? nextInLine() : null;
        }
        if (estate == null) {
          if (signal != null || isTimeUp()) {
            idleness.ends();
            return signal == null ? new Event.IdleTimeout() : signal.event();
          }
          if (yields == 0) {
            rest();
          }
        }
      }
      if (estate != null) {
        estate.settle(due);
        due.settle();
        throw new DeadProcess(pid);
      } else if (yields > 0) {
        yields--;
        linger();
      } else if (hasMail() && PHASE.compareAndSet(this, keepsThread() ? PARKED : IDLE, RUNNING)) {
        reclaimThread();
      } else if (keepsThread()) {
        parkUntilWoken();
      } else {
        return null;
      }
    }
  }

  /** Before it looks into its mailbox for something else. */
  private void giveBackAhead() {
    if (!ahead.isEmpty()) {
      synchronized (this) {
        requireAlive();
        ahead.giveBack(mailbox);
      }
    }
  }

  /** Whether the idle time asked for is over; of no time at all, if nothing is there now. */
  private boolean isTimeUp() {
    return idleness.isTimedOut() || (idle != null && idle.isZero() && !hasMail());
  }

  /** Lets another one go first; only a matter of speed. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void linger() {
    Thread.yield();
  }

  /** Before it waits, as its last callback asked for. Holds the lock. */
  private void rest() {
    if (idleness.begins(this, idle, hibernates)) {
      trim();
    }
    if (keepsThread()) {
      phase = PARKED;
    } else {
      thread = null;
      phase = IDLE;
    }
  }

  /** Gives back what its collections have grown to and need no more. Holds the lock. */
  private void trim() {
    holdings.trimToSize();
    resources.trimToSize();
    timers.trim();
    watchers.trim();
    monitoring.trim();
    links.trim();
  }

  private synchronized void reclaimThread() {
    thread = Thread.currentThread();
  }

  private void parkUntilWoken() {
    while (phase == PARKED && exitReason == null) {
      LockSupport.park(this);
      if (Thread.interrupted() && exitReason != null) {
        break;
      }
    }
    phase = RUNNING;
  }

  /** By which the waits of its own thread of the moment end in time. */
  Alarm alarm() {
    Alarm own = alarm;
    if (own == null) {
      own = new Alarm(SystemTime.INSTANCE);
      alarm = own;
    }
    return own;
  }

  /** At its death. */
  void waitsNoMore() {
    Alarm last = alarm;
    if (last != null) {
      last.cancel();
    }
  }

  /** Takes the next signal out of the mailbox. Holds the lock. */
  private @Nullable Signal nextInLine() {
    Signal signal = turns.next(mailbox);
    while (signal != null && !begin(signal)) {
      signal = turns.next(mailbox);
    }
    if (signal instanceof Signal.CastSignal) {
      ahead.take(mailbox);
    }
    return signal;
  }

  /** Takes note that a signal has left the mailbox; false for a call that has been withdrawn. */
  private boolean begin(Signal signal) {
    left(signal);
    if (signal instanceof PendingCall call) {
      if (!call.begin()) {
        return false;
      }
      unanswered.add(call);
    }
    return true;
  }

  /**
   * Selective receive: the first message that the matcher gives a value for. Others stay, in order.
   *
   * @return null if none came in time
   */
  <R> @Nullable R receive(Function<Object, @Nullable R> matcher, Duration timeout) {
    giveBackAhead();
    long end = time.momentAfter(timeout);
    int yields = options.platformThread() ? 0 : LINGER;
    Signal seen = null;
    int chunk = 1;
    while (true) {
      if (hasMail()) {
        new Due().settle(this);
      }
      List<Signal> fresh;
      synchronized (this) {
        requireAlive();
        fresh = mailbox.after(seen, chunk);
        phase = fresh.isEmpty() && yields == 0 ? PARKED : RUNNING;
      }
      chunk = 64;
      for (Signal signal : fresh) {
        R found = matcher.apply(signal.seen());
        if (found != null) {
          if (take(signal)) {
            return found;
          }
          seen = null;
          break;
        }
        seen = signal;
      }
      if (fresh.isEmpty()) {
        if (end - time.nanoTime() <= 0) {
          phase = RUNNING;
          if (!hasMail()) {
            return null;
          }
          continue;
        }
        if (yields > 0) {
          yields--;
          linger();
        } else if (!hasMail()) {
          Room.require();
          time.parkUntil(end, this, this::hasMail);
          Thread.interrupted();
        }
        phase = RUNNING;
      }
    }
  }

  /**
   * Takes this signal out of the mailbox, unless its matcher has (by {@code demonitor}); false if
   * it is a withdrawn call.
   */
  private synchronized boolean take(Signal signal) {
    requireAlive();
    if (!mailbox.has(signal)) {
      return true;
    }
    mailbox.remove(signal);
    return begin(signal);
  }

  /** A call that no longer waits. */
  synchronized void forget(PendingCall call) {
    unanswered.remove(call);
  }

  /** Gives the answers of a step, all or (if the process has died) none. */
  void answer(Step step) {
    if (!step.hasReplies()) {
      return;
    }
    PendingCall only = step.onlyCall();
    if (only != null) {
      ProcessCore asker = answer(only, step.onlyValue());
      if (asker != null) {
        new Due().settle(asker);
      }
      return;
    }
    Due due = new Due();
    synchronized (this) {
      for (Step.Reply reply : step.replies()) {
        due.add(answer(reply.to(), reply.value()));
      }
    }
    due.settle();
  }

  private synchronized @Nullable ProcessCore answer(PendingCall call, @Nullable Object value) {
    requireAlive();
    unanswered.remove(call);
    return call.answer(value);
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

  /** Removes the messages that a condition holds for. Holds the lock. */
  void flush(Predicate<Object> condition) {
    for (Signal signal : mailbox.after(null, Integer.MAX_VALUE)) {
      if (condition.test(signal.seen())) {
        mailbox.remove(signal);
        left(signal);
      }
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
              : phase == RUNNING
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

  /** About how many messages wait, without its lock. */
  @SuppressWarnings("GuardedBy")
  int waiting() {
    return ahead.size() + mailbox.size() + countInbox();
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
