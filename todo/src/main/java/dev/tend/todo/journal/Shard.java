package dev.tend.todo.journal;

import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One opening of one shard: the journals of its lists. Used by one thread at a time and never
 * shared between two incarnations of a worker. All calls block on the disk.
 */
public interface Shard extends AutoCloseable {

  /** Greater than that of every earlier opening of this shard. */
  long epoch();

  /**
   * Writes the batch in one transaction, synced before it returns; each append all or none, in the
   * order given. An append that does not follow its list's head is a {@code Conflict}; later
   * appends of the same list in this batch then conflict too; other lists are not touched by it.
   *
   * @return one answer for each append, in order
   * @throws StoreException.Superseded if the epoch is no longer ours; nothing was written
   * @throws StoreException.Unavailable on an error before COMMIT; nothing was written
   * @throws StoreException.OutcomeUnknown on an error of COMMIT; this opening is then of no more
   *     use
   */
  List<Appended> commit(List<Append> batch) throws StoreException;

  /** The last revision of a list's journal; 0 where it has no record. */
  long head(ListId list) throws StoreException;

  /**
   * Records with a revision greater than {@code after}, ascending, at most {@code limit}, and none
   * behind the one with which they weigh {@link Weight#MOST}; none at all if those that follow have
   * been dropped.
   */
  List<JournalRecord> read(ListId list, long after, int limit) throws StoreException;

  /** The record of one revision; empty if it has been dropped, or there is none yet. */
  Optional<JournalRecord> record(ListId list, long revision) throws StoreException;

  /**
   * The newest records with a revision less than {@code before}, descending, at most {@code limit},
   * and none behind the one with which they weigh {@link Weight#MOST}.
   *
   * @param entry only those about this entry, and where history begins, what it was then; 0 for all
   */
  List<JournalRecord> history(ListId list, int entry, long before, int limit) throws StoreException;

  /** What the records have made of a list, but for its entries. */
  Standing standing(ListId list) throws StoreException;

  /**
   * What a list was where its history begins: the records that made its entries of then, with a
   * greater revision than {@code after}, ascending, at most {@code limit}.
   */
  List<JournalRecord> foundation(ListId list, long after, int limit) throws StoreException;

  /**
   * The revision that a list had at a time: one that was made no later, while the next was made
   * later. Where the clock has jumped there are several; it is one of them. 0 before its first.
   *
   * @return empty if that was before its history begins
   */
  OptionalLong revisionAt(ListId list, Instant time) throws StoreException;

  /**
   * Drops records made before a time, durably: of some lists, those that come after one in the
   * order of their ids. A record that is not old keeps all that follow it. What a list was at its
   * last dropped revision stays known, see {@link #foundation}.
   *
   * @param most how many old records it looks at
   */
  Pruned prune(Optional<ListId> after, Instant before, int most) throws StoreException;

  /** A list's entries with a greater number, ascending, at most {@code limit}. */
  List<Entry> entries(ListId list, int after, int limit) throws StoreException;

  /** The newest records' commands before a revision, descending, at most {@code limit}. */
  List<Made> commands(ListId list, long before, int limit) throws StoreException;

  /** Never throws; a second close does nothing. */
  @Override
  void close();
}
