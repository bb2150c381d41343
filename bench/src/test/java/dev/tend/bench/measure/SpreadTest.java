package dev.tend.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static Spread of(Double... values) {
    return Spread.of(List.of(values));
  }

  @Test
  void theMedianIsTheMiddleOneOrBetweenTheTwoOfTheMiddle() {
    assertThat(of(3.0, 1.0, 2.0).median()).isEqualTo(2);
    assertThat(of(4.0, 1.0, 2.0, 3.0).median()).isEqualTo(2.5);
  }

  @Test
  void roundsMoreThanAQuarterOfTheMedianApartDisagree() {
    assertThat(of(100.0, 110.0, 125.0).disagrees()).isFalse();
    assertThat(of(100.0, 110.0, 130.0).disagrees()).isTrue();
  }

  @Test
  void twoWhoseRoundsOverlapAreNotToldApart() {
    assertThat(Ratio.of(of(100.0, 120.0), of(110.0, 90.0), true).verdict())
        .isEqualTo("not told apart");
    assertThat(Ratio.of(of(100.0, 120.0, 130.0), of(80.0, 90.0, 95.0), true))
        .satisfies(ratio ->
            assertThat(ratio.factor()).isCloseTo(1.33, org.assertj.core.data.Offset.offset(0.01)))
        .satisfies(ratio -> assertThat(ratio.verdict()).isEqualTo("apart (by chance: 10 %)"));
  }

  @Test
  void ofTimesLessIsBetter() {
    assertThat(Ratio.of(of(10.0), of(20.0), false).factor()).isEqualTo(2);
    assertThat(Ratio.of(of(10.0), of(20.0), false).verdict()).contains("too few rounds");
  }
}
