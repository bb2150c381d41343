package dev.tend.otp.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Cost;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Started;
import dev.tend.otp.testkit.TestProcess;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one registration costs does not depend on how many there are. */
@OtpTest
class RegistryScaleTest {
  private static final int FEW = 500;
  private static final int MANY = 10_000;

  private final UniqueRegistry<Integer, Integer> unique = Registry.unique("scale_unique", 0);
  private final DuplicateRegistry<Integer, Integer> topics = Registry.duplicate("scale_topics");

  @RegisterExtension final Started<Supervisor> uniqueTree = Registries.under(unique);
  @RegisterExtension final Started<Supervisor> topicTree = Registries.under(topics);

  private static void assertLinear(IntConsumer work) {
    work.accept(MANY);
    Cost.assertBelow(10, () -> costOf(work, FEW), () -> costOf(work, MANY));
  }

  /** Of always as many registrations, with so many at once. */
  private static long costOf(IntConsumer work, int atOnce) {
    return Cost.nanosOf(() -> {
      for (int done = 0; done < 5 * MANY; done += atOnce) {
        work.accept(atOnce);
      }
    });
  }

  @Test
  void many_keys_of_one_process() {
    assertLinear(count ->
        TestProcess.run(() -> {
          for (int key = 0; key < count; key++) {
            unique.register(key, key);
          }
          for (int key = 0; key < count; key++) {
            unique.unregister(key);
          }
        }));
  }

  @Test
  void many_keys_at_their_holders_death() {
    assertLinear(count -> {
      Pid<?> holder =
          Registries.another(() -> {
            for (int key = 0; key < count; key++) {
              topics.register(key % 2, key);
            }
            return count;
          });
      assertThat(topics.count()).isEqualTo(count);
      Registries.kill(holder);
      assertThat(topics.count()).isZero();
    });
  }

  @Test
  void many_processes_under_one_key() {
    assertLinear(count -> {
      Pid<?>[] all = new Pid<?>[count];
      for (int i = 0; i < count; i++) {
        all[i] = Registries.another(() -> topics.register(1, 1));
      }
      for (Pid<?> one : all) {
        Processes.exit(one, ExitReason.KILL);
      }
      assertThat(topics.lookup(1)).isEmpty();
    });
  }
}
