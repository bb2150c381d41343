package dev.tend.app.exchange;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Serial;

/**
 * Knows which line is being read, and changes nothing ({@code LineNumberReader} does). It refuses
 * an entry that no memory may hold.
 */
final class Counting extends FilterReader {
  private static final int LONGEST = 1_000_000;

  private long line = 1;
  private long begun = 1;
  private int length;

  /** There is an entry without end. */
  static final class TooLong extends IOException {
    @Serial private static final long serialVersionUID = 1;
    private final long line;

    private TooLong(long line) {
      super("it has more than %,d characters".formatted(LONGEST));
      this.line = line;
    }

    Item item() {
      return new Item.End(line, String.valueOf(getMessage()));
    }
  }

  Counting(Reader text) {
    super(text);
  }

  /** The first is 1. */
  long line() {
    return line;
  }

  /** Another entry begins about here, on this line, or something else between entries does. */
  void begin(long onLine) {
    begun = onLine;
    length = 0;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c >= 0) {
      count((char) c);
    }
    return c;
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    for (int i = offset; i < offset + read; i++) {
      count(into[i]);
    }
    return read;
  }

  private void count(char c) throws TooLong {
    if (c == '\n') {
      line++;
    }
    length++;
    if (length > LONGEST) {
      throw new TooLong(begun);
    }
  }
}
