package dev.tend.todo.journal;

import dev.tend.todo.list.Folded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a list exists, and where.
 *
 * @param shard the number of the shard that keeps its journal, for life
 * @param incarnation changes when the list is restored from a backup; part of every ETag
 * @param revision of this entry itself: 1, then one more at each rename, deletion, restoration
 * @param deleted since when it is in the trash; null if it is not
 */
public record CatalogEntry(
    ListId id,
    String owner,
    String name,
    int shard,
    String incarnation,
    long revision,
    Instant created,
    @Nullable Instant deleted) {

  public boolean isDeleted() {
    return deleted != null;
  }

  /** Whether a text that was {@linkplain Folded#of folded} is a part of its name, folded. */
  public boolean nameContains(String folded) {
    return Folded.of(name).contains(folded);
  }
}
