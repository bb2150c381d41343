package dev.tend.app.chaos;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;

/** A list under load, and what the clients know of its entries: all of them share it. */
final class Shelf {
  private final String id;
  private final String name;
  private final String incarnation;
  private final ConcurrentSkipListMap<Integer, String> tags = new ConcurrentSkipListMap<>();

  Shelf(String id, String name, String incarnation) {
    this.id = id;
    this.name = name;
    this.incarnation = incarnation;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  String incarnation() {
    return incarnation;
  }

  /** There is this entry, and this was its tag a moment ago. */
  void put(int entry, String tag) {
    tags.put(entry, tag);
  }

  void remove(int entry) {
    tags.remove(entry);
  }

  /** Some entry and its tag; perhaps someone is just deleting it. */
  Optional<Map.Entry<Integer, String>> any(Random random) {
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map.Entry<Integer, String> above = tags.ceilingEntry(random.nextInt(tags.lastKey()) + 1);
      return Optional.ofNullable(above);
    } catch (java.util.NoSuchElementException emptiedMeanwhile) {
      return Optional.empty();
    }
  }
}
