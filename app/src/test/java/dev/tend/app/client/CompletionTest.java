package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Programs;
import dev.tend.app.Tend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Tab key makes of names, which are anybody's text. */
class CompletionTest {
  private static final String RUN = "$(touch evil)`touch evil`;&|<>*?~\\\"!x";
  private static final String LINES = "two\nlines";
  private static final String STEERS = "esc\u001b[31m\u202e\u0085";

  private static final int ATTEMPTS = 5;

  @TempDir private static Path folder;
  private static Tend tend;
  private static Cli cli;
  private static String server;

  @BeforeAll
  static void start() throws Exception {
    tend = Tend.start(folder.resolve("data"), OptionalInt.of(0));
    server = "http://127.0.0.1:" + tend.port().orElseThrow();
    cli = Cli.of(tend);
    for (String name :
        List.of(
            "Bob's list",
            "Groceries",
            "work:to do",
            "Grüße 😀",
            LINES,
            RUN,
            STEERS,
            "Wow!really",
            "--odd")) {
      good("create", "--", name);
    }
    good("create", "Gone");
    good("delete-list", "Gone");
    good("add", "Groceries", "Oat milk");
    good("add", "Groceries", "Bread", "--done");
    good("add", "Groceries", "Oat \"flakes\"");
  }

  @AfterAll
  static void stop() {
    tend.close();
  }

  private static void good(String... arguments) {
    Cli.Ran ran = cli.run(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  /** Nothing, where a busy machine had no answer in the time the Tab key waits. */
  private static List<String> completed(String... words) {
    List<String> all = new ArrayList<>(List.of("complete", "zsh", "--", "tend"));
    all.addAll(List.of(words));
    all.addAll(5, List.of("--server", server));
    Cli.Ran ran = cli.runAsIs(all.toArray(String[]::new));
    assertThat(ran.err()).isEmpty();
    return ran.out().isEmpty() ? List.of() : List.of(ran.out().split("\0"));
  }

  @ParameterizedTest
  @CsvSource({
    "show Gro,              Groceries",
    "show gro,              Groceries",
    "show Gr,               Groceries|Grüße 😀",
    "show --json gro,       Groceries",
    "show --date today Gro, Groceries",
    "show Groceries x,      ''",
    "show --text Gro,       ''",
    "add Groceries O,       ''",
    "done Groceries O,      'Oat \"flakes\"|Oat milk'",
    "done Groceries B,      ''",
    "undone Groceries B,    Bread",
    "delete gro Oat b,      Bread",
    "edit Groceries B,      Bread",
    "move Groceries B --to Gro, Groceries",
    "import x --list Gro,   Groceries",
    "import x --list=Gro,   --list=Groceries",
    "import Gro,            ''",
    "restore G,             Gone",
    "show --,               ''",
    "show -- --o,           --odd",
    "shwo Gro,              ''",
    "done Nothing O,        ''",
    "done g O,              ''"
  })
  void namesStandWhereTheyCan(String typed, String expected) {
    eventually(() -> assertThat(String.join("|", completed(typed.split(" ")))).isEqualTo(expected));
  }

  @Test
  void anythingStartsNothing() {
    eventually(() ->
        assertThat(completed("show", ""))
            .contains(RUN, LINES, STEERS)
            .doesNotContain("--odd", "Gone"));
  }

  @Test
  void withoutAServerThereIsNothingAndNoWord() throws Exception {
    Cli.Ran ran =
        cli.runAsIs("complete", "zsh", "--", "tend", "show", "--server", "http://127.0.0.1:9", "G");
    assertThat(ran.out() + ran.err()).isEmpty();
    try (Stub broken = new Stub(new Stub.Answer(503, "{}"))) {
      ran = cli.runAsIs("complete", "zsh", "--", "tend", "show", "--server", broken.address(), "G");
      assertThat(ran.out() + ran.err()).isEmpty();
      assertThat(broken.keys).hasSize(1);
    }
    try (Stub silent = new Stub(new Stub.Answer(-1, ""))) {
      ran = cli.runAsIs("complete", "zsh", "--", "tend", "show", "--server", silent.address(), "G");
      assertThat(ran.out() + ran.err()).isEmpty();
    }
  }

  /** A person types the beginning, Tab, Enter; at the end they are given as they were made. */
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void whatIsTypedAndCompletedIsGivenToTheCommand(String shell) throws Exception {
    assumeTrue(Programs.has(shell, "script"), "no " + shell + " at a terminal here");
    Path start = TypedShell.start(folder, server, cli.runAsIs("completion", shell).out());
    try (TypedShell open = TypedShell.open(shell, start)) {
      gives(open, "show Bo", "<show><Bob's list>");
      gives(open, "show \"Bob's l", "<show><Bob's list>");
      gives(open, "show 'Grü", "<show><Grüße 😀>");
      gives(open, "show wo", "<show><work:to do>");
      gives(open, "show work:t", "<show><work:to do>");
      gives(open, "show tw", "<show><" + LINES + ">");
      gives(open, "show \"Wo", "<show><Wow!really>");
      gives(open, "show '$(t", "<show><" + RUN + ">");
      gives(open, "import x --list=Gro", "<import><x><--list=Groceries>");
      gives(open, "done Groceries \"Oat \\\"", "<done><Groceries><Oat \"flakes\">");
      gives(open, "show --unda", "<show><--undated>");
    }
    assertThat(Files.exists(Path.of("evil"))).isFalse();
  }

  /** Again, with Ctrl-C first, where a busy machine had no answer in the time the Tab key waits. */
  private static void gives(TypedShell shell, String typed, String given) throws Exception {
    int before = shell.screen().length();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        shell.type("\u0003"); // which also takes away what has been typed ahead
        eventually(() -> assertThat(shell.screen()).endsWith("ready> "));
      }
      shell.type("tend " + typed + "\t\n");
      try {
        eventually(
            Duration.ofSeconds(15),
            () -> assertThat(shell.screen().substring(before)).contains("\n" + given + "\n"));
        return;
      } catch (AssertionError notYet) {
        if (attempt == ATTEMPTS) {
          throw notYet;
        }
      }
    }
  }
}
