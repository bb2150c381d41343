package dev.tend.otp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** What something costs, compared with what something else costs, whatever the machine. */
public final class Cost {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int ROUNDS = 4;

  /** Ten steps: of less the time that was counted tells little. */
  private static final long TELLING = 100_000_000;

  private static final int MOST = 20;

  private Cost() {}

  /**
   * The processor time of this JVM that it takes: what other programs do meanwhile is not in it. It
   * is counted in steps of 10 ms on some machines.
   */
  public static long nanosOf(Runnable work) {
    long start = SYSTEM.getProcessCpuTime();
    work.run();
    return Math.max(1, SYSTEM.getProcessCpuTime() - start);
  }

  /**
   * Fails unless the larger costs less than so many times what the smaller does. Compares the best
   * of some rounds, which is what they cost undisturbed; one round is enough if it shows it.
   */
  public static void assertBelow(long times, LongSupplier smaller, LongSupplier larger) {
    long small = Long.MAX_VALUE;
    long large = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && (round == 0 || large >= times * small); round++) {
      small = Math.min(small, average(smaller));
      large = Math.min(large, larger.getAsLong());
    }
    assertThat(large).isLessThan(times * small);
  }

  /** Of as many as take long enough to be told from nothing. */
  private static long average(LongSupplier one) {
    long sum = 0;
    int count = 0;
    while (sum < TELLING && count < MOST) {
      sum += one.getAsLong();
      count++;
    }
    return sum / count;
  }
}
