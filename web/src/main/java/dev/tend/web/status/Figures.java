package dev.tend.web.status;

import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.Supervision;
import dev.tend.todo.Catalog;
import dev.tend.todo.Commits;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.Stored;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The five figures, each with its samples: one each two seconds, of restarts one a minute. Counters
 * are read and nobody is asked, but the catalogue, once in a while, how many lists it has.
 */
public final class Figures {
  static final Duration PACE = Duration.ofSeconds(2);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  final Traffic traffic = new Traffic();
  final Series requests = new Series();
  final Series slowest = new Series();
  final Series restarts = new Series();
  final Series awake = new Series();
  final Series commits = new Series();

  private Traffic.Count answered = traffic.count();
  private Commits.Total committed = Commits.total();
  private long restarted = Story.restarts();
  private long sampled = System.nanoTime();
  private long minute = sampled;
  private boolean counted;
  private volatile double changesEach;
  private volatile OptionalLong stored = OptionalLong.empty();

  /** Where the answered requests are counted. */
  public Traffic traffic() {
    return traffic;
  }

  /** How many lists there are, awake or not, if that is known. */
  public OptionalLong stored() {
    return stored;
  }

  /** How many there have been within the hour, the last ones too. */
  synchronized double restartsOfLate() {
    return restarts.sum() + (Story.restarts() - restarted);
  }

  /** How many changes a commit had, of late. */
  double changesEach() {
    return changesEach;
  }

  /** Takes one sample of each. */
  synchronized void sample() {
    long now = System.nanoTime();
    double seconds = Math.max(now - sampled, 1) / 1e9;
    sampled = now;
    sampleTraffic(seconds);
    sampleCommits(seconds);
    sampleRestarts(now);
    awake.add(lists());
  }

  private void sampleTraffic(double seconds) {
    Traffic.Count now = traffic.count();
    Traffic.Count more = now.since(answered);
    answered = now;
    requests.add(more.requests() / seconds);
    slowest.add(more.within(0.99));
  }

  private void sampleCommits(double seconds) {
    Commits.Total now = Commits.total();
    long more = now.commits() - committed.commits();
    commits.add(more / seconds);
    if (more > 0) {
      changesEach = (double) (now.changes() - committed.changes()) / more;
    }
    committed = now;
  }

  private void sampleRestarts(long now) {
    if (restarts.all().isEmpty() || now - minute >= MINUTE) {
      minute = now;
      restarts.add(0);
      counted = false;
    }
    if (!counted || lists() > stored.orElse(0)) {
      OptionalLong lists = count();
      counted = lists.isPresent();
      stored = counted ? lists : stored;
    }
    restarts.raise((double) (Story.restarts() - restarted));
    restarted = Story.restarts();
  }

  private static OptionalLong count() {
    return Catalog.count() instanceof Stored.Done<Long>(long epoch, Long lists)
        ? OptionalLong.of(lists)
        : OptionalLong.empty();
  }

  /** What the child of a supervisor is called. */
  public static String nameOf(Object child) {
    return Names.of(child);
  }

  /** How many lists are awake. */
  public static int lists() {
    return ServerSupervisor.NAME
        .whereis()
        .flatMap(pid -> Processes.supervision(pid, 0))
        .map(Supervision::children)
        .orElse(0);
  }
}
