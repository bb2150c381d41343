package dev.tend.app.chaos;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What one client asks for next, drawn at random. Every change has a key that no other has. */
final class Orders {
  private final Load load;
  private final Random random;
  private final int client;
  private int number;

  /** The last change that this client was acknowledged, and has not taken back. */
  private @Nullable Shelf changed;

  private long revision;

  Orders(Load load, Random random, int client) {
    this.load = load;
    this.random = random;
    this.client = client;
  }

  /** What can be taken back. */
  void changed(Shelf shelf, long made) {
    changed = shelf;
    revision = made;
  }

  Order next() {
    int drawn = random.nextInt(100);
    if (drawn < 2) {
      return create();
    }
    Shelf undone = changed;
    if (drawn < 10 && undone != null) {
      changed = null;
      return undo(undone);
    }
    return in(anyShelf(), drawn);
  }

  private Order in(Shelf shelf, int drawn) {
    Optional<Map.Entry<Integer, String>> known = drawn < 50 ? Optional.empty() : shelf.any(random);
    if (known.isEmpty()) {
      return add(shelf);
    }
    int entry = known.get().getKey();
    @Nullable String tag = random.nextInt(4) == 0 ? known.get().getValue() : null;
    if (drawn < 68) {
      return edit(shelf, entry, tag);
    }
    if (drawn < 80) {
      return tick(shelf, entry);
    }
    return drawn < 94 || load.shelves().size() < 2 ? delete(shelf, entry, tag) : move(shelf, entry);
  }

  Shelf anyShelf() {
    return load.shelves().get(random.nextInt(load.shelves().size()));
  }

  String key() {
    return "c%d-%d".formatted(client, ++number);
  }

  private Order create() {
    String key = key();
    return new Order(Kind.CREATE, null, 0, key, "POST", "/lists", named("name", key), null, null);
  }

  Order add(Shelf shelf) {
    String key = key();
    ObjectNode body = named("title", key);
    return new Order(Kind.ADD, shelf, 0, key, "POST", entries(shelf), body, null, null);
  }

  Order edit(Shelf shelf, int entry, @Nullable String tag) {
    String key = key();
    ObjectNode body = named("title", "edited by " + key).put("notes", "notes by " + key);
    return new Order(Kind.EDIT, shelf, entry, key, "PATCH", entry(shelf, entry), body, tag, null);
  }

  private Order tick(Shelf shelf, int entry) {
    ObjectNode body = Wire.JSON.createObjectNode().put("done", random.nextBoolean());
    return new Order(
        Kind.TICK, shelf, entry, key(), "PATCH", entry(shelf, entry), body, null, null);
  }

  private Order delete(Shelf shelf, int entry, @Nullable String tag) {
    return new Order(
        Kind.DELETE, shelf, entry, key(), "DELETE", entry(shelf, entry), null, tag, null);
  }

  private Order move(Shelf shelf, int entry) {
    Shelf to = anyShelf();
    while (to == shelf) {
      to = anyShelf();
    }
    return new Order(
        Kind.MOVE,
        shelf,
        entry,
        key(),
        "POST",
        entry(shelf, entry) + "/move",
        named("to", to.id()),
        null,
        to);
  }

  private Order undo(Shelf shelf) {
    ObjectNode body = Wire.JSON.createObjectNode().put("revision", revision);
    return new Order(
        Kind.UNDO, shelf, 0, key(), "POST", "/lists/" + shelf.id() + "/undo", body, null, null);
  }

  private static ObjectNode named(String member, String value) {
    return Wire.JSON.createObjectNode().put(member, value);
  }

  private static String entries(Shelf shelf) {
    return "/lists/" + shelf.id() + "/entries";
  }

  private static String entry(Shelf shelf, int entry) {
    return entries(shelf) + "/" + entry;
  }
}
