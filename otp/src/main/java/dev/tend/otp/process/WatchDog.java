package dev.tend.otp.process;

import dev.tend.otp.jfr.LongHandlerEvent;
import dev.tend.otp.jfr.ZombieEvent;
import dev.tend.otp.report.Report;
import dev.tend.otp.report.Stack;
import dev.tend.otp.report.Text;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds what a JVM cannot prevent: a handler that runs for very long (it may hold its thread, and
 * on a virtual thread one of the few carriers), and a thread that still runs the code of a process
 * that has died. Each is reported once, with its stack, as a warning in the log and as an event in
 * a flight recording; what to do is for people to decide.
 *
 * <p>It also wakes who has been sent something by a thread whose stack then overflowed: within a
 * second or so, if nobody else does before.
 *
 * <p>One daemon thread, from the first process on. It looks a few times within the limit; what it
 * watches does no more for it than count its events.
 */
public final class WatchDog {
  private static final System.Logger.Level LEVEL = System.Logger.Level.WARNING;
  private static final String LIMIT = "dev.tend.otp.watchDog.limit";
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);
  private static final long LOOKS_WITHIN_LIMIT = 4;
  private static final long SHORTEST_PAUSE = 1_000_000;
  private static final long LONGEST_PAUSE = 1_000_000_000;

  private static volatile Duration limit = initialLimit();
  private static final WatchDog ONLY = new WatchDog();

  private final Daemon daemon = new Daemon("otp-watch-dog", this::watch);

  // Only its own thread.
  private final Map<ProcessCore, Long> zombiesSince = new HashMap<>();
  private final Set<ProcessCore> zombiesTold = new HashSet<>();

  private WatchDog() {}

  /** Sees to it that there is one. */
  static void start() {
    ONLY.daemon.begin();
  }

  /**
   * How long a handler, or a dead process's thread, may run before it is reported; zero: for ever.
   * At first it is five seconds, the time that a call waits, or what the system property {@code
   * dev.tend.otp.watchDog.limit} says in the form of {@link Duration#parse}.
   */
  public static Duration limit() {
    return limit;
  }

  /** Sets {@link #limit()}, from now on. */
  public static void setLimit(Duration newLimit) {
    limit = Objects.requireNonNull(newLimit, "limit");
    ONLY.daemon.unpark();
  }

  private static Duration initialLimit() {
    String text = System.getProperty(LIMIT);
    try {
      return text == null ? USUAL_LIMIT : Duration.parse(text);
    } catch (DateTimeParseException e) {
      new Report(LIMIT + " is no duration such as PT5S").with("value", text).log(LEVEL);
      return USUAL_LIMIT;
    }
  }

  private void watch() {
    while (true) {
      long nanos = SystemTime.nanos(limit);
      look(nanos);
      long pause = Math.max(nanos / LOOKS_WITHIN_LIMIT, SHORTEST_PAUSE);
      LockSupport.parkNanos(nanos > 0 ? Math.min(pause, LONGEST_PAUSE) : LONGEST_PAUSE);
    }
  }

  /** Whatever fails at one look, there is a next one. */
  private void look(long nanos) {
    try {
      ProcessCore.wakeAllWithMail();
      if (nanos > 0) {
        ProcessCore.LIVE.forEach(process -> lookAtHandler(process, nanos));
        lookForZombies(nanos);
      }
    } catch (RuntimeException | Error e) {
      Report.log(LEVEL, () -> new Report("the watch-dog stumbled").with("over", e, Stack.of(e)));
    }
  }

  private static void lookAtHandler(ProcessCore process, long nanos) {
    Watched watched = process.turns.watched();
    if (watched != null) {
      watched
          .look(System.nanoTime(), nanos)
          .ifPresent(running -> tellOfHandler(process, watched, running));
    }
  }

  private static void tellOfHandler(ProcessCore process, Watched watched, Duration running) {
    Thread thread = process.thread();
    if (thread == null) {
      return;
    }
    Thread.State state = thread.getState();
    List<String> stack = Stack.of(thread.getStackTrace());
    if (!watched.isStillHandling()) {
      return;
    }
    String kind = process.turns.kind();
    LongHandlerEvent.emit(process, kind, running.toNanos(), state, stack);
    Story.tell(new Happening.Overdue(process.pid, kind, running, false));
    new Report(kind + " " + Text.brief(process) + " handles one event for very long")
        .withAny("label", Optional.ofNullable(process.label))
        .with("for more than", running)
        .with("its thread", describe(state), stack)
        .with("waiting messages", process.info().mailbox())
        .log(LEVEL);
  }

  private void lookForZombies(long nanos) {
    long now = System.nanoTime();
    zombiesSince.keySet().retainAll(ProcessCore.ZOMBIES);
    zombiesTold.retainAll(ProcessCore.ZOMBIES);
    for (ProcessCore zombie : ProcessCore.ZOMBIES) {
      long since = zombiesSince.computeIfAbsent(zombie, first -> now);
      if (now - since >= nanos && zombiesTold.add(zombie)) {
        tellOfZombie(zombie, Duration.ofNanos(now - since));
      }
    }
  }

  private static void tellOfZombie(ProcessCore zombie, Duration running) {
    Thread thread = zombie.thread();
    if (thread == null) {
      return;
    }
    Thread.State state = thread.getState();
    List<String> stack = Stack.of(thread.getStackTrace());
    String kind = zombie.turns.kind();
    ZombieEvent.emit(zombie, kind, state, stack);
    Story.tell(new Happening.Overdue(zombie.pid, kind, running, true));
    new Report(kind + " " + Text.brief(zombie) + " is dead, and its thread still runs its code")
        .with("for more than", running)
        .with("reason of its death", zombie.exitReason())
        .with("its thread", describe(state), stack)
        .log(LEVEL);
  }

  private static String describe(Thread.State state) {
    return state == Thread.State.RUNNABLE
        ? "runs, and nothing else can on it (RUNNABLE)"
        : "waits (" + state + ")";
  }
}
