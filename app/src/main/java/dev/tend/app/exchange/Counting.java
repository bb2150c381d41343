package dev.tend.app.exchange;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Knows which line is being read, and changes nothing ({@code LineNumberReader} does). */
final class Counting extends FilterReader {
  private long line = 1;

  Counting(Reader text) {
    super(text);
  }

  /** The first is 1. */
  long line() {
    return line;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c == '\n') {
      line++;
    }
    return c;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (into[i] == '\n') {
        line++;
      }
    }
    return read;
  }
}
