package dev.tend.app.client;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** Says, if Ctrl-C or SIGTERM ends the JVM in the middle of an import, where that leaves one. */
final class Interrupted implements AutoCloseable {
  private final AtomicLong done = new AtomicLong();
  private final Thread farewell;

  /**
   * @param total how many entries are to be sent
   * @param lasting whether the same command would go on from there
   */
  Interrupted(PrintWriter to, long total, boolean lasting) {
    String then =
        lasting
            ? "the same command again goes on from there"
            : "these stay in the list, and the same command would add them again";
    farewell =
        Thread.ofPlatform()
            .unstarted(() -> {
              to.println();
              to.println(
                  "tend: stopped after %,d of %,d entries; %s".formatted(done.get(), total, then));
              to.flush();
            });
    Runtime.getRuntime().addShutdownHook(farewell);
  }

  void at(long number) {
    done.set(number);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException ending) {
      // It is being said.
    }
  }
}
