package dev.tend.app.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Where the shell's lines come from. */
interface Input extends AutoCloseable {

  /** The next whole piece of source, of one line or more; null at the end. */
  @Nullable String read();

  @Override
  void close();

  /** Plain lines, without prompts: a pipe or a file. */
  static Input lines(BufferedReader lines, Snippets snippets) {
    return new Input() {
      @Override
      public @Nullable String read() {
        try {
          String source = lines.readLine();
          while (source != null && snippets.isIncomplete(source)) {
            String more = lines.readLine();
            if (more == null) {
              return source;
            }
            source = source + "\n" + more;
          }
          return source;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void close() {
        // Standard input stays open.
      }
    };
  }
}
