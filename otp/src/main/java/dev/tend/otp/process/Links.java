package dev.tend.otp.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process's side of its links. Guarded by its process's lock.
 *
 * <p>Two processes are linked by a set of link identities, one for each {@code link} call that made
 * one: two calls from both sides at once, or a link made while an unlink is on its way, then leave
 * both sides with the same set, in whatever order the signals cross.
 */
final class Links {
  private Map<ProcessCore, Set<Object>> byPeer = new HashMap<>();

  boolean contains(ProcessCore peer) {
    return byPeer.containsKey(peer);
  }

  void add(ProcessCore peer, Object link) {
    byPeer.merge(
        peer,
        Set.of(link),
        (a, b) -> Stream.concat(a.stream(), b.stream()).collect(Collectors.toUnmodifiableSet()));
  }

  void remove(ProcessCore peer, Object link) {
    byPeer.computeIfPresent(
        peer,
        (p, links) -> {
          Set<Object> rest =
              links.stream().filter(l -> l != link).collect(Collectors.toUnmodifiableSet());
          return rest.isEmpty() ? null : rest;
        });
  }

  /** Breaks all links with a peer; which ones there were. */
  Set<Object> removeAll(ProcessCore peer) {
    Set<Object> links = byPeer.remove(peer);
    return links == null ? Set.of() : links;
  }

  Set<ProcessCore> peers() {
    return Set.copyOf(byPeer.keySet());
  }

  /** Gives back what it has grown to and needs no more. */
  void trim() {
    byPeer = new HashMap<>(byPeer);
  }

  int size() {
    return byPeer.size();
  }
}
