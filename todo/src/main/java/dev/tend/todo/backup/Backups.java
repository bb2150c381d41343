package dev.tend.todo.backup;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes backups, one at a time, when it is asked to or when its schedule says so. The work is done
 * by a process of its own on a platform thread, linked to this one.
 */
public final class Backups extends GenServer<Backups.State, Backups.Request<?>, NoCasts> {
  public static final ServerName<Backups> NAME = ServerName.local("backups");
  private static final System.Logger LOG = System.getLogger(Backups.class.getName());
  private static final String SCHEDULED = "the schedule";

  private final Plan plan;

  /**
   * What it works by.
   *
   * @param schedule empty: it makes one only when it is asked to
   * @param look how often it looks whether one is due
   */
  public record Plan(
      BackupPlace place, Optional<BackupSchedule> schedule, InstantSource clock, Duration look) {

    public static Plan of(BackupPlace place, Optional<BackupSchedule> schedule) {
      return new Plan(place, schedule, InstantSource.system(), Duration.ofSeconds(30));
    }
  }

  /** What it is asked. */
  public sealed interface Request<R> extends Call<Backups, R> {}

  record Make(String key) implements Request<BackupRun> {}

  record Latest() implements Request<Optional<BackupRun>> {}

  private enum Look {
    NOW
  }

  /** A run as its process shows it. */
  private static final class Gauge {
    volatile long done;
    volatile long total;
  }

  private record Current(String key, Pid<?> by, Gauge gauge) {}

  /**
   * What it holds.
   *
   * @param current the run that goes on, or null
   * @param last the run before, or null
   */
  record State(@Nullable Current current, @Nullable BackupRun last, @Nullable Instant failed) {}

  private Backups(Plan plan) {
    this.plan = plan;
  }

  /** A permanent child under {@link #NAME}. */
  public static ChildSpec child(Plan plan) {
    return ChildSpec.worker("Backups", () -> startLink(plan));
  }

  private static StartResult<Backups> startLink(Plan plan) {
    return GenServer.startLink(new Backups(plan), StartOptions.named(NAME).onPlatformThread());
  }

  // ---- in the client ----

  /**
   * Begins a backup, or joins the one that goes on.
   *
   * @param key the same as that of the last run: nothing new is begun
   */
  public static BackupRun make(String key) {
    return NAME.call(new Make(key));
  }

  /** The run that goes on, or else the last one since the process began. */
  public static Optional<BackupRun> latest() {
    return NAME.call(new Latest());
  }

  // ---- in the process ----

  @Override
  protected Init<State> init() {
    Processes.trapExit(true);
    plan.schedule().ifPresent(_ -> lookLater());
    return Init.ok(new State(null, null, null));
  }

  private void lookLater() {
    Processes.sendAfter(plan.look(), Processes.self(), Look.NOW);
  }

  @Override
  protected Handled<State> handleCall(Request<?> request, Caller caller, State state) {
    return switch (request) {
      case Latest latest -> reply(latest, caller, run(state), state);
      case Make make -> {
        Optional<BackupRun> before = run(state);
        boolean goesOn = state.current() != null;
        boolean known = before.filter(run -> run.key().equals(make.key())).isPresent();
        State next = goesOn || known ? state : begun(make.key(), false, state);
        yield reply(make, caller, run(next).orElseThrow(), next);
      }
    };
  }

  private static Optional<BackupRun> run(State state) {
    Current current = state.current();
    return current == null
        ? Optional.ofNullable(state.last())
        : Optional.of(
            new BackupRun.Running(current.key(), current.gauge().done, current.gauge().total));
  }

  @Override
  protected Handled<State> handleInfo(Object message, State state) {
    return switch (message) {
      case Look.NOW -> {
        lookLater();
        yield noReply(
            state.current() == null && isDue(state) ? begun(SCHEDULED, true, state) : state);
      }
      case BackupRun.Finished finished when isCurrent(finished.key(), state) ->
          noReply(new State(null, finished, null));
      case BackupRun.Failed failed when isCurrent(failed.key(), state) ->
          noReply(failed(failed.key(), failed.reason()));
      case Exit(Pid<?> from, ExitReason reason) -> exited(from, reason, state);
      default -> noReply(state);
    };
  }

  private static boolean isCurrent(String key, State state) {
    Current current = state.current();
    return current != null && current.key().equals(key);
  }

  /** Of a run that said nothing before it ended, or of our supervisor. */
  private Handled<State> exited(Pid<?> from, ExitReason reason, State state) {
    Current current = state.current();
    if (current != null && current.by().equals(from)) {
      return noReply(failed(current.key(), "The backup was ended: " + reason + "."));
    }
    return noReply(state);
  }

  private State failed(String key, String reason) {
    LOG.log(Level.WARNING, reason);
    return new State(null, new BackupRun.Failed(key, reason), plan.clock().instant());
  }

  private State begun(String key, boolean scheduled, State state) {
    Pid<?> self = Processes.self();
    Gauge gauge = new Gauge();
    Pid<?> by =
        Processes.spawnLink(
            StartOptions.defaults().onPlatformThread(),
            () -> Processes.send(self, made(key, scheduled, gauge)));
    return new State(new Current(key, by, gauge), state.last(), null);
  }

  private BackupRun made(String key, boolean scheduled, Gauge gauge) {
    try {
      BackupPlace.Made made =
          plan.place()
              .make(
                  plan.clock().instant(),
                  scheduled,
                  (done, total) -> {
                    gauge.done = done;
                    gauge.total = total;
                  });
      if (scheduled) {
        keep(plan.schedule().orElseThrow().keep(), made.made());
      }
      return new BackupRun.Finished(key, made);
    } catch (BackupFailed failed) {
      return new BackupRun.Failed(key, failed.getMessage());
    }
  }

  /** That old ones could not be deleted makes the new one no worse. */
  private void keep(int newest, Instant now) {
    try {
      plan.place().keep(newest, now);
    } catch (BackupFailed failed) {
      LOG.log(Level.WARNING, failed.getMessage());
    }
  }

  /** By those there are, whoever made them; after a failure not before a tenth of the time. */
  private boolean isDue(State state) {
    Duration every = plan.schedule().orElseThrow().every();
    Instant now = plan.clock().instant();
    Instant failed = state.failed();
    if (failed != null && isWithin(failed, every.dividedBy(10), now)) {
      return false;
    }
    try {
      return plan.place().finished().stream().noneMatch(it -> isWithin(it.made(), every, now));
    } catch (BackupFailed unreadable) {
      LOG.log(Level.WARNING, unreadable.getMessage());
      return false;
    }
  }

  /** A moment that is still to come, as after a clock was put back, does not hold it up. */
  private static boolean isWithin(Instant begin, Duration time, Instant now) {
    return !now.isBefore(begin) && now.isBefore(begin.plus(time));
  }
}
