package dev.tend.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: line editing, completion, and the lines of earlier days. */
final class Keyboard implements Input {
  private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".tend_history");

  private final Terminal terminal;
  private final LineReader reader;

  /**
   * @param interrupted what Ctrl-C does while something runs
   */
  Keyboard(Snippets snippets, Runnable interrupted) throws IOException {
    this(
        TerminalBuilder.builder().system(true).nativeSignals(true).build(),
        HISTORY,
        snippets,
        interrupted);
  }

  Keyboard(Terminal terminal, Path history, Snippets snippets, Runnable interrupted) {
    this.terminal = terminal;
    terminal.handle(Terminal.Signal.INT, signal -> interrupted.run());
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("tend")
            .parser((line, cursor, context) -> parse(line, cursor, context, snippets))
            .completer((any, typed, found) -> complete(typed, found, snippets))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ...> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  @Override
  public @Nullable String read() {
    while (true) {
      try {
        return reader.readLine("tend> ");
      } catch (UserInterruptException cleared) {
        // The line is given up, not the shell.
      } catch (EndOfFileException end) {
        return null;
      }
    }
  }

  /** What is typed, with what is to be completed of it. Nothing in it is quoted or escaped. */
  private record Typed(String line, int cursor, int start) implements CompletingParsedLine {
    @Override
    public String word() {
      return line.substring(start, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - start;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return wordCursor();
    }
  }

  private static ParsedLine parse(
      String line, int cursor, Parser.ParseContext context, Snippets snippets) {
    if (context == Parser.ParseContext.ACCEPT_LINE
        && !line.startsWith("/")
        && snippets.isIncomplete(line)) {
      throw new EOFError(-1, cursor, "more to come");
    }
    return new Typed(line, cursor, Suggestions.start(line, cursor));
  }

  private static void complete(ParsedLine typed, List<Candidate> found, Snippets snippets) {
    for (String word : Suggestions.of(typed.line(), typed.cursor(), snippets)) {
      found.add(new Candidate(word, word, null, null, null, null, false));
    }
  }

  @Override
  public void close() {
    try {
      reader.getHistory().save();
      terminal.close();
    } catch (IOException e) {
      System.getLogger("dev.tend.app").log(System.Logger.Level.DEBUG, "the terminal's end", e);
    }
  }
}
