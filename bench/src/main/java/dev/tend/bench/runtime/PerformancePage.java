package dev.tend.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the table, between two marks; the text around them is written by hand. */
record PerformancePage(Path file) {
  private static final String BEGIN = "<!-- tend bench writes from here -->\n";
  private static final String END = "<!-- to here -->\n";

  void write(String content) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no place for the table between its two marks");
    }
    Files.writeString(
        file, page.substring(0, begin + BEGIN.length()) + content + page.substring(end));
  }
}
