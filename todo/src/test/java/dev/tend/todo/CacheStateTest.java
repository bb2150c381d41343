package dev.tend.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.ListId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a list that crashes is left alone, on a clock of our own. */
class CacheStateTest {
  private static final ListId LIST = ListId.random();
  private static final ListId OTHER = ListId.random();

  @Test
  void theThirdCrashWithinAMinuteSendsItToRestForThirtySeconds() {
    CacheState state = CacheState.empty().crashed(LIST, at(0)).crashed(LIST, at(30));
    assertThat(state.rest(LIST, at(30))).isZero();
    state = state.crashed(LIST, at(60));
    assertThat(state.rest(LIST, at(60))).isEqualTo(Duration.ofSeconds(30));
    assertThat(state.rest(LIST, at(89))).isEqualTo(Duration.ofSeconds(1));
    assertThat(state.rest(LIST, at(90))).isZero();
    assertThat(state.rest(OTHER, at(60))).isZero();
  }

  @Test
  void crashesMoreThanAMinuteApartDoNotAddUp() {
    CacheState state = CacheState.empty().crashed(LIST, at(0)).crashed(LIST, at(30));
    state = state.crashed(LIST, at(61));
    assertThat(state.rest(LIST, at(61))).isZero();
  }

  @Test
  void afterItsRestItHasThreeNewTries() {
    CacheState state = CacheState.empty();
    for (int second = 0; second < 3; second++) {
      state = state.crashed(LIST, at(second));
    }
    state = state.crashed(LIST, at(40)).crashed(LIST, at(41));
    assertThat(state.rest(LIST, at(41))).isZero();
    assertThat(state.crashed(LIST, at(42)).rest(LIST, at(42))).isPositive();
  }

  @Test
  void eachRestInARowIsLongerUpToFiveMinutes() {
    CacheState state = CacheState.empty();
    int now = 0;
    for (int rest : new int[] {30, 60, 120, 300, 300}) {
      state = crashedThrice(state, now);
      assertThat(state.rest(LIST, at(now))).isEqualTo(Duration.ofSeconds(rest));
      now += rest;
    }
    state = state.crashed(OTHER, at(now)).crashed(OTHER, at(now)).crashed(OTHER, at(now));
    assertThat(state.rest(OTHER, at(now))).as("another's first").isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void tenGoodMinutesAfterARestAreForgiven() {
    CacheState rested = crashedThrice(crashedThrice(CacheState.empty(), 0), 30);
    assertThat(rested.rest(LIST, at(90))).isZero();

    CacheState soon = crashedThrice(rested, 90 + 600);
    assertThat(soon.rest(LIST, at(690))).isEqualTo(Duration.ofMinutes(2));
    CacheState late = crashedThrice(rested, 90 + 601);
    assertThat(late.rest(LIST, at(691))).isEqualTo(Duration.ofSeconds(30));
  }

  private static CacheState crashedThrice(CacheState state, int second) {
    return state.crashed(LIST, at(second)).crashed(LIST, at(second)).crashed(LIST, at(second));
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
