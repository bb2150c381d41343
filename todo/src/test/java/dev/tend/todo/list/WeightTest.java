package dev.tend.todo.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightTest {
  @Test
  void aTextWeighsItsBytesAsJson() {
    assertThat(Weight.of("milk")).isEqualTo(4);
    assertThat(Weight.of("\"\\\n\t\r\b\f")).isEqualTo(14);
    assertThat(Weight.of("\u0001\u001f")).isEqualTo(12);
    assertThat(Weight.of("\u00e9\u20ac\uD83D\uDCDA")).isEqualTo(2 + 3 + 4);
  }

  @Test
  void aPageEndsAtItsNumberOrItsWeightAndHasOneThingAtLeast() {
    List<Integer> things = IntStream.rangeClosed(1, 10).boxed().toList();
    assertThat(Weight.page(things, 3, _ -> 1)).containsExactly(1, 2, 3);
    assertThat(Weight.page(things, 99, _ -> 1)).isEqualTo(things);
    assertThat(Weight.page(things, 99, _ -> Weight.MOST / 4)).containsExactly(1, 2, 3);
    assertThat(Weight.page(things, 99, _ -> Weight.MOST + 1)).containsExactly(1);
    assertThat(Weight.page(List.<Integer>of(), 99, _ -> 1)).isEmpty();
  }
}
