package dev.tend.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the figures of the status page are made of. */
class FiguresTest {

  @Test
  void timesAreInMillisecondsAndAtMostAnEighthTooLong() {
    Traffic traffic = new Traffic();
    traffic.answered(7_000_000_000L);
    Traffic.Count before = traffic.count();
    for (int i = 0; i < 99; i++) {
      traffic.answered(1_000_000);
    }
    traffic.answered(100_000_000);
    Traffic.Count since = traffic.count().since(before);
    assertThat(since.requests()).isEqualTo(100);
    assertThat(since.within(0.5)).isBetween(1.0, 1.125);
    assertThat(since.within(0.99)).isBetween(1.0, 1.125);
    assertThat(since.within(1)).isBetween(100.0, 112.5);
    assertThat(new Traffic().count().within(0.99)).isZero();
  }

  @Test
  void theNewestSamplesAreKeptAndTheLastOneGrows() {
    Series series = new Series();
    assertThat(series.newest()).isZero();
    for (int i = 1; i <= Series.KEPT + 1; i++) {
      series.add(i);
    }
    series.raise(0.5);
    assertThat(series.all()).hasSize(Series.KEPT).startsWith(2.0, 3.0).endsWith(61.5);
    assertThat(series.newest()).isEqualTo(61.5);
    assertThat(series.sum()).isEqualTo(61 * 62 / 2 - 1 + 0.5);
  }
}
