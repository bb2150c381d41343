package dev.tend.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import picocli.CommandLine;

/** What became of a command, and what it printed. */
public record Ended(int status, String out, String err) {

  /**
   * Runs it in this JVM; it is made once what it prints is caught, for it takes its streams then.
   */
  public static Ended of(Supplier<CommandLine> command, Object... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int status =
          command.get().execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
      return new Ended(
          status,
          said.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
