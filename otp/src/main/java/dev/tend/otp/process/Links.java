package dev.tend.otp.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process's side of its links. Guarded by its process's lock.
 *
 * <p>Two processes are linked by a set of link identities, one for each {@code link} call that made
 * one: two calls from both sides at once, or a link made while an unlink is on its way, then leave
 * both sides with the same set, in whatever order the signals cross.
 *
 * <p>Most processes have one link, to their supervisor, and no table of them.
 */
final class Links {
  private @Nullable ProcessCore onlyPeer;
  private @Nullable Object onlyLink;

  /** All of them, once there has been more than one. */
  private @Nullable Map<ProcessCore, Set<Object>> byPeer;

  boolean contains(ProcessCore peer) {
    return byPeer == null ? peer == onlyPeer : byPeer.containsKey(peer);
  }

  void add(ProcessCore peer, Object link) {
    if (byPeer == null && onlyPeer == null) {
      onlyPeer = peer;
      onlyLink = link;
    } else {
      table().merge(peer, Set.of(link), Links::union);
    }
  }

  private Map<ProcessCore, Set<Object>> table() {
    Map<ProcessCore, Set<Object>> table = byPeer;
    if (table == null) {
      table = new HashMap<>();
      if (onlyPeer != null && onlyLink != null) {
        table.put(onlyPeer, Set.of(onlyLink));
      }
      byPeer = table;
      onlyPeer = null;
      onlyLink = null;
    }
    return table;
  }

  private static Set<Object> union(Set<Object> a, Set<Object> b) {
    return Stream.concat(a.stream(), b.stream()).collect(Collectors.toUnmodifiableSet());
  }

  void remove(ProcessCore peer, Object link) {
    if (byPeer != null) {
      byPeer.computeIfPresent(peer, (p, links) -> without(links, link));
    } else if (peer == onlyPeer && link == onlyLink) {
      onlyPeer = null;
      onlyLink = null;
    }
  }

  private static @Nullable Set<Object> without(Set<Object> links, Object link) {
    Set<Object> rest =
        links.stream().filter(l -> l != link).collect(Collectors.toUnmodifiableSet());
    return rest.isEmpty() ? null : rest;
  }

  /** Breaks all links with a peer; which ones there were. */
  Set<Object> removeAll(ProcessCore peer) {
    if (byPeer != null) {
      Set<Object> links = byPeer.remove(peer);
      return links == null ? Set.of() : links;
    }
    Object link = onlyLink;
    if (peer != onlyPeer || link == null) {
      return Set.of();
    }
    onlyPeer = null;
    onlyLink = null;
    return Set.of(link);
  }

  Set<ProcessCore> peers() {
    if (byPeer != null) {
      return Set.copyOf(byPeer.keySet());
    }
    return onlyPeer == null ? Set.of() : Set.of(onlyPeer);
  }

  /** At most so many of them. */
  List<ProcessCore> somePeers(int most) {
    return byPeer == null
        ? onlyPeer == null ? List.of() : List.of(onlyPeer)
        : byPeer.keySet().stream().limit(most).toList();
  }

  /** Gives back what it has grown to and needs no more. */
  void trim() {
    if (byPeer != null) {
      byPeer = new HashMap<>(byPeer);
    }
  }

  int size() {
    return byPeer == null ? (onlyPeer == null ? 0 : 1) : byPeer.size();
  }
}
