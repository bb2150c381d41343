package dev.tend.otp.process;

import dev.tend.otp.jfr.MailboxHighEvent;
import dev.tend.otp.jfr.SpawnEvent;
import dev.tend.otp.report.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
 * <p><b>Inbox and lock.</b> All that others do to a process is one {@link Signal} pushed on a
 * lock-free stack, its inbox. A process pushes under its own lock, having checked that it is alive:
 * that is the moment at which the operation takes effect, so it comes wholly before the process's
 * death or not at all, and no thread ever holds two processes' locks. Whoever pushed a signal that
 * acts on arrival then <em>settles</em> the receiver: takes its lock and moves the inbox into the
 * mailbox, acting on what is no message. Ordinary messages only wake the receiver, which settles
 * itself.
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
final class ProcessCore {
  static final ScopedValue<ProcessCore> SELF = ScopedValue.newInstance();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  private static final int IDLE = 2;

  /** With so many unanswered calls it looks for those whose callers are dead. */
  private static final int FIRST_SWEEP = 64;

  /** How often who waits yields before it rests. */
  static final int LINGER = 2;

  private static final VarHandle INBOX;
  private static final VarHandle PHASE;
  private static final VarHandle PLACES_TAKEN;

  static final Set<ProcessCore> LIVE = ConcurrentHashMap.newKeySet();
  static final Set<ProcessCore> ZOMBIES = ConcurrentHashMap.newKeySet();

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INBOX = lookup.findVarHandle(ProcessCore.class, "inbox", Signal.class);
      PHASE = lookup.findVarHandle(ProcessCore.class, "phase", int.class);
      PLACES_TAKEN = lookup.findVarHandle(ProcessCore.class, "placesTaken", int.class);
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

  private volatile @Nullable Signal inbox;
  private volatile int phase = RUNNING;
  private volatile int placesTaken;

  /** Mostly the next request is of the same class; which one does not matter to correctness. */
  private @Nullable Class<?> lastAccepted;

  private volatile @Nullable ExitReason exitReason;

