package dev.tend.todo;

import dev.tend.otp.process.MonitorRef;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Which servers the cache watches, and which lists have crashed of late. Times are nanoseconds of
 * the cache's time source.
 *
 * @param crashes of the last minute, for lists that have had any
 * @param resting until when a list is left alone
 */
record CacheState(
    PMap<MonitorRef, ListId> watched,
    PMap<ListId, MonitorRef> watches,
    PMap<ListId, PVector<Long>> crashes,
    PMap<ListId, Long> resting) {
  static final int TOO_MANY = 3;
  static final Duration WINDOW = Duration.ofSeconds(60);
  static final Duration REST = Duration.ofSeconds(30);

  static CacheState empty() {
    return new CacheState(
        HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());
  }

  CacheState watching(MonitorRef ref, ListId list) {
    return new CacheState(watched.plus(ref, list), watches.plus(list, ref), crashes, resting);
  }

  CacheState notWatching(MonitorRef ref, ListId list) {
    return new CacheState(
        watched.minus(ref),
        ref.equals(watches.get(list)) ? watches.minus(list) : watches,
        crashes,
        resting);
  }

  /** One more crash; the third within a minute sends the list to rest. */
  CacheState crashed(ListId list, long now) {
    PVector<Long> recent = TreePVector.empty();
    for (long at : crashes.getOrDefault(list, TreePVector.empty())) {
      recent = now - at <= WINDOW.toNanos() ? recent.plus(at) : recent;
    }
    recent = recent.plus(now);
    return recent.size() < TOO_MANY
        ? new CacheState(watched, watches, crashes.plus(list, recent), resting)
        : new CacheState(
            watched, watches, crashes.minus(list), resting.plus(list, now + REST.toNanos()));
  }

  /** How much longer a list rests; zero or less if it does not. */
  Duration rest(ListId list, long now) {
    Long until = resting.get(list);
    return until == null ? Duration.ZERO : Duration.ofNanos(until - now);
  }

  CacheState awake(ListId list) {
    return resting.containsKey(list)
        ? new CacheState(watched, watches, crashes, resting.minus(list))
        : this;
  }
}
