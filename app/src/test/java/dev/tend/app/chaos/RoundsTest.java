package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.chaos.Journal.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which round of reading all lists can be judged. */
class RoundsTest {
  private static final Line ADDED = new Line(1, "a", "added", 1, null);
  private static final Line LEAVING = new Line(2, "m", "leaving", 1, null);
  private static final Line GONE = new Line(3, "m", "deleted", 1, null);

  private static final Journal SOURCE = journal(ADDED, LEAVING);
  private static final Journal SOURCE_AFTERWARDS = journal(ADDED, LEAVING, GONE);
  private static final Journal TARGET_BEFORE = journal();
  private static final Journal TARGET = journal(ADDED);

  private final Rounds rounds = new Rounds();

  @Test
  void oneThatSawTheTargetBeforeAndTheSourceAfterAMoveIsNone() {
    assertThat(rounds.isOfOneMoment(List.of(TARGET_BEFORE, SOURCE_AFTERWARDS))).isFalse();
    assertThat(rounds.isOfOneMoment(List.of(TARGET, SOURCE_AFTERWARDS))).isTrue();
  }

  @Test
  void afterOneWithAnOpenMoveAnotherIsNeeded() {
    assertThat(rounds.isOfOneMoment(List.of(TARGET_BEFORE))).isFalse();
    assertThat(rounds.isOfOneMoment(List.of(TARGET_BEFORE, SOURCE))).isFalse();
    assertThat(rounds.isOfOneMoment(List.of(TARGET_BEFORE, SOURCE_AFTERWARDS))).isFalse();
    assertThat(rounds.isOfOneMoment(List.of(TARGET, SOURCE_AFTERWARDS))).isTrue();
  }

  private static Journal journal(Line... lines) {
    return new Journal(new Shelf("id", "chaos-001", "inc"), lines.length, List.of(lines), Map.of());
  }
}
