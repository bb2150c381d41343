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
   * Carries out wishes in one synced transaction, each by itself and in order: names are unique for
   * an owner among the lists that are not in the trash, compared exactly; a repeated command
   * (owner, command id) answers as the first time; shards are dealt in turn.
   *
   * @return one answer for each wish, in order
   */
  List<Catalogued> commit(List<? extends CatalogWish> wishes) throws StoreException;

  /** A list by its id, also one in the trash. */
  Optional<CatalogEntry> find(ListId id) throws StoreException;

  /** The list of that name that is not in the trash. */
  Optional<CatalogEntry> find(String owner, String name) throws StoreException;

  /**
   * An owner's lists by name (binary order) and id, those after a place, at most {@code limit}.
   *
   * @param trash those in the trash instead of those that are not
   */
  List<CatalogEntry> page(String owner, boolean trash, CatalogPlace after, int limit)
      throws StoreException;

  /**
   * Those of {@link #page} whose names contain a text, through an index.
   *
   * @param folded the text, see {@link CatalogEntry#nameContains}
   * @return none where it is better to read pages: of fewer than three letters there is no index,
   *     and what very many names contain is soon met
   */
  Optional<List<CatalogEntry>> containing(
      String owner, boolean trash, String folded, CatalogPlace after, int limit)
      throws StoreException;

  /** How many lists there are. */
  long count() throws StoreException;

  /** Never throws; a second close does nothing. */
  @Override
  void close();
}
