package dev.tend.todo;

import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** What a {@link TodoServer} knows. */
sealed interface ListState {

  /**
   * Not yet read from the store.
   *
   * @param why not yet
   * @param retry when it is tried again
   * @param asked when someone last wanted it, in nanoseconds
   */
  record Loading(Hindrance why, Duration retry, long asked) implements ListState {
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    static Loading begin(long now) {
      return new Loading(Hindrance.LIST_LOADING, FIRST_RETRY, now);
    }

    Loading failed(Hindrance newWhy) {
      Duration doubled = retry.multipliedBy(2);
      return new Loading(newWhy, doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY, asked);
    }

    Loading askedAt(long now) {
      return new Loading(why, retry, now);
    }
  }

  /**
   * Read, and serving.
   *
   * @param durable what is on disk, and published
   * @param pending durable, and the changes accepted since; new changes are judged by it
   * @param line answers that wait, in order: each for its revision to become durable
   * @param journey where the append under way is
   * @param replays repetitions of durable changes whose records are being read for the answer
   * @param epoch the newest of the worker's epochs that this list has heard of
   */
  record Serving(
      CatalogEntry catalog,
      Version durable,
      Version pending,
      PVector<Waiting> line,
      Journey journey,
      PMap<RequestId<?>, Replay> replays,
      long epoch)
      implements ListState {

    static Serving of(CatalogEntry catalog, Version version, long epoch) {
      return new Serving(
          catalog,
          version,
          version,
          TreePVector.empty(),
          new Journey.None(),
          HashTreePMap.empty(),
          epoch);
    }

    Published published() {
      return new Published(catalog, durable.list());
    }

    Serving in(CatalogEntry newer) {
      return new Serving(newer, durable, pending, line, journey, replays, epoch);
    }

    boolean isSettled() {
      return line.isEmpty() && replays.isEmpty();
    }

    Serving waiting(Waiting one) {
      return new Serving(catalog, durable, pending, line.plus(one), journey, replays, epoch);
    }

    Serving accepting(Version next, Waiting one) {
      return new Serving(catalog, durable, next, line.plus(one), journey, replays, epoch);
    }

    Serving on(Journey next) {
      return new Serving(catalog, durable, pending, line, next, replays, epoch);
    }

    Serving heardOf(long newEpoch) {
      return new Serving(
          catalog, durable, pending, line, journey, replays, Math.max(epoch, newEpoch));
    }

    Serving replaying(Replay replay) {
      return new Serving(
          catalog, durable, pending, line, journey, replays.plus(replay.id(), replay), epoch);
    }

    Serving replayed(Replay replay) {
      return new Serving(
          catalog, durable, pending, line, journey, replays.minus(replay.id()), epoch);
    }

    /** Its record was dropped with the history: its key names a new command. */
    Serving forgetting(Replay replay) {
      Version without = pending.forgetting(replay.request().command().origin(), replay.before());
      return new Serving(catalog, durable, without, line, journey, replays, epoch);
    }

    /** Another state of the journal: what is durable now, and who still waits. */
    Serving durable(Version newDurable, PVector<Waiting> stillWaiting) {
      return new Serving(
          catalog, newDurable, pending, stillWaiting, new Journey.None(), replays, epoch);
    }

    boolean isFull() {
      return line.size() >= TodoServer.MOST_PENDING;
    }

    /** All that was pending is given up: the line must have been answered. */
    Serving reverted() {
      return new Serving(
          catalog, durable, durable, TreePVector.empty(), new Journey.None(), replays, epoch);
    }

    /** The records that are not on disk, oldest first. */
    List<JournalRecord> unwritten() {
      return line.stream()
          .flatMap(waiting -> Stream.ofNullable(waiting.record()))
          .filter(record -> record.revision() > durable.list().revision())
          .toList();
    }
  }

  /**
   * One who waits for an answer.
   *
   * @param record the change to be written, or null if only an answer waits (a repetition, or a
   *     refusal that depends on a change not yet durable)
   * @param revision when this is durable, the answer is due
   */
  record Waiting(
      @Nullable JournalRecord record, long revision, ReplyTo<Outcome> to, Outcome outcome) {}

  /** A repetition that waits for its record. */
  record Replay(
      RequestId<Stored<Optional<JournalRecord>>> id,
      Receipts.Receipt before,
      TodoServer.ChangeRequest request,
      ReplyTo<Outcome> to) {}

  /** Where the one append under way is. */
  sealed interface Journey {
    record None() implements Journey {}

    /** With the worker; {@code upTo} is its last revision. */
    record Sent(RequestId<Stored<Appended>> id, long upTo) implements Journey {}

    /** Its end is not known, and the worker has been asked for the journal's head. */
    record Asked(RequestId<Stored<Long>> id, long upTo) implements Journey {}

    /** Its end is not known; the worker is asked again in a moment. */
    record Lost(long upTo) implements Journey {}
  }
}
