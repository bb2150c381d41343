package dev.tend.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.Tend;
import dev.tend.todo.TodoCache;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Tab key completes in {@code tend shell}. */
class KeyboardTest {
  @TempDir private static Path folder;
  private static Tend tend;
  private static Snippets snippets;

  @BeforeAll
  static void start() throws Exception {
    tend = Tend.start(folder.resolve("data"), OptionalInt.empty());
    snippets = new Snippets();
    for (String name : List.of("Bob's list", "Say \"hi\"", "two\nlines", "Grüße 😀")) {
      TodoCache.serverProcess(name);
    }
  }

  @AfterAll
  static void stop() {
    snippets.close();
    tend.close();
  }

  /** Types at a terminal; what the shell is then given to evaluate. */
  private static String typed(String keys) throws Exception {
    Terminal terminal =
        new ExternalTerminal(
            "test",
            "xterm",
            new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8);
    try (Keyboard keyboard =
        new Keyboard(terminal, folder.resolve("history"), snippets, () -> {})) {
      return String.valueOf(keyboard.read());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "/he # /help",
        "/e # /exit",
        "tre # tree()",
        "process # processes()",
        "TodoCa # TodoCache",
        "TodoServer.entr # TodoServer.entries()",
        "TodoCache.serverPro # TodoCache.serverProcess()",
        "TodoCache.serverProcess(\"Bo # TodoCache.serverProcess(\"Bob's list\")",
        "TodoCache.serverProcess(\"Bob's l # TodoCache.serverProcess(\"Bob's list\")",
        "TodoCache.serverProcess(\"Say # TodoCache.serverProcess(\"Say \\\"hi\\\"\")",
        "TodoCache.serverProcess(\"Say \\\"h # TodoCache.serverProcess(\"Say \\\"hi\\\"\")",
        "TodoCache.serverProcess(\"tw # TodoCache.serverProcess(\"two\\nlines\")",
        "var x = TodoCache.serverProcess( \"Gr # var x = TodoCache.serverProcess( \"Grüße 😀\")",
        "whereis(\"todo_cac # whereis(\"todo_cache\")",
        "flush(\"Bo\" # flush(\"Bo\")"
      })
  void tabCompletes(String keys, String line) throws Exception {
    boolean open = keys.contains(".") || keys.contains("(\"");
    assertThat(typed(keys + "\t" + (open ? ")" : "") + "\r").strip()).isEqualTo(line);
  }

  @Test
  void theShellsOwnCommandsAreAtTheBeginningOfALineAlone() {
    assertThat(Suggestions.of("/", 1, snippets)).containsExactly("/exit", "/help");
    assertThat(Suggestions.of("1 /h", 4, snippets)).doesNotContain("/help");
  }

  @Test
  void everythingOfThePreludeIsOffered() {
    assertThat(Suggestions.of("", 0, snippets))
        .contains(
            "whereis(",
            "exit(",
            "self()",
            "send(",
            "flush()",
            "tree()",
            "processes()",
            "i(",
            "help()",
            "kill",
            "normal",
            "shutdown",
            "TodoCache",
            "TodoServer");
  }
}
