package dev.tend.app.client;

import java.io.PrintWriter;
import java.time.Duration;

/** A bar that grows on a terminal's last line, and is taken away at the end. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long PAUSE = Duration.ofMillis(100).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter to;
  private final long total;
  private final boolean shown;
  private long drawn = System.nanoTime() - PAUSE;

  /**
   * @param shown whether there is a terminal to show it on
   */
  Progress(PrintWriter to, long total, boolean shown) {
    this.to = to;
    this.total = Math.max(1, total);
    this.shown = shown;
  }

  void at(long done) {
    long now = System.nanoTime();
    if (!shown || now - drawn < PAUSE) {
      return;
    }
    drawn = now;
    int full = (int) (WIDTH * done / total);
    to.print(
        CLEAR_LINE
            + "█".repeat(full)
            + "░".repeat(WIDTH - full)
            + " %d %%  %,d of %,d".formatted(100 * done / total, done, total));
    to.flush();
  }

  @Override
  public void close() {
    if (shown) {
      to.print(CLEAR_LINE);
      to.flush();
    }
  }
}
