package dev.tend.todo.journal;

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
   *     another writer holds it at this moment (try again later)
   */
  Shard openShard(int number) throws StoreException;

  /** Opens the catalogue likewise. */
  CatalogFile openCatalog() throws StoreException;
}
