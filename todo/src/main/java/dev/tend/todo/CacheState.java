package dev.tend.todo;

import dev.tend.otp.process.MonitorRef;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Which servers the cache watches, and which lists have crashed of late. Times are nanoseconds of
 * the cache's time source.
 *
 * @param crashes of the last minute, for lists that have had any
 * @param rests the last rest of each list that has had one
 */
record CacheState(
    PMap<MonitorRef, ListId> watched,
    PMap<ListId, MonitorRef> watches,
    PMap<ListId, PVector<Long>> crashes,
    PMap<ListId, Rest> rests) {
  static final int TOO_MANY = 3;
  static final Duration WINDOW = Duration.ofSeconds(60);

  /** How long the first rest of a list is, the second, and so on; the last one also all later. */
  static final List<Duration> RESTS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(300));

  /** After so long without a rest a list begins with the shortest again. */
  static final Duration GOOD_BEHAVIOUR = Duration.ofMinutes(10);

  /**
   * A time in which a list is left alone.
   *
   * @param number of rests in a row, from 1
   */
  record Rest(int number, long until) {}

  static CacheState empty() {
    return new CacheState(
        HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());
  }

  CacheState watching(MonitorRef ref, ListId list) {
    return new CacheState(watched.plus(ref, list), watches.plus(list, ref), crashes, rests);
  }

  CacheState notWatching(MonitorRef ref, ListId list) {
    return new CacheState(
        watched.minus(ref),
        ref.equals(watches.get(list)) ? watches.minus(list) : watches,
        crashes,
        rests);
  }

  /** One more crash; the third within a minute sends the list to rest. */
  CacheState crashed(ListId list, long now) {
    PVector<Long> recent = TreePVector.empty();
    for (long at : crashes.getOrDefault(list, TreePVector.empty())) {
      recent = now - at <= WINDOW.toNanos() ? recent.plus(at) : recent;
    }
    recent = recent.plus(now);
    return recent.size() < TOO_MANY
        ? new CacheState(watched, watches, crashes.plus(list, recent), rests)
        : new CacheState(
            watched, watches, crashes.minus(list), rests.plus(list, nextRest(list, now)));
  }

  private Rest nextRest(ListId list, long now) {
    Rest last = rests.get(list);
    int number =
        last != null && now - last.until() <= GOOD_BEHAVIOUR.toNanos() ? last.number() + 1 : 1;
    return new Rest(number, now + RESTS.get(Math.min(number, RESTS.size()) - 1).toNanos());
  }

  /** How much longer a list rests; zero if it does not. */
  Duration rest(ListId list, long now) {
    Rest last = rests.get(list);
    return last == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, last.until() - now));
  }
}
