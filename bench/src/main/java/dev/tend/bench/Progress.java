package dev.tend.bench;

import dev.tend.app.shell.Shell;

/** One line that is written anew, for whoever watches; nothing in a pipe. */
public final class Progress {
  private Progress() {}

  public static void show(String text) {
    if (Shell.isAtTerminal()) {
      System.err.print("\r\033[K" + text);
      System.err.flush();
    }
  }

  public static void clear() {
    show("");
  }
}
