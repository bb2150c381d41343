package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has become due is settled, whatever becomes of the rest. */
class DueTest {
  private final List<String> settled = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_one_of_them_throws_is_thrown_when_the_others_have_been_settled(boolean first) {
    Unsettled failing =
        due -> {
          due.add(after -> settled.add("what became due by it"));
          throw new StackOverflowError("too deep");
        };
    Due due = new Due();
    if (first) {
      due.add(after -> settled.add("another"));
      assertThatThrownBy(() -> due.settle(failing)).hasMessage("too deep");
    } else {
      due.add(failing);
      due.add(after -> settled.add("another"));
      assertThatThrownBy(due::settle).hasMessage("too deep");
    }
    assertThat(settled).containsExactly("another", "what became due by it");
  }
}
