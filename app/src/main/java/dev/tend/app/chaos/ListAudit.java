package dev.tend.app.chaos;

import dev.tend.app.chaos.Finding.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One list's history, held against its state and against what the clients were told. */
final class ListAudit {
  private final Journal journal;
  private final Consumer<Finding> found;
  private final Map<String, List<Journal.Line>> byKey = new HashMap<>();

  /**
   * @param found is told of everything that must not be
   */
  ListAudit(Journal journal, Consumer<Finding> found) {
    this.journal = journal;
    this.found = found;
    journal.lines().forEach(line -> lines(line.key()).add(line));
  }

  private List<Journal.Line> lines(String key) {
    return byKey.computeIfAbsent(key, _ -> new ArrayList<>());
  }

  // ---- the list alone ----

  void isWhole() {
    long expected = 0;
    for (Journal.Line line : journal.lines()) {
      expected++;
      if (line.revision() != expected) {
        tell(What.STATE, line.revision(), line.key(), "stands where " + expected + " belongs");
        return;
      }
    }
    if (journal.revision() != expected) {
      tell(What.STATE, journal.revision(), "", "is the list's, its history ends at " + expected);
    }
  }

  /** The history makes the state. */
  void isItsHistory() {
    Map<Integer, ObjectNode> made = new TreeMap<>();
    for (Journal.Line line : journal.lines()) {
      ObjectNode entry = line.entry();
      switch (line.kind()) {
        case "deleted" -> made.remove(line.id());
        case "cleared" -> made.clear();
        default -> {
          if (entry != null) {
            made.put(line.id(), entry);
          }
        }
      }
    }
    Set<Integer> all = new HashSet<>(made.keySet());
    all.addAll(journal.entries().keySet());
    for (int id : all) {
      ObjectNode expected = made.get(id);
      ObjectNode there = bare(journal.entries().get(id));
      if (expected == null || !expected.equals(there)) {
        tell(
            What.STATE,
            0,
            "",
            "entry %d is %s, its history says %s".formatted(id, there, expected));
      }
    }
  }

  private static @Nullable ObjectNode bare(@Nullable ObjectNode entry) {
    return entry == null ? null : entry.deepCopy().without("etag");
  }

  // ---- what was told ----

  /** The line of a key, if there is one; several are a finding. */
  Optional<Journal.Line> once(String key) {
    List<Journal.Line> lines = byKey.getOrDefault(key, List.of());
    if (lines.size() > 1) {
      tell(
          What.DOUBLED,
          lines.get(1).revision(),
          key,
          "is also revision " + lines.getFirst().revision());
    }
    return lines.stream().findFirst();
  }

  /** An acknowledged change is there as it was acknowledged, once. */
  void acknowledged(Deed deed, Fate.Acknowledged told) {
    Journal.Line line = once(deed.key()).orElse(null);
    if (line == null) {
      tell(What.LOST, told.revision(), deed.key(), "acknowledged and not in the history");
    } else if (line.revision() != told.revision()) {
      tell(
          What.DIFFERENT,
          line.revision(),
          deed.key(),
          "acknowledged as revision " + told.revision());
    } else if (!isAsTold(deed, told, line)) {
      tell(
          What.DIFFERENT,
          line.revision(),
          deed.key(),
          "%s was acknowledged as %s with %s, and is %s"
              .formatted(deed.kind(), told.entry(), told.etag(), line));
    }
  }

  private boolean isAsTold(Deed deed, Fate.Acknowledged told, Journal.Line line) {
    String tag = "\"%s-%d\"".formatted(journal.shelf().incarnation(), line.revision());
    boolean kind =
        deed.to() == null ? deed.kind().isRecordedAs(line.kind()) : line.kind().equals("added");
    ObjectNode entry = bare(told.entry());
    return kind
        && (entry == null || entry.equals(line.entry()))
        && told.etag().map(tag::equals).orElse(true);
  }

  /** What was refused has not happened. */
  void refused(Deed deed) {
    once(deed.key())
        .ifPresent(line ->
            tell(
                What.HAPPENED,
                line.revision(),
                deed.key(),
                deed.kind() + " was told " + deed.fate()));
  }

  /** The entry has gone, once, to where it was sent; its keys in this list are two. */
  void left(Deed deed) {
    Optional<Journal.Line> leaving = once(deed.key());
    Optional<Journal.Line> left = once(deed.key() + " left");
    if (leaving.isEmpty() || left.isEmpty()) {
      tell(What.LOST, 0, deed.key(), "moved, but it is " + leaving + " and then " + left);
    }
  }

  /** What was acknowledged before another change was asked for comes before it. */
  void isInOrder(List<Deed> acknowledged) {
    record Told(Deed deed, Fate.Acknowledged as) {}
    List<Told> byAnswer = new ArrayList<>();
    for (Deed deed : acknowledged) {
      if (deed.fate() instanceof Fate.Acknowledged as) {
        byAnswer.add(new Told(deed, as));
      }
    }
    List<Told> byQuestion = new ArrayList<>(byAnswer);
    byAnswer.sort(Comparator.comparingLong(told -> told.as().told()));
    byQuestion.sort(Comparator.comparingLong(told -> told.deed().asked()));
    long highest = 0;
    int next = 0;
    for (Told told : byQuestion) {
      while (next < byAnswer.size() && byAnswer.get(next).as().told() < told.deed().asked()) {
        highest = Math.max(highest, byAnswer.get(next++).as().revision());
      }
      if (told.as().revision() <= highest) {
        tell(
            What.ORDER,
            told.as().revision(),
            told.deed().key(),
            "was asked for when revision " + highest + " had been acknowledged");
      }
    }
  }

  /** Nothing is there that nobody asked for. */
  void hasOnly(Set<String> keys) {
    byKey.forEach((key, lines) -> {
      if (!keys.contains(key)) {
        tell(What.DIFFERENT, lines.getFirst().revision(), key, "nobody has asked for this");
      }
    });
  }

  /** What a stream has shown of the list. */
  void isWhatWasSeen(int stream, List<String> keys) {
    for (int i = 0; i < Math.max(keys.size(), journal.lines().size()); i++) {
      String seen = i < keys.size() ? keys.get(i) : "nothing";
      String there = i < journal.lines().size() ? journal.lines().get(i).key() : "nothing";
      if (!seen.equals(there)) {
        tell(
            What.STREAM,
            i + 1L,
            there,
            "stream %d has shown %s there, of %d".formatted(stream, seen, keys.size()));
        return;
      }
    }
  }

  private void tell(What what, long revision, String key, String words) {
    found.accept(new Finding(what, journal.shelf().name(), revision, key, words));
  }
}
