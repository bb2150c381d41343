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
import java.time.Duration;
import java.util.Collections;
import java.util.List;
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
  private static final int BATCH = 1_024;
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private enum Open {
    NOW
  }

  /** A wish and who waits for it. */
  record Waiting<W, A>(W wish, ReplyTo<Stored<A>> to) {}

  /**
   * What it holds.
   *
   * @param file open, or null
   * @param shut why it is not open
   * @param retry when it is tried again
   */
  record State<F, W, A>(
      @Nullable F file, String shut, Duration retry, PVector<Waiting<W, A>> batch) {

    State<F, W, A> with(PVector<Waiting<W, A>> newBatch) {
      return new State<>(file, shut, retry, newBatch);
    }
  }

  /** A read of the open file. */
  interface Read<F, V> {
    V of(F file) throws StoreException;
  }

  /** Opens the file with a new epoch. */
  protected abstract F open() throws StoreException;

  protected abstract long epochOf(F file);

  /** Writes in one transaction, durably: one answer for each wish. */
  protected abstract List<A> commit(F file, List<W> wishes) throws StoreException;

  /** Called after a commit and before anyone hears of it. */
  protected void committed(List<A> answers) {}

  // ---- callbacks ----

  @Override
  protected Init<State<F, W, A>> init() {
    return Init.ok(this.shut("it is being opened", FIRST_RETRY)).continueWith(Open.NOW);
  }

  @Override
  protected Handled<State<F, W, A>> handleContinue(Object step, State<F, W, A> state) {
    return noReply(opened(state));
  }

  @Override
  protected Handled<State<F, W, A>> handleInfo(Object message, State<F, W, A> state) {
    State<F, W, A> next = message == Open.NOW && state.file() == null ? opened(state) : state;
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
      return GenServer.<State<F, W, A>>noReply(state)
          .andReply(to, new Stored.Unavailable<>(state.shut()));
    }
    State<F, W, A> next = state.with(state.batch().plus(new Waiting<>(wish, to)));
    return next.batch().size() < BATCH ? gathering(noReply(next), next) : commitBatch(next);
  }

  /** Commits what has gathered, then reads: a reader sees every write that came before it. */
  protected final <V> Handled<State<F, W, A>> read(
      ReplyTo<Stored<V>> to, State<F, W, A> state, Read<F, V> read) {
    Committed<State<F, W, A>> flushed = flush(state);
    F file = flushed.state().file();
    Stored<V> answer;
    if (file == null) {
      answer = new Stored.Unavailable<>(flushed.state().shut());
    } else {
      try {
        answer = new Stored.Done<>(epochOf(file), read.of(file));
      } catch (StoreException e) {
        answer = new Stored.Unavailable<>(e.getMessage());
      }
    }
    return flushed.handled().andReply(to, answer);
  }

  /**
   * Commits what has gathered, says that the file stands still, and lets it until it is released or
   * the longest time has passed.
   */
  protected final Handled<State<F, W, A>> hold(
      UUID standstill, ReplyTo<Stored<UUID>> to, State<F, W, A> state) {
    Committed<State<F, W, A>> flushed = flush(state);
    F file = flushed.state().file();
    if (file == null) {
      return flushed.handled().andReply(to, new Stored.Unavailable<>(flushed.state().shut()));
    }
    to.reply(new Stored.Done<>(epochOf(file), standstill));
    Standstill.Release release = new Standstill.Release(standstill);
    Processes.receive(Standstill.LONGEST, message -> message.equals(release) ? message : null);
    return flushed.handled();
  }

  private Handled<State<F, W, A>> gathering(Handled<State<F, W, A>> handled, State<F, W, A> state) {
    return state.batch().isEmpty() ? handled : handled.timeout(Duration.ZERO);
  }

  // ---- the file ----

  private State<F, W, A> shut(String reason, Duration retry) {
    return new State<>(null, reason, retry, TreePVector.empty());
  }

  private State<F, W, A> opened(State<F, W, A> state) {
    try {
      F file = open();
      return new State<>(Processes.own(file), "", FIRST_RETRY, TreePVector.empty());
    } catch (StoreException e) {
      Processes.sendAfter(state.retry(), Processes.self(), Open.NOW);
      Duration doubled = state.retry().multipliedBy(2);
      return shut(e.getMessage(), doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY);
    }
  }

  /** Opens anew after an error that made this opening useless. */
  private State<F, W, A> reopened(F file) {
    Processes.disown(file);
    try {
      file.close();
    } catch (Exception e) {
      throw new IllegalStateException("close of the store never throws", e);
    }
    return opened(shut("it is being opened again", FIRST_RETRY));
  }

  // ---- commit ----

  private record Committed<S>(S state, Handled<S> handled) {}

  private Handled<State<F, W, A>> commitBatch(State<F, W, A> state) {
    return flush(state).handled();
  }

  private Committed<State<F, W, A>> flush(State<F, W, A> state) {
    F file = state.file();
    if (file == null || state.batch().isEmpty()) {
      return new Committed<>(state, noReply(state));
    }
    State<F, W, A> after = state.with(TreePVector.empty());
    List<Stored<A>> answers;
    try {
      List<A> done = commit(file, state.batch().stream().map(Waiting::wish).toList());
      committed(done);
      long epoch = epochOf(file);
      answers = done.stream().<Stored<A>>map(a -> new Stored.Done<>(epoch, a)).toList();
    } catch (StoreException e) {
      after = e instanceof StoreException.Unavailable ? after : reopened(file);
      answers = Collections.nCopies(state.batch().size(), refusal(e));
    }
    Handled<State<F, W, A>> handled = noReply(after);
    for (int i = 0; i < answers.size(); i++) {
      handled = handled.andReply(state.batch().get(i).to(), answers.get(i));
    }
    return new Committed<>(after, handled);
  }

  private static <A> Stored<A> refusal(StoreException e) {
    return switch (e) {
      case StoreException.Unavailable unavailable -> new Stored.Unavailable<>(e.getMessage());
      case StoreException.Superseded superseded -> new Stored.Unavailable<>(e.getMessage());
      case StoreException.OutcomeUnknown unknown -> new Stored.Unknown<>(e.getMessage());
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
        ? new Stored.Unknown<>("the part that writes it has failed")
        : new Stored.Unavailable<>("the part that stores it is restarting");
  }

  /** The place of an answer, for subclasses' {@code handleCall}. */
  static <V> ReplyTo<Stored<V>> to(Caller caller, Call<?, Stored<V>> request) {
    return caller.to(request);
  }
}
