package dev.tend.todo;

import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** What a {@link TodoServer} knows. */
sealed interface ListState {

  /** Not yet read from the journal. */
  record Loading(String reason) implements ListState {}

  /**
   * Read, and serving.
   *
   * @param durable what is on disk, and published
   * @param pending durable, and the changes accepted since; new changes are judged by it
   * @param line answers that wait, in order: each for its revision to become durable
   * @param journey where the append under way is
   * @param epoch the newest of the worker's epochs that this list has heard of
   */
  record Serving(
      CatalogEntry catalog,
      Version durable,
      Version pending,
      PVector<Waiting> line,
      Journey journey,
      long epoch)
      implements ListState {

    static Serving of(CatalogEntry catalog, Version version, long epoch) {
      return new Serving(catalog, version, version, TreePVector.empty(), new Journey.None(), epoch);
    }

    Published published() {
      return new Published(catalog, durable.list());
    }

    boolean isSettled() {
      return line.isEmpty();
    }

    Serving waiting(Waiting one) {
      return new Serving(catalog, durable, pending, line.plus(one), journey, epoch);
    }

    Serving accepting(Version next, Waiting one) {
      return new Serving(catalog, durable, next, line.plus(one), journey, epoch);
    }

    Serving on(Journey next) {
      return new Serving(catalog, durable, pending, line, next, epoch);
    }

    Serving heardOf(long newEpoch) {
      return new Serving(catalog, durable, pending, line, journey, Math.max(epoch, newEpoch));
    }

    /** All that was pending is given up: the line must have been answered. */
    Serving reverted() {
      return new Serving(catalog, durable, durable, TreePVector.empty(), new Journey.None(), epoch);
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
