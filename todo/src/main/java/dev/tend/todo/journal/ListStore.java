package dev.tend.todo.journal;

import java.util.Optional;

/**
 * A place that keeps lists: one catalogue and a fixed number of shards. Opening is the only way in;
 * nothing here creates a file, so a missing one is {@code Unavailable} and never an empty list.
 * Threads may open at the same time.
 */
public interface ListStore {

  /** How many shards there are; they are numbered from 1. */
  int shards();

  /**
   * Opens a shard over a connection of its own and raises its epoch, durably.
   *
   * @throws StoreException.Unavailable if it is missing, foreign, corrupt, of a newer schema, or
   *     another writer holds it at this moment (try again later); {@link StoreException.Damaged} if
   *     a look that is short however large the file is has found it corrupt
   */
  Shard openShard(int number) throws StoreException;

  /** Opens the catalogue likewise. */
  CatalogFile openCatalog() throws StoreException;

  /**
   * Looks through a shard's whole file, beside those who work on it. Takes long, and leaves them
   * room; ends when its thread is interrupted.
   *
   * @return what is corrupt, in a sentence; none if nothing is
   * @throws StoreException.Unavailable if it could not be looked through
   */
  default Optional<String> shardDamage(int number) throws StoreException {
    return Optional.empty();
  }

  /** Looks through the catalogue's file likewise. */
  default Optional<String> catalogDamage() throws StoreException {
    return Optional.empty();
  }
}
