package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.chaos.Finding.What;
import dev.tend.app.chaos.Journal.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Each thing that must not be is seen, and what is good is not. */
class ListAuditTest {
  private static final Shelf SHELF = new Shelf("id", "chaos-001", "inc");
  private static final List<Line> GOOD =
      List.of(
          new Line(1, "a", "added", 1, entry(1, 1, "a")),
          new Line(2, "b", "added", 2, entry(2, 2, "b")),
          new Line(3, "c", "deleted", 1, null));

  @Test
  void whatIsGoodIsNotFound() {
    assertThat(found(GOOD, 3, ListAuditTest::all)).isEmpty();
  }

  @Test
  void aGapInTheRevisionsIsFound() {
    List<Line> gap = List.of(GOOD.getFirst(), GOOD.getLast());
    assertThat(found(gap, 3, ListAudit::isWhole)).containsExactly(What.STATE);
  }

  @Test
  void aHistoryThatEndsBeforeTheListIsFound() {
    assertThat(found(GOOD, 4, ListAudit::isWhole)).containsExactly(What.STATE);
  }

  @Test
  void entriesThatTheHistoryHasNotMadeAreFound() {
    List<Line> without = GOOD.subList(0, 1);
    assertThat(found(without, 1, ListAudit::isItsHistory))
        .as("one too many, one too few")
        .containsExactly(What.STATE, What.STATE);
  }

  @Test
  void whatIsMissingIsLost() {
    assertThat(found(GOOD.subList(0, 1), 1, audit -> acknowledged(audit, "b", 2, "b")))
        .containsExactly(What.LOST);
  }

  @Test
  void whatIsThereTwiceIsDoubled() {
    List<Line> twice = new ArrayList<>(GOOD);
    twice.add(new Line(4, "b", "added", 3, entry(3, 4, "b")));
    assertThat(found(twice, 4, audit -> acknowledged(audit, "b", 2, "b")))
        .containsExactly(What.DOUBLED);
  }

  @Test
  void anotherRevisionOrContentThanAcknowledgedIsFound() {
    assertThat(found(GOOD, 3, audit -> acknowledged(audit, "b", 3, "b")))
        .containsExactly(What.DIFFERENT);
    assertThat(found(GOOD, 3, audit -> acknowledged(audit, "b", 2, "other")))
        .containsExactly(What.DIFFERENT);
  }

  @Test
  void aRefusedChangeThatIsThereIsFound() {
    Deed refused = deed("b", 0, new Fate.Refused());
    assertThat(found(GOOD, 3, audit -> audit.refused(refused))).containsExactly(What.HAPPENED);
  }

  @Test
  void anOvertakenChangeIsFound() {
    Deed first = deed("b", 0, told(10, 2, "b"));
    Deed later = deed("a", 11, told(20, 1, "a"));
    assertThat(found(GOOD, 3, audit -> audit.isInOrder(List.of(first, later))))
        .containsExactly(What.ORDER);
    Deed atTheSameTime = deed("a", 9, told(20, 1, "a"));
    assertThat(found(GOOD, 3, audit -> audit.isInOrder(List.of(first, atTheSameTime)))).isEmpty();
  }

  @Test
  void aChangeOfNobodysIsFound() {
    assertThat(found(GOOD, 3, audit -> audit.hasOnly(Set.of("a", "b"))))
        .containsExactly(What.DIFFERENT);
  }

  @Test
  void aStreamThatLeftSomethingOutIsFound() {
    assertThat(found(GOOD, 3, audit -> audit.isWhatWasSeen(1, List.of("a", "c"))))
        .containsExactly(What.STREAM);
    assertThat(found(GOOD, 3, audit -> audit.isWhatWasSeen(1, List.of("a", "b"))))
        .containsExactly(What.STREAM);
  }

  private static void all(ListAudit audit) {
    audit.isWhole();
    audit.isItsHistory();
    acknowledged(audit, "b", 2, "b");
    audit.refused(deed("d", 0, new Fate.Refused()));
    audit.hasOnly(Set.of("a", "b", "c"));
    audit.isWhatWasSeen(1, List.of("a", "b", "c"));
  }

  private static List<What> found(List<Line> lines, long revision, Consumer<ListAudit> question) {
    List<Finding> findings = new ArrayList<>();
    Map<Integer, ObjectNode> entries = Map.of(2, entry(2, 2, "b").put("etag", "\"inc-2\""));
    question.accept(new ListAudit(new Journal(SHELF, revision, lines, entries), findings::add));
    return findings.stream().map(Finding::what).toList();
  }

  private static void acknowledged(ListAudit audit, String key, long revision, String title) {
    Fate.Acknowledged told = told(1, revision, title);
    audit.acknowledged(deed(key, 0, told), told);
  }

  private static Fate.Acknowledged told(long at, long revision, String title) {
    return new Fate.Acknowledged(
        at,
        revision,
        entry((int) revision, revision, title),
        Optional.of("\"inc-" + revision + "\""));
  }

  private static Deed deed(String key, long asked, Fate fate) {
    return new Deed(1, Kind.ADD, "id", null, key, asked, fate);
  }

  private static ObjectNode entry(int id, long revision, String title) {
    return Wire.JSON.createObjectNode().put("id", id).put("title", title).put("revision", revision);
  }
}
