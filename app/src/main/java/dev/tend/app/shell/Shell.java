package dev.tend.app.shell;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** Reads, evaluates and prints until the input ends. */
public final class Shell {
  private final Snippets snippets;
  private final Evaluator evaluator = new Evaluator();
  private final Answers answers;
  private final PrintStream out;

  private Shell(Snippets snippets, PrintStream out, boolean verbose) {
    this.snippets = snippets;
    this.out = out;
    this.answers = new Answers(out, verbose);
  }

  /**
   * Serves standard input until it ends: with line editing at a terminal, as plain text otherwise.
   *
   * @param welcome printed first, at a terminal
   * @param verbose whether exceptions show their stacks
   */
  public static void run(String welcome, boolean verbose) throws IOException {
    try (Snippets snippets = new Snippets()) {
      Shell shell = new Shell(snippets, System.out, verbose);
      boolean person = isAtTerminal();
      if (person) {
        System.out.println(welcome);
      }
      try (Input input =
          person
              ? new Keyboard(snippets, shell.evaluator::interrupt)
              : Input.lines(standardInput(), snippets)) {
        shell.serve(input);
      }
    }
  }

  /** Whether a person types and reads; of a JVM without a terminal some have no console at all. */
  public static boolean isAtTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private static BufferedReader standardInput() {
    String charset = System.getProperty("stdin.encoding", Charset.defaultCharset().name());
    return new BufferedReader(new InputStreamReader(System.in, Charset.forName(charset)));
  }

  private void serve(Input input) {
    String source = input.read();
    while (source != null && !isExit(source)) {
      answer(source.strip());
      source = input.read();
    }
  }

  private static boolean isExit(String source) {
    return source.strip().equals("/exit");
  }

  private void answer(String source) {
    if (source.equals("/help")) {
      Prelude.help();
    } else if (source.startsWith("/") && !source.startsWith("//") && !source.startsWith("/*")) {
      out.println("error: there is no command " + source + "; /help and /exit there are");
    } else {
      evaluate(source);
    }
    out.flush();
  }

  private void evaluate(String source) {
    Pid<?> before = evaluator.pid();
    if (!evaluator.run(() -> snippets.evaluate(source, answers))) {
      ExitReason reason = before.exitReason().orElse(ExitReason.KILLED);
      out.println(
          "the shell's process %s has ended: %s; %s takes its place"
              .formatted(before, reason, evaluator.pid()));
    }
  }
}
