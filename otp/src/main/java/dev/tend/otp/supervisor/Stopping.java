package dev.tend.otp.supervisor;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stops children from their supervisor's process: monitor, signal, wait, and kill what does not
 * heed. A child that has unlinked itself, or dies of its own accord meanwhile, changes nothing.
 * When it returns no child of them lives and no EXIT or DOWN of them is left in the mailbox.
 */
final class Stopping {
  private final Map<MonitorRef, Child> pending = new HashMap<>();
  private final Set<Pid<?>> pids = new HashSet<>();
  private final Map<Pid<?>, ExitReason> exits = new HashMap<>();

  private Stopping() {}

  static void one(Child child) {
    allAtOnce(List.of(child));
  }

  /** Signals all, then waits for all: as long as the slowest takes, not the sum. */
  static void allAtOnce(Collection<Child> children) {
    Stopping stopping = new Stopping();
    for (Child child : children) {
      Pid<?> pid = child.pid;
      child.restarting = false;
      if (pid != null) {
        stopping.pending.put(Processes.monitor(pid), child);
        stopping.pids.add(pid);
        Processes.exit(pid, child.spec.shutdown().signal());
      }
    }
    stopping.await();
  }

  private void await() {
    long start = Processes.time().nanoTime();
    Set<Child> toKill = new HashSet<>();
    for (Child child : pending.values()) {
      if (child.spec.shutdown() instanceof Shutdown.Within) {
        toKill.add(child);
      }
    }
    while (!pending.isEmpty()) {
      toKill.retainAll(Set.copyOf(pending.values()));
      takeUntil(earliest(toKill).map(patience -> start + nanos(patience)).orElse(Long.MAX_VALUE));
      long passed = Processes.time().nanoTime() - start;
      for (Child child : pending.values()) {
        if (nanos(child.spec.shutdown().patience()) <= passed && toKill.remove(child)) {
          kill(child);
        }
      }
    }
  }

  private static Optional<Duration> earliest(Set<Child> children) {
    return children.stream()
        .map(child -> child.spec.shutdown().patience())
        .min(Duration::compareTo);
  }

  /** A duration, but never so long that a moment so far away could not be said. */
  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(36_500)) > 0
        ? Long.MAX_VALUE / 2
        : duration.toNanos();
  }

  private static void kill(Child child) {
    Pid<?> pid = child.pid;
    if (pid != null) {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  private void takeUntil(long moment) {
    while (!pending.isEmpty() && takeOne(moment)) {
      // One less.
    }
  }

  private boolean takeOne(long until) {
    Duration left =
        until == Long.MAX_VALUE
            ? Duration.ofSeconds(Long.MAX_VALUE)
            : Duration.ofNanos(Math.max(0, until - Processes.time().nanoTime()));
    Optional<Object> news = Processes.receive(left, this::newsOf);
    news.ifPresent(this::note);
    return news.isPresent();
  }

  private @Nullable Object newsOf(Object message) {
    return switch (message) {
      case Down down when pending.containsKey(down.ref()) -> down;
      case Exit exit when pids.contains(exit.from()) -> exit;
      default -> null;
    };
  }

  private void note(Object news) {
    switch (news) {
      // EXIT comes before DOWN and tells the true reason.
      case Exit exit -> exits.put(exit.from(), exit.reason());
      case Down down -> {
        Child child = pending.remove(down.ref());
        if (child != null) {
          Processes.unlink(down.pid());
          child.pid = null;
          Reports.stopped(child, down.pid(), exits.getOrDefault(down.pid(), down.reason()));
        }
      }
      default -> throw new AssertionError(news);
    }
  }
}
