package dev.tend.otp.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lists of a table, as one sees them who reads while they change. */
@OtpTest
class KeyTableTest {
  private final KeyTable<String, Integer> table = new KeyTable<>();

  @Test
  void one_that_is_taken_out_leads_to_all_behind_it() {
    Pid<Probe> pid = Probe.started();
    Registrant<String, Integer> holder = new Registrant<>(pid, new PidTable<>());
    List<Slot<String, Integer>> slots = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Slot<String, Integer> slot = new Slot<>(holder, table, "key", i);
      table.add(slot, false);
      slots.add(slot);
    }
    for (int gone : new int[] {2, 0, 1, 4}) {
      table.remove(slots.get(gone));
      table.remove(slots.get(gone));
    }
    for (int from = 0; from < 6; from++) {
      List<Integer> seen = new ArrayList<>();
      for (Slot<String, Integer> s = slots.get(from); s != null; s = s.next) {
        seen.add(s.value);
      }
      assertThat(seen).contains(5).doesNotHaveDuplicates();
      assertThat(seen.contains(3)).isEqualTo(from <= 3);
    }
    assertThat(table.entries("key", entry -> true)).extracting(Entry::value).containsExactly(3, 5);
    assertThat(table.size()).isEqualTo(2);
    table.remove(slots.get(5));
    table.remove(slots.get(3));
    assertThat(table.rows()).isZero();
    Registries.kill(pid);
  }
}
