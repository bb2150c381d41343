package dev.tend.app.chaos;

import java.io.PrintWriter;
import java.util.Locale;

/** How it goes, on a terminal's last line; taken away at the end. */
final class Bar implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter to;
  private final boolean shown;

  /**
   * @param shown whether there is a terminal to show it on
   */
  Bar(PrintWriter to, boolean shown) {
    this.to = to;
    this.shown = shown;
  }

  void show(Chaos.State state) {
    if (!shown) {
      return;
    }
    long total = Math.max(1, state.wish().time().toMillis());
    int full = (int) Math.min(WIDTH, WIDTH * state.time().toMillis() / total);
    to.print(
        CLEAR_LINE
            + "█".repeat(full)
            + "░".repeat(WIDTH - full)
            + String.format(
                Locale.ROOT,
                " %d of %d s  %,d acknowledged  %,d kills  %d restarts of the JVM",
                state.time().toSeconds(),
                total / 1000,
                state.acknowledged(),
                state.kills(),
                state.restarts()));
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
