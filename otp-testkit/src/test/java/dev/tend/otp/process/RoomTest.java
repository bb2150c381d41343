package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The check for room says the same before and after the JVM has compiled it. */
class RoomTest {
  private static final int DIVES = 200;
  private static final int CALLS_UNTIL_COMPILED = 100_000;

  /** Interpreted, some 150 bytes each; compiled, some 60. */
  private static final int FRAMES = 96;

  private static final long STACK = 512 * 1024;

  private final AtomicInteger overflows = new AtomicInteger();
  private final AtomicInteger atTheEdge = new AtomicInteger();

  @Test
  void whereThereIsRoomAHundredFramesFit() throws InterruptedException {
    for (int i = 0; i < DIVES; i++) {
      Thread diver = new Thread(null, () -> dive(0), "diver", STACK);
      diver.start();
      diver.join();
      for (int j = 0; j < CALLS_UNTIL_COMPILED / DIVES; j++) {
        Room.require();
        assertThat(use(FRAMES, 1, 2, 3, 4)).isNotZero();
      }
    }
    assertThat(atTheEdge).hasValue(DIVES);
    assertThat(overflows).hasValue(0);
  }

  /** False where there is no room; whoever called then is at the edge. */
  @SuppressWarnings("InfiniteRecursion") // until there is no room
  private boolean dive(int depth) {
    try {
      Room.require();
    } catch (StackOverflowError none) {
      return false;
    }
    if (!dive(depth + 1)) {
      atTheEdge.incrementAndGet();
      try {
        use(FRAMES, 1, 2, 3, 4);
      } catch (StackOverflowError e) {
        overflows.incrementAndGet();
      }
    }
    return true;
  }

  private static long use(int frames, long a, long b, long c, long d) {
    return frames == 0 ? a : use(frames - 1, b, c, d, a) + a + b + c + d;
  }
}
