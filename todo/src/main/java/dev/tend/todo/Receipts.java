package dev.tend.todo;

import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * What a list remembers of its commands, so that one that is sent again does not act again: those
 * of the last 24 hours, at most the newest 10,000; and the newest 1,000 however old they seem, for
 * the clock may have jumped. Only where their records are, not what they said. Immutable; a step is
 * O(log n).
 */
final class Receipts {
  static final int MOST = 10_000;
  static final int LEAST = 1_000;
  static final Duration KEPT = Duration.ofHours(24);
  private static final Receipts NONE = new Receipts(HashTreePMap.empty(), TreePMap.empty());

  private final HashPMap<Key, Receipt> byKey;
  private final TreePMap<Long, Key> byRevision;

  /** That a command was carried out, as this revision. */
  record Receipt(long revision, Instant at, String bodyHash) {}

  private record Key(String actor, String commandId) {
    static Key of(Origin origin) {
      return new Key(origin.actor(), origin.commandId());
    }
  }

  private Receipts(HashPMap<Key, Receipt> byKey, TreePMap<Long, Key> byRevision) {
    this.byKey = byKey;
    this.byRevision = byRevision;
  }

  static Receipts none() {
    return NONE;
  }

  /** What the same command has done before. */
  Optional<Receipt> of(Origin origin) {
    return Optional.ofNullable(byKey.get(Key.of(origin)));
  }

  /** With one more, and without those that have become too many or too old. */
  Receipts with(Made made, Instant now) {
    Key key = Key.of(made.origin());
    Receipt former = byKey.get(key);
    TreePMap<Long, Key> others = former == null ? byRevision : byRevision.minus(former.revision());
    TreePMap<Long, Key> revisions = others.plus(made.revision(), key);
    HashPMap<Key, Receipt> keys =
        byKey.plus(key, new Receipt(made.revision(), made.at(), made.origin().bodyHash()));
    while (revisions.size() > MOST
        || (revisions.size() > LEAST && isTooOld(keys, revisions, now))) {
      keys = keys.minus(revisions.firstEntry().getValue());
      revisions = revisions.minus(revisions.firstKey());
    }
    return new Receipts(keys, revisions);
  }

  /** Without one, if it is still that command's. */
  Receipts without(Origin origin, Receipt receipt) {
    Key key = Key.of(origin);
    return receipt.equals(byKey.get(key))
        ? new Receipts(byKey.minus(key), byRevision.minus(receipt.revision()))
        : this;
  }

  private static boolean isTooOld(
      HashPMap<Key, Receipt> keys, TreePMap<Long, Key> revisions, Instant now) {
    if (revisions.isEmpty()) {
      return false;
    }
    Receipt oldest = keys.get(revisions.firstEntry().getValue());
    return oldest == null || oldest.at().plus(KEPT).isBefore(now);
  }
}