  // Guarded by this.
  private final Mailbox mailbox = new Mailbox();
  private final ArrayList<Holding> holdings = new ArrayList<>(0);
  private Set<Timer> timers = new HashSet<>(0);
  private final Mailbox unanswered = new Mailbox();
  private int sweepAt = FIRST_SWEEP;
  final Links links = new Links();
  Set<MonitorRef> watchers = new HashSet<>(0);
  Set<MonitorRef> monitoring = new HashSet<>(0);
  private final ArrayList<AutoCloseable> resources = new ArrayList<>(0);
  private boolean trapsExits;
  private boolean announced;
  private volatile @Nullable Thread thread;
  private volatile boolean handedOver;
  private int ticket;
  private @Nullable Timer idleTimer;
  private boolean idleFired;
  private boolean hibernating;

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
    if (options.platformThread()) {
      Thread.ofPlatform().daemon().name(toString()).start(run);
    } else {
      Thread.ofVirtual().name(turns.keepsThread() ? toString() : "").start(run);
    }
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
      leaveOver(takeInbox(), estate);
    }
    Due due = new Due();
    estate.settle(due);
    due.settle();
    if (isOverflow(reason)) {
      rescueOthers();
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
            List.copyOf(timers),
            unreadAndUnanswered(),
            List.copyOf(monitoring));
    if (thread != null) {
      ZOMBIES.add(this);
    }
    holdings.clear();
    resources.clear();
    timers.clear();
    monitoring.clear();
    return estate;
  }

  private List<Signal> unreadAndUnanswered() {
    List<Signal> all = new ArrayList<>(unanswered.takeAll());
    all.addAll(mailbox.takeAll());
    return all;
  }

  /** What came in before the death, and has not been looked at, has come in time to hear of it. */
  private static void leaveOver(@Nullable Signal first, Estate estate) {
    for (Signal signal = first; signal != null; ) {
      Signal following = signal.next;
      signal.next = null;
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

  // ---- signals ----

  /** Puts a signal on the inbox. Takes no lock, blocks never. */
  void push(Signal signal) {
    Signal head;
    do {
      head = inbox;
      signal.next = head;
    } while (!INBOX.compareAndSet(this, head, signal));
  }

  /**
   * One signal from the current process, or from a thread outside, to another process.
   *
   * @return false if the mailbox has no place for it
   */
  static boolean deliver(ProcessCore target, Signal signal) {
    ProcessCore self = current();
    if (self == null) {
      if (!target.admit(signal)) {
        return false;
      }
      target.push(signal);
    } else {
      synchronized (self) {
        self.requireAlive();
        if (!target.admit(signal)) {
          return false;
        }
        target.push(signal);
      }
    }
    target.arrived(signal);
    if (self != null) {
      self.requireAlive();
    }
    return true;
  }

  static void deliverOrThrow(Pid<?> to, Object message, Signal signal) {
    if (!deliver(to.core, signal)) {
      throw new CallFailed(to, message, PendingCall.FULL);
    }
  }

  /** Takes a place in a bounded mailbox, where one is needed. What is sent to the dead fits. */
  private boolean admit(Signal signal) {
    int limit = options.mailboxLimit();
    if (limit == StartOptions.UNBOUNDED || !signal.takesPlace()) {
      return true;
    }
    int taken;
    do {
      taken = placesTaken;
      if (taken >= limit) {
        return exitReason != null;
      }
    } while (!PLACES_TAKEN.compareAndSet(this, taken, taken + 1));
    return true;
  }

  /** A signal has left the mailbox. */
  private void left(Signal signal) {
    if (options.mailboxLimit() != StartOptions.UNBOUNDED && signal.takesPlace()) {
      PLACES_TAKEN.getAndAdd(this, -1);
    }
  }

  void arrived(Signal signal) {
    if (signal instanceof Signal.OnArrival || exitReason != null) {
      settle(this);
    } else {
      wake();
    }
  }

  /** Lets everything in a process's inbox act, and all that follows from it in others. */
  static void settle(ProcessCore first) {
    Due due = new Due();
    first.settleOnce(due);
    due.settle();
  }

  void settleOnce(Due due) {
    Estate estate = null;
    boolean ready;
    int high;
    synchronized (this) {
      for (Signal signal = takeInbox(); signal != null; ) {
        Signal following = signal.next;
        signal.next = null;
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
      ready = !mailbox.isEmpty() || idleFired;
      high = mailbox.passesMark() ? mailbox.size() : 0;
    }
    if (high > 0) {
      MailboxHighEvent.emit(this, turns.kind(), high);
    }
    if (estate != null) {
      estate.settle(due);
    } else if (ready) {
      wake();
    }
  }

  /** The inbox's signals, oldest first, linked by {@code next}. */
  private @Nullable Signal takeInbox() {
    Signal newest = (Signal) INBOX.getAndSet(this, null);
    Signal oldest = null;
    while (newest != null) {
      Signal before = newest.next;
      newest.next = oldest;
      oldest = newest;
      newest = before;
    }
    return oldest;
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
        idleFired |= idleTimer != null && passed == idleTimer.signal;
        yield null;
      }
      case Signal.HibernateSignal passed -> {
        if (idleTimer != null && passed == idleTimer.signal) {
          hibernate();
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
        mailbox.add(new Signal.Message(given.handover.message()));
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
   * Sets going again what a stack overflow may have interrupted between two steps that belong
   * together: a message pushed and nobody woken, a process taken out of its rest and no thread
   * started. Harmless where nothing was: a thread that is on its way after all finds its ticket out
   * of date, and one that is parked looks and parks again.
   */
  private static void rescueOthers() {
    for (ProcessCore process : LIVE) {
      process.startThread();
      if (process.inbox != null) {
        settle(process);
      }
      LockSupport.unpark(process.thread);
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
    Event settled = nextSettled();
    return settled == null ? await() : settled;
  }

  /** One look into the inbox serves all that it held. */
  private synchronized @Nullable Event nextSettled() {
    requireAlive();
    Signal signal = nextInLine();
    return signal == null ? null : eventOf(signal);
  }

  private Event eventOf(@Nullable Signal signal) {
    stopIdleTimer();
    hibernating = false;
    return signal == null ? new Event.IdleTimeout() : signal.event();
  }

  private @Nullable Event await() {
    int yields = options.platformThread() ? 0 : LINGER;
    while (true) {
      if (inbox != null) {
        settle(this);
      }
      synchronized (this) {
        requireAlive();
        Signal signal = nextInLine();
        if (signal != null || idleFired || (idle != null && idle.isZero() && inbox == null)) {
          return eventOf(signal);
        }
        if (yields == 0) {
          rest();
          if (!keepsThread()) {
            thread = null;
          }
          phase = keepsThread() ? PARKED : IDLE;
        }
      }
      if (yields > 0) {
        yields--;
        linger();
      } else if (inbox != null
          && PHASE.compareAndSet(this, keepsThread() ? PARKED : IDLE, RUNNING)) {
        reclaimThread();
      } else if (keepsThread()) {
        parkUntilWoken();
      } else {
        return null;
      }
    }
  }

  /** Lets another one go first; only a matter of speed. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void linger() {
    Thread.yield();
  }

  /** Before it waits, as its last callback asked for. Holds the lock. */
  private void rest() {
    Duration after = options.hibernateAfter();
    if (hibernates) {
      hibernate();
    } else if (idle != null && !idle.isZero()) {
      startIdleTimer(idle, new Signal.IdleSignal());
    } else if (idle == null && after != null && !hibernating) {
      startIdleTimer(after, new Signal.HibernateSignal());
    }
  }

  private void startIdleTimer(Duration duration, Signal passed) {
    if (idleTimer == null) {
      idleTimer = new Timer(this, passed);
      idleTimer.start(duration);
    }
  }

  /** Gives back what its collections have grown to and need no more. Holds the lock. */
  private void hibernate() {
    hibernating = true;
    idleTimer = null;
    holdings.trimToSize();
    resources.trimToSize();
    timers = new HashSet<>(timers);
    watchers = new HashSet<>(watchers);
    monitoring = new HashSet<>(monitoring);
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

  private void stopIdleTimer() {
    idleFired = false;
    if (idleTimer != null) {
      idleTimer.cancel();
      idleTimer = null;
    }
  }

  /** Takes the next signal out of the mailbox. Holds the lock. */
  private @Nullable Signal nextInLine() {
    Signal signal = turns.next(mailbox);
    while (signal != null && !begin(signal)) {
      signal = turns.next(mailbox);
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
      call.isUnanswered = true;
      unanswered.add(call);
      if (unanswered.size() >= sweepAt) {
        sweepUnanswered();
      }
    }
    return true;
  }

  /** A server that hears of its caller's death may never answer: such calls must not gather. */
  private void sweepUnanswered() {
    for (Signal signal : unanswered.after(null, Integer.MAX_VALUE)) {
      if (signal instanceof PendingCall call && call.hasDeadClient()) {
        settled(call);
      }
    }
    sweepAt = Math.max(FIRST_SWEEP, 2 * unanswered.size());
  }

  /**
   * Selective receive: the first message that the matcher gives a value for. Others stay, in order.
   *
   * @return null if none came in time
   */
  <R> @Nullable R receive(Function<Object, @Nullable R> matcher, Duration timeout) {
    long end = time.momentAfter(timeout);
    int yields = options.platformThread() ? 0 : LINGER;
    Signal seen = null;
    int chunk = 1;
    while (true) {
      if (inbox != null) {
        settle(this);
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
          if (inbox == null) {
            return null;
          }
          continue;
        }
        if (yields > 0) {
          yields--;
          linger();
        } else if (inbox == null) {
          time.parkUntil(end, this, () -> inbox != null);
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
    settled(call);
  }

  private void settled(PendingCall call) {
    if (call.isUnanswered) {
      call.isUnanswered = false;
      unanswered.remove(call);
    }
  }

  /** Gives the answers of a step, all or (if the process has died) none. */
  void answer(Step step) {
    List<Step.Reply> replies = step.inOrder();
    if (replies.isEmpty()) {
      return;
    }
    Due due = new Due();
    synchronized (this) {
      requireAlive();
      for (Step.Reply reply : replies) {
        due.add(reply.to().reply(reply.value()));
        settled(reply.to());
      }
    }
    due.settle();
  }

  // ---- what a process has ----

  /** Lets go of a holding and puts it on its way to another process, in one step. */
  void handOver(Holding held, Supplier<Optional<Handover>> step) {
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
      settle(to);
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
    settle(this);
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
      int waiting = mailbox.size();
      for (Signal signal = inbox; signal != null; signal = signal.next) {
        waiting++;
      }
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
                  : hibernating ? ProcessInfo.Status.HIBERNATING : ProcessInfo.Status.WAITING,
          watched == null ? null : watched.handlingFor(),
          turns.restarts(),
          waiting,
          links.size(),
          monitoring.size(),
          timers.size());
    }
  }

  @Override
  public String toString() {
    ServerName<?> name = options.name();
    return name == null ? pid.toString() : name + pid.toString();
  }
}
