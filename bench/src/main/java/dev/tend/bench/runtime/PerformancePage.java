package dev.tend.bench.runtime;

import dev.tend.bench.measure.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The page that shows the tables, each between two marks; the text around them is written by hand.
 *
 * @param command which writes between its own marks
 */
public record PerformancePage(Path file, String command) {
  private static final String END = "<!-- to here -->\n";

  PerformancePage(Path file) {
    this(file, "tend bench");
  }

  /** It could not be written; the message says why, in a sentence. */
  public static final class Unwritten extends IOException {
    private static final long serialVersionUID = 1;

    Unwritten(String sentence) {
      super(sentence);
    }
  }

  public void write(String content) throws Unwritten {
    Optional<String> failure = Output.failure(file, () -> put(content));
    if (failure.isPresent()) {
      throw new Unwritten(failure.get());
    }
  }

  private void put(String content) throws IOException {
    String mark = "<!-- " + command + " writes from here -->\n";
    String page = Files.readString(file);
    int begin = page.indexOf(mark);
    int end = page.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new IOException("it has no place for the table between its two marks");
    }
    Files.writeString(
        file, page.substring(0, begin + mark.length()) + content + page.substring(end));
  }
}
