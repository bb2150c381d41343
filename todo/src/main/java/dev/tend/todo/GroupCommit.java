package dev.tend.todo;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.ServerRef;
import dev.tend.todo.journal.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * A process that writes to one file of the store: it gathers what its mailbox holds and commits it
 * in one transaction. What could not be opened or written is an answer; the process lives on and
 * tries again.
 *
 * @param <F> the open file, this process's own
 * @param <W> what clients want written
 * @param <A> what became of it
 * @param <Q> the requests of the subclass
 */
abstract class GroupCommit<F extends AutoCloseable, W, A, Q extends Call<?, ?>>
    extends GenServer<GroupCommit.State<F, W, A>, Q, NoCasts> {
  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int BATCH = 1_024;
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final CommitTimes times;

  private enum Open {
    NOW
  }

  /**
   * @param store how its file is called in measurements
   */
  GroupCommit(String store) {
    times = new CommitTimes(store);
  }

  /** A wish and who waits for it. */
  record Waiting<W, A>(W wish, ReplyTo<Stored<A>> to) {}

  /**
   * What it holds.
   *
   * @param file open, or null
   * @param shut why it is not open, where it is not
   * @param retry when it is tried again
   */
  record State<F, W, A>(
      @Nullable F file, Hindrance shut, Duration retry, PVector<Waiting<W, A>> batch) {

    State<F, W, A> with(PVector<Waiting<W, A>> newBatch) {
      return new State<>(file, shut, retry, newBatch);
    }
  }

  /** A read of the open file. */
  interface Read<F, V> {
    V of(F file) throws StoreException;
  }

  /** By which {@link Damage} knows the file. */
  protected abstract int file();

  /** Opens the file with a new epoch. */
  protected abstract F open() throws StoreException;

  protected abstract long epochOf(F file);

  /** Writes in one transaction, durably: one answer for each wish. */
  protected abstract List<A> commit(F file, List<W> wishes) throws StoreException;

  /** How many changes of what exists these answers tell of. */
  protected abstract int changes(List<W> wishes, List<A> answers);

  /** Called after a commit and before anyone hears of it. */
  protected void committed(List<A> answers) {}

  // ---- callbacks ----

  @Override
  protected Init<State<F, W, A>> init() {
    return Init.ok(this.shut(Hindrance.OPENING, FIRST_RETRY)).continueWith(Open.NOW);
  }

  @Override
  protected Handled<State<F, W, A>> handleContinue(Object step, State<F, W, A> state) {
    return noReply(opened(state));
  }

  @Override
  protected Handled<State<F, W, A>> handleInfo(Object message, State<F, W, A> state) {
    State<F, W, A> next =
        message == Open.NOW && state.batch().isEmpty() ? openedIfUsable(state) : state;
    return gathering(noReply(next), next);
  }

  @Override
  protected Handled<State<F, W, A>> handleTimeout(State<F, W, A> state) {
    return commitBatch(state);
  }

  /** Adds a wish to what is committed next. */
  protected final Handled<State<F, W, A>> write(
      W wish, ReplyTo<Stored<A>> to, State<F, W, A> state) {
    if (state.file() == null) {
      return refuse(to, state.shut(), state);
    }
    State<F, W, A> next = state.with(state.batch().plus(new Waiting<>(wish, to)));
    return next.batch().size() < BATCH ? gathering(noReply(next), next) : commitBatch(next);
  }

  /** Answers that nothing is done; what has gathered is committed as it would have been. */
  protected final <V> Handled<State<F, W, A>> refuse(
      ReplyTo<Stored<V>> to, Hindrance why, State<F, W, A> state) {
    return gathering(noReply(state), state).andReply(to, new Stored.Unavailable<>(why));
  }

  /**
   * Commits what has gathered, then does something else with the file: a reader sees every write
   * that came before it.
   */
  protected final <V> Handled<State<F, W, A>> read(
      ReplyTo<Stored<V>> to, State<F, W, A> state, Read<F, V> read) {
    Committed<F, W, A> flushed = flush(state);
    State<F, W, A> next = flushed.state();
    F file = next.file();
    Stored<V> answer;
    if (file == null) {
      answer = new Stored.Unavailable<>(next.shut());
    } else {
      try {
        requireSound();
        answer = new Stored.Done<>(epochOf(file), read.of(file));
      } catch (StoreException e) {
        next = failed(e, file, next);
        answer = refusal(e);
      }
    }
    return flushed.telling(next).andReply(to, answer);
  }

  /**
   * Commits what has gathered, says that the file stands still, and lets it until it is released or
   * the longest time has passed.
   */
  protected final Handled<State<F, W, A>> hold(
      UUID standstill, ReplyTo<Stored<UUID>> to, State<F, W, A> state) {
    Committed<F, W, A> flushed = flush(state);
    State<F, W, A> next = flushed.state();
    F file = next.file();
    if (file == null) {
      return flushed.telling(next).andReply(to, new Stored.Unavailable<>(next.shut()));
    }
    try {
      requireSound();
    } catch (StoreException e) {
      return flushed.telling(failed(e, file, next)).andReply(to, refusal(e));
    }
    to.reply(new Stored.Done<>(epochOf(file), standstill));
    Standstill.Release release = new Standstill.Release(standstill);
    Processes.receive(Standstill.LONGEST, message -> message.equals(release) ? message : null);
    return flushed.telling(next);
  }

  private Handled<State<F, W, A>> gathering(Handled<State<F, W, A>> handled, State<F, W, A> state) {
    return state.batch().isEmpty() ? handled : handled.timeout(Duration.ZERO);
  }

  // ---- the file ----

  private State<F, W, A> shut(Hindrance why, Duration retry) {
    return new State<>(null, why, retry, TreePVector.empty());
  }

  private State<F, W, A> opened(State<F, W, A> state) {
    try {
      requireSound();
      F file = Processes.own(open());
      Shut.opened(file());
      if (!state.retry().equals(FIRST_RETRY)) {
        LOG.log(Level.INFO, "{0} has opened its file", kind());
      }
      return new State<>(file, Hindrance.OPENING, FIRST_RETRY, TreePVector.empty());
    } catch (StoreException e) {
      if (e instanceof StoreException.Damaged) {
        Damage.found(file(), e.getMessage());
      } else {
        Shut.because(file(), e.getMessage());
        if (!e.getMessage().equals(state.shut().sentence())) {
          LOG.log(Level.WARNING, "{0}; it is tried again and again", e.getMessage());
        }
      }
      Processes.sendAfter(state.retry(), Processes.self(), Open.NOW);
      Duration doubled = state.retry().multipliedBy(2);
      return shut(
          Hindrance.storage(e.getMessage()),
          doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY);
    }
  }

  private void requireSound() throws StoreException.Damaged {
    Optional<String> damage = Damage.of(file());
    if (damage.isPresent()) {
      throw new StoreException.Damaged(damage.get(), null);
    }
  }

  /** What it holds after an error of the open file. */
  private State<F, W, A> failed(StoreException e, F file, State<F, W, A> state) {
    return switch (e) {
      case StoreException.Damaged damaged -> {
        Damage.found(file(), damaged.getMessage());
        yield reopened(file);
      }
      case StoreException.Unavailable unavailable -> state;
      case StoreException.Superseded superseded -> reopened(file);
      case StoreException.OutcomeUnknown unknown -> reopened(file);
    };
  }

  private State<F, W, A> openedIfUsable(State<F, W, A> state) {
    if (state.file() == null) {
      return opened(state);
    }
    return Damage.of(file()).isPresent() ? reopened(state.file()) : state;
  }

  /** Opens anew after an error that made this opening useless. */
  private State<F, W, A> reopened(F file) {
    Processes.disown(file);
    try {
      file.close();
    } catch (Exception e) {
      throw new IllegalStateException("close of the store never throws", e);
    }
    return opened(shut(Hindrance.REOPENING, FIRST_RETRY));
  }

  // ---- commit ----

  /** The state after a commit, and what is to be told to those who waited for it. */
  private record Committed<F, W, A>(
      State<F, W, A> state, List<Waiting<W, A>> waited, List<Stored<A>> answers) {

    Handled<State<F, W, A>> telling(State<F, W, A> next) {
      Handled<State<F, W, A>> handled = noReply(next);
      for (int i = 0; i < answers.size(); i++) {
        handled = handled.andReply(waited.get(i).to(), answers.get(i));
      }
      return handled;
    }
  }

  private Handled<State<F, W, A>> commitBatch(State<F, W, A> state) {
    Committed<F, W, A> committed = flush(state);
    return committed.telling(committed.state());
  }

  private Committed<F, W, A> flush(State<F, W, A> state) {
    F file = state.file();
    if (file == null || state.batch().isEmpty()) {
      return new Committed<>(state, List.of(), List.of());
    }
    State<F, W, A> next = state.with(TreePVector.empty());
    List<W> wishes = state.batch().stream().map(Waiting::wish).toList();
    List<Stored<A>> answers;
    long began = System.nanoTime();
    try {
      requireSound();
      List<A> done = commit(file, wishes);
      times.made(System.nanoTime() - began, changes(wishes, done));
      committed(done);
      long epoch = epochOf(file);
      answers = done.stream().<Stored<A>>map(a -> new Stored.Done<>(epoch, a)).toList();
    } catch (StoreException e) {
      times.failed(e);
      next = failed(e, file, next);
      answers = Collections.nCopies(state.batch().size(), refusal(e));
    }
    return new Committed<>(next, state.batch(), answers);
  }

  private static <A> Stored<A> refusal(StoreException e) {
    Hindrance why = Hindrance.storage(e.getMessage());
    return switch (e) {
      case StoreException.Unavailable _, StoreException.Superseded _ ->
          new Stored.Unavailable<>(why);
      case StoreException.OutcomeUnknown _ -> new Stored.Unknown<>(why);
    };
  }

  // ---- in the client ----

  /** Calls such a process; what goes wrong with the call is an answer too. */
  static <T, V> Stored<V> ask(ServerRef<T> server, Call<T, Stored<V>> request, Duration patience) {
    try {
      return server.call(request, patience);
    } catch (CallFailed failed) {
      return unanswered(failed.why());
    }
  }

  /** What an unanswered request to such a process means. */
  static <V> Stored<V> unanswered(CallFailed.Why why) {
    return why.begun()
        ? new Stored.Unknown<>(Hindrance.WRITER_FAILED)
        : new Stored.Unavailable<>(Hindrance.STORE_RESTARTING);
  }

  /** The place of an answer, for subclasses' {@code handleCall}. */
  static <V> ReplyTo<Stored<V>> to(Caller caller, Call<?, Stored<V>> request) {
    return caller.to(request);
  }
}
