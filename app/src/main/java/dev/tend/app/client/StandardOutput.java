package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a command writes for others to read; they may have enough of it, or no room for it. */
public final class StandardOutput {
  private StandardOutput() {}

  /** Finds out whether all has been taken that was written so far. */
  public static void requireTaken() throws CouldNot {
    if (!System.out.checkError()) {
      return;
    }
    String why = reason();
    throw why.contains("Broken pipe")
        ? new CouldNot(Because.UNHEARD, "nobody reads it any more")
        : new CouldNot(Because.REFUSED, "the output is not whole, it cannot be written: " + why);
  }

  /** The stream itself keeps only that something was wrong: it is tried once more. */
  private static String reason() {
    try {
      // Not closed: it is not ours.
      new FileOutputStream(FileDescriptor.out).write('\n');
      return "some of it is lost";
    } catch (IOException why) {
      return Words.of(why);
    }
  }

  /** For much: it throws an {@code UncheckedIOException} as soon as no more is taken. */
  static OutputStream checked() {
    return new FilterOutputStream(System.out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (System.out.checkError()) {
          throw new IOException("standard output takes no more");
        }
      }
    };
  }
}
