package dev.tend.todo.journal;

import java.util.List;
import java.util.Optional;

/**
 * One opening of the catalogue: which lists exist. Used by one thread at a time, with an epoch like
 * a {@link Shard}'s. All calls block on the disk.
 */
public interface CatalogFile extends AutoCloseable {

  long epoch();

  /**
   * Creates lists in one synced transaction, each by itself: names are unique for an owner,
   * compared exactly; a repeated command (owner, command id) answers as the first time; shards are
   * dealt in turn.
   *
   * @return one answer for each wish, in order
   */
  List<Created> create(List<NewList> wishes) throws StoreException;

  Optional<CatalogEntry> find(ListId id) throws StoreException;

  Optional<CatalogEntry> find(String owner, String name) throws StoreException;

  /**
   * An owner's lists by name (binary order), those after {@code afterName}, at most {@code limit}.
   *
   * @param afterName the empty string for the first page
   */
  List<CatalogEntry> page(String owner, String afterName, int limit) throws StoreException;

  /** How many lists there are. */
  long count() throws StoreException;

  /** Never throws; a second close does nothing. */
  @Override
  void close();
}
