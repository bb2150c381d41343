package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import dev.tend.todo.list.Folded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Things that a text could mean: those that are called exactly so before those that are but for
 * case and accents, and these before those that begin so. An empty text means none.
 */
final class Candidates {
  private static final int KEPT = 10;

  private final String text;
  private final String folded;
  private final String member;
  private final List<ObjectNode> exact = new ArrayList<>();
  private final List<ObjectNode> likewise = new ArrayList<>();
  private final List<ObjectNode> beginning = new ArrayList<>();

  /**
   * @param member of the things that has their name
   */
  Candidates(String text, String member) {
    this.text = text;
    this.folded = Folded.of(text);
    this.member = member;
  }

  /** Looks at one more; always true, for the next may be a better one. */
  boolean consider(ObjectNode thing) {
    String name = name(thing);
    if (name.equals(text)) {
      keep(exact, thing);
    } else if (Folded.of(name).equals(folded)) {
      keep(likewise, thing);
    } else if (!folded.isEmpty() && Folded.of(name).startsWith(folded)) {
      keep(beginning, thing);
    }
    return true;
  }

  private static void keep(List<ObjectNode> some, ObjectNode thing) {
    if (some.size() < KEPT) {
      some.add(thing);
    }
  }

  private String name(ObjectNode thing) {
    return thing.path(member).asString("");
  }

  /** Whether one is called exactly so. */
  boolean hasExact() {
    return !exact.isEmpty();
  }

  /**
   * The one that is meant, if there is any.
   *
   * @param id how to tell apart those of one name
   * @throws CouldNot if there are several
   */
  Optional<ObjectNode> only(Function<ObjectNode, String> id) throws CouldNot {
    return only(id, Stream.of(exact, likewise, beginning));
  }

  /** The same, but none that only begins so. */
  Optional<ObjectNode> onlyCalled(Function<ObjectNode, String> id) throws CouldNot {
    return only(id, Stream.of(exact, likewise));
  }

  private Optional<ObjectNode> only(
      Function<ObjectNode, String> id, Stream<List<ObjectNode>> bestFirst) throws CouldNot {
    List<ObjectNode> best = bestFirst.filter(some -> !some.isEmpty()).findFirst().orElse(List.of());
    if (best.size() > 1) {
      throw new CouldNot(
          Because.MISSING,
          "'%s' could be %s: please say more of it, or %s"
              .formatted(
                  Words.shown(text),
                  best.stream()
                      .map(thing -> Words.shown(name(thing)) + " (" + id.apply(thing) + ")")
                      .collect(Collectors.joining(", ")),
                  id.apply(best.getFirst())));
    }
    return best.stream().findFirst();
  }
}
