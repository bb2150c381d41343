package dev.tend.todo;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * What a list remembers of its commands, so that one that is sent again does not act again: those
 * of the last 24 hours, at most the newest 10,000. Immutable; a step is O(log n).
 */
final class Receipts {
  static final int MOST = 10_000;
  static final Duration KEPT = Duration.ofHours(24);
  private static final Receipts NONE = new Receipts(HashTreePMap.empty(), TreePMap.empty());

  private final HashPMap<Key, JournalRecord> byKey;
  private final TreePMap<Long, Key> byRevision;

  private record Key(String actor, String commandId) {
    static Key of(Origin origin) {
      return new Key(origin.actor(), origin.commandId());
    }
  }

  private Receipts(HashPMap<Key, JournalRecord> byKey, TreePMap<Long, Key> byRevision) {
    this.byKey = byKey;
    this.byRevision = byRevision;
  }

  static Receipts none() {
    return NONE;
  }

  /** The record that the same command has made before. */
  Optional<JournalRecord> of(Origin origin) {
    return Optional.ofNullable(byKey.get(Key.of(origin)));
  }

  /** With one more, and without those that have become too many or too old. */
  Receipts with(JournalRecord made, Instant now) {
    Key key = Key.of(made.origin());
    HashPMap<Key, JournalRecord> keys = byKey.plus(key, made);
    TreePMap<Long, Key> revisions = byRevision.plus(made.revision(), key);
    while (revisions.size() > MOST || isTooOld(keys, revisions, now)) {
      keys = keys.minus(revisions.firstEntry().getValue());
      revisions = revisions.minus(revisions.firstKey());
    }
    return new Receipts(keys, revisions);
  }

  private static boolean isTooOld(
      HashPMap<Key, JournalRecord> keys, TreePMap<Long, Key> revisions, Instant now) {
    if (revisions.isEmpty()) {
      return false;
    }
    JournalRecord oldest = keys.get(revisions.firstEntry().getValue());
    return oldest == null || oldest.at().plus(KEPT).isBefore(now);
  }
}
