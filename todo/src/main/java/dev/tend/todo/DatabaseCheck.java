package dev.tend.todo;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the store's files looked at for damage, one after the other and without haste, beside those
 * who work on them. What is found is closed for use. A file that is closed is looked at again and
 * again, so that one that was replaced, or that was only misread, is used again. It starts before
 * the others, who look into its tables; a look may take minutes, so each is a process linked to it,
 * on a platform thread.
 */
final class DatabaseCheck extends GenServer<DatabaseCheck.State, DatabaseCheck.Look, NoCasts> {
  static final ServerName<DatabaseCheck> NAME = ServerName.local("todo_database_check");

  /** From the start on: what matters at a start comes first. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration FIRST_AGAIN = Duration.ofSeconds(30);
  private static final Duration LAST_AGAIN = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger(DatabaseCheck.class.getName());

  private final ListStore store;
  private final Duration pause;

  /** Looks at a file at once; answered with what is wrong with it. */
  record Look(int file) implements Call<DatabaseCheck, Optional<String>> {}

  /** What it does by itself: look at a file, then at the one after it; or at the damaged ones. */
  private sealed interface Step {
    record Next(int file) implements Step {}

    record Done(int file) implements Step {}

    record Again() implements Step {}

    record DoneAgain() implements Step {}
  }

  /**
   * What it remembers.
   *
   * @param again after how long the damaged files are looked at again
   */
  record State(Duration again) {}

  private DatabaseCheck(ListStore store, Duration pause) {
    this.store = store;
    this.pause = pause;
  }

  /**
   * Starts it.
   *
   * @param pause between looking through all files and doing so again
   */
  static StartResult<DatabaseCheck> startLink(ListStore store, Duration pause) {
    return GenServer.startLink(new DatabaseCheck(store, pause), StartOptions.named(NAME));
  }

  @Override
  protected Init<State> init() {
    Damage.makeTable();
    Shut.makeTable();
    in(pause.compareTo(FIRST) < 0 ? pause : FIRST, new Step.Next(Damage.CATALOG));
    in(FIRST_AGAIN, new Step.Again());
    return Init.ok(new State(FIRST_AGAIN));
  }

  @Override
  protected Handled<State> handleCall(Look look, Caller caller, State state) {
    ReplyTo<Optional<String>> to = caller.to(look);
    inItsOwnTime(() -> {
      lookAt(look.file());
      to.reply(Damage.of(look.file()));
    });
    return noReply(state);
  }

  @Override
  protected Handled<State> handleInfo(Object message, State state) {
    return switch (message) {
      case Step.Next(int file) -> {
        inItsOwnTime(() -> lookAt(file), new Step.Done(file));
        yield noReply(state);
      }
      case Step.Done(int file) -> {
        boolean last = file == store.shards();
        in(last ? pause : Duration.ZERO, new Step.Next(last ? Damage.CATALOG : file + 1));
        yield noReply(state);
      }
      case Step.Again _ -> {
        inItsOwnTime(
            () -> Damage.all().forEach(found -> lookAt(found.file())), new Step.DoneAgain());
        yield noReply(state);
      }
      case Step.DoneAgain _ -> {
        Duration doubled = state.again().multipliedBy(2);
        Duration next = doubled.compareTo(LAST_AGAIN) < 0 ? doubled : LAST_AGAIN;
        State later = new State(Damage.all().isEmpty() ? FIRST_AGAIN : next);
        in(later.again(), new Step.Again());
        yield noReply(later);
      }
      default -> noReply(state);
    };
  }

  private static void inItsOwnTime(Runnable look) {
    Processes.spawnLink(StartOptions.defaults().onPlatformThread(), look);
  }

  private static void inItsOwnTime(Runnable look, Step then) {
    Pid<?> me = Processes.self();
    inItsOwnTime(() -> {
      look.run();
      Processes.send(me, then);
    });
  }

  private static void in(Duration delay, Step step) {
    Processes.sendAfter(delay, Processes.self(), step);
  }

  private void lookAt(int file) {
    Optional<Damage.Found> before =
        Damage.all().stream().filter(found -> found.file() == file).findFirst();
    try {
      Optional<String> damage =
          file == Damage.CATALOG ? store.catalogDamage() : store.shardDamage(file);
      damage.ifPresentOrElse(
          reason -> Damage.found(file, reason), () -> before.ifPresent(Damage::disproved));
    } catch (StoreException e) {
      LOG.log(Level.DEBUG, "not checked now", e);
    }
  }
}
