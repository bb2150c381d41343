package dev.tend.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Main;
import dev.tend.app.Programs;
import dev.tend.app.Tend;
import dev.tend.app.client.Cli.Ran;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands of every day, against a real server. */
class CommandsTest {
  @TempDir private Path folder;
  private Tend tend;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    tend = Tend.start(folder.resolve("data"), OptionalInt.of(0));
    cli = Cli.of(tend);
    good("create", "Groceries");
  }

  @AfterEach
  void stop() {
    tend.close();
  }

  private Ran good(String... arguments) {
    Ran ran = cli.run(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private Ran refused(int status, String hint, String... arguments) {
    Ran ran = cli.run(arguments);
    assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(status);
    assertThat(ran.err()).startsWith("tend: ").contains(hint);
    return ran;
  }

  private JsonNode json(String... arguments) {
    return Server.JSON.readTree(good(arguments).out());
  }

  @Test
  void anEntryLives() {
    good("add", "Groceries", "oat", "milk", "--date", "tomorrow", "--notes", "two");
    assertThat(good("show", "Groceries").lines())
        .containsExactly(
            "Groceries  1 of 1 to do", "    1 [ ] tomorrow     oat milk", "          two");
    good("edit", "Groceries", "oat", "--title", "Rye milk", "--no-date", "--notes", "");
    good("done", "Groceries", "rye");
    assertThat(good("show", "Groceries").lines())
        .containsExactly("Groceries  0 of 1 to do", "    1 [x]              Rye milk");
    good("undone", "Groceries", "#1");
    assertThat(json("show", "Groceries", "--json").path("entries"))
        .singleElement()
        .matches(entry -> entry.path("title").stringValue().equals("Rye milk"))
        .matches(entry -> !entry.path("done").booleanValue());
  }

  @Test
  void whatIsDeletedComesBackUnderItsNumber() {
    good("add", "Groceries", "Milk");
    good("add", "Groceries", "Bread");
    good("delete", "Groceries", "Milk");
    assertThat(good("show", "Groceries").lines()).hasSize(2);
    assertThat(good("undo", "Groceries").out()).contains("    1 [ ]              Milk");
    assertThat(good("history", "Groceries").lines())
        .extracting(line -> line.replaceAll(".* [0-9:]+ +(\\w+).*", "$1"))
        .containsExactly("restored", "deleted", "added", "added");
    good("undo", "Groceries", "2");
    assertThat(json("show", "Groceries", "--json").path("entries")).hasSize(1);
    assertThat(json("history", "Groceries", "2", "--json")).hasSize(2);
    refused(1, "", "undo", "Groceries", "2");
  }

  @Test
  void severalEntriesAreFoundBeforeTheFirstIsChanged() {
    good("create", "Party");
    for (String title : List.of("Milk", "Bread", "Cake")) {
      good("add", "Groceries", title);
    }
    refused(3, "no entry 'Tofu'", "done", "Groceries", "Milk", "Tofu");
    assertThat(good("show", "Groceries", "--done").lines()).hasSize(1);
    good("done", "Groceries", "Milk", "#2");
    assertThat(good("show", "Groceries", "--done").lines()).hasSize(3);
    refused(3, "no list 'Nowhere'", "move", "Groceries", "1", "--to", "Nowhere");
    assertThat(good("move", "Groceries", "1", "cake", "--to", "party").lines()).hasSize(2);
    assertThat(json("show", "Party", "--json").path("entries")).hasSize(2);
    String deleted = good("delete", "Groceries", "Bread").out();
    JsonNode last = json("history", "Groceries", "-n", "1", "--json").get(0);
    assertThat(deleted)
        .startsWith("deleted 2 Bread  (revision %d of".formatted(last.path("revision").asInt()));
    assertThat(json("show", "Groceries", "--json").path("entries")).isEmpty();
  }

  @Test
  void anEntryThatIsNamedTwiceIsChangedOnce() {
    good("add", "Groceries", "Milk");
    assertThat(json("delete", "Groceries", "1", "milk", "#1", "--json")).hasSize(1);
    assertThat(json("history", "Groceries", "1", "--json")).hasSize(2);
  }

  @Test
  void anEmptyNameMeansNothingAlsoWhereThereIsOnlyOne() {
    good("add", "Groceries", "Milk");
    refused(3, "no list ''", "delete-list", "");
    refused(3, "no entry ''", "delete", "Groceries", "");
    good("delete-list", "Groceries");
    refused(3, "no deleted list ''", "restore", "");
  }

  @Test
  void aListWhoseNameLooksLikeAnIdComesBackByIt() {
    String name = "a".repeat(32);
    good("create", name);
    assertThat(good("delete-list", name).out()).contains("tend restore " + name);
    good("restore", name);
    good("show", name);
  }

  /** In a todo.txt that is a context, in a chat a person; to picocli it was a file. */
  @Test
  void aTitleThatBeginsWithAnAtSignIsNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("phone"), "--done");
    good("add", "Groceries", "@" + file);
    good("add", "Groceries", "@@home");
    assertThat(json("show", "Groceries", "--json").path("entries").valueStream().toList())
        .extracting(entry -> entry.path("title").stringValue())
        .containsExactly("@" + file, "@@home");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bob's list",
        "a\"b",
        "$(id) `id` $HOME",
        "-x",
        "--",
        "~",
        "a;b&c|d>e",
        "!!",
        "a\nb"
      })
  void theHintOfHowToBringAListBackIsReadByAShellAsItsName(String name) throws Exception {
    assumeTrue(Programs.has("bash"), "no bash here");
    good("create", "--", name);
    String said = good("delete-list", "--", name).out();
    assertThat(said.lines()).hasSize(1);
    String hint = said.replaceFirst("(?s).*; tend (.*) brings it back\\R", "$1");
    Process bash =
        new ProcessBuilder("bash", "-c", "printf '%s\\0' " + hint)
            .directory(folder.toFile())
            .start();
    String typed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    good(typed.split("\0"));
    good("show", "--", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "done"})
  void aNumberWhoseEntryIsGoneDoesNotBecomeTheBeginningOfAnothersTitle(String command) {
    good("add", "Groceries", "Milk");
    good("add", "Groceries", "1up");
    good("add", "Groceries", "7");
    good("delete", "Groceries", "1");

    refused(3, "no entry '1'", command, "Groceries", "1");
    assertThat(good("show", "Groceries").out()).contains("2 of 2 to do", "1up");
    good(command, "Groceries", "7"); // it is called so
  }

  @Test
  void historyKnowsDeletedEntriesByNumberAndNumbersThatAreTitles() {
    good("add", "Groceries", "Milk");
    good("delete", "Groceries", "1");
    assertThat(json("history", "Groceries", "1", "--json")).hasSize(2);
    assertThat(json("history", "Groceries", "#1", "--json")).hasSize(2);
    good("add", "Groceries", "2024", "taxes");
    assertThat(json("history", "Groceries", "2024", "--json")).hasSize(1);
    refused(3, "no entry '7'", "history", "Groceries", "7");
  }

  @Test
  void historyIsAsLongAsOneAsksForAndOfAnEntryByItsTitle() {
    good("add", "Groceries", "Milk");
    good("add", "Groceries", "Bread");
    good("edit", "Groceries", "Milk", "--date", "2026-12-04");
    assertThat(good("history", "Groceries", "-n", "2").lines())
        .extracting(line -> line.replaceAll("^ *(\\d+) .* (#.*)$", "$1 $2"))
        .containsExactly("3 #1 Milk", "2 #2 Bread");
    assertThat(json("history", "Groceries", "mil", "--json")).hasSize(2);
    refused(2, "--limit", "history", "Groceries", "-n", "0");
    assertThat(good("undo", "Groceries").out()).startsWith("took revision 3 back");
    assertThat(json("show", "Groceries", "--json").at("/entries/0/date").isNull()).isTrue();
  }

  @Test
  void listsAreFoundByTheirNamesAndNoneIsSaid() {
    good("create", "Party");
    assertThat(good("lists", "par").lines()).singleElement().asString().startsWith("Party");
    assertThat(cli.run("lists", "zebra").err()).contains("there is no such list");
    assertThat(cli.run("lists", "--deleted").err()).contains("there is no such list");
    String id = json("create", "Party too", "--json").path("id").stringValue();
    good("delete-list", id);
    good("restore", id);
    assertThat(json("lists", "--json")).hasSize(3);
    for (String list : List.of("Groceries", "Party", "Party too")) {
      good("delete-list", list);
    }
    Ran none = good("lists");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("tend create Groceries");
  }

  @Test
  void oneLongNameDoesNotMakeAllLinesLong() {
    String name = "x".repeat(200);
    good("create", name);
    good("create", "y".repeat(40));
    assertThat(good("lists").lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("Groceries {33}[0-9a-f]{32}"),
            line -> assertThat(line).matches(name + "  [0-9a-f]{32}"),
            line -> assertThat(line).matches("y{40}  [0-9a-f]{32}"));
  }

  @Test
  void entriesMoveAndListsAreRenamedDeletedAndRestored() {
    good("create", "Party");
    good("add", "Groceries", "Cake");
    good("move", "Groceries", "Cake", "--to", "Party");
    assertThat(good("show", "Party").out()).contains("Cake");
    good("rename", "Party", "Feast");
    good("delete-list", "Feast");
    refused(3, "Feast", "show", "Feast");
    assertThat(good("lists", "--deleted").out()).startsWith("Feast");
    good("restore", "Feast");
    assertThat(good("show", "Feast").out()).contains("Cake");
    assertThat(json("lists", "--json")).hasSize(2);
  }

  @Test
  void listsAndEntriesAreNamedByAsMuchAsIsClear() {
    String id = json("create", "Grocery", "--json").path("id").stringValue();
    good("add", "Groceries", "Milk");
    good("add", "Groceries", "milk shake");
    good("add", "Groceries", "milk rice");
    refused(3, "could be", "show", "groc");
    good("show", "grocerie");
    good("show", id);
    good("done", "Groceries", "Milk");
    assertThat(refused(3, "could be", "done", "Groceries", "milk ").err()).contains("#2", "#3");
    good("done", "Groceries", "milk r");
  }

  @Test
  void whoLacksALetterOnTheKeyboardNamesThemAllTheSame() {
    good("create", "Straßenfest");
    good("create", "Straße");
    good("add", "strasse", "Çay");
    good("add", "STRASSENF", "cay");
    assertThat(good("show", "Straße").out()).contains("Çay");
    good("done", "strasse", "cay");
    assertThat(good("done", "strassenf", "ça").out()).contains("cay");
  }

  @Test
  void aLoneDashIsStandardInputAlsoBehindTwoAndMayBeATitleThere() {
    assertThat(cli.runWith("-\n", "add", "Groceries", "-").status()).isZero();
    assertThat(cli.runWith("Milk\n", "add", "Groceries", "--", "-").status()).isZero();
    good("add", "Groceries", "-", "Bread");
    assertThat(json("show", "Groceries", "--json").path("entries").valueStream().toList())
        .extracting(it -> it.path("title").stringValue())
        .containsExactly("-", "Milk", "- Bread");
  }

  @Test
  void manyEntriesAreReadFromStandardInput() {
    Ran ran = cli.runWith("2026-12-04 Milk\r\n\n  Bread\n", "add", "Groceries", "-");
    assertThat(ran.status()).isZero();
    assertThat(json("show", "Groceries", "--json").path("entries").valueStream().toList())
        .extracting(it -> it.path("date").asString("") + " " + it.path("title").stringValue())
        .containsExactly("2026-12-04 Milk", " Bread");
    Ran broken = cli.runWith("Jam\n2026-13-04 Milk\n", "add", "Groceries", "-");
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err()).contains("line 2");
    assertThat(json("show", "Groceries", "--json").path("entries")).hasSize(2);
  }

  @Test
  void filtersAreTheServers() {
    good("add", "Groceries", "Milk", "--date", "2026-12-04");
    good("add", "Groceries", "Bread", "--done");
    good("add", "Groceries", "Cake", "--date", "2026-12-05", "--notes", "with milk");
    assertThat(good("show", "Groceries", "--done").lines()).hasSize(2);
    assertThat(good("show", "Groceries", "--open").lines()).hasSize(4);
    assertThat(good("show", "Groceries", "--text", "milk").lines()).hasSize(4);
    assertThat(good("show", "Groceries", "--from", "2026-12-05").lines()).hasSize(3);
    assertThat(good("show", "Groceries", "--to", "2026-12-04").lines()).hasSize(2);
    assertThat(good("show", "Groceries", "--undated").lines()).hasSize(2);
    assertThat(good("show", "Groceries", "--date", "2026-12-04").lines()).hasSize(2);
  }

  @Test
  void nobodysTextSteersTheTerminal() {
    good("add", "Groceries", "\u001b[31mred\u202e\u0007");
    assertThat(good("show", "Groceries").out()).doesNotContain("\u001b", "\u202e", "\u0007");
  }

  @ParameterizedTest
  @CsvSource({
    "2, --help,     edit Groceries 1",
    "2, day,        add Groceries Milk --date someday",
    "2, address,    lists --server nowhere",
    "2, --date,     add Groceries - --date today",
    "2, show,       shwo",
    "3, no list,    show Nothing",
    "3, no entry,   done Groceries 7",
    "3, no entry,   delete Groceries Milk",
    "3, no deleted, restore Groceries",
    "1, name,       create Groceries",
    "1, nothing,    undo Groceries",
    "2, address,    lists --server 127.0.0.1:8363",
    "2, address,    lists --server ftp://127.0.0.1",
    "2, address,    lists --server http://127.0.0.1?x=1",
    "2, address,    lists --server http://127.0.0.1:99999",
    "2, color,      lists --color=pink",
    "69, tend serve, lists --server http://127.0.0.1:9"
  })
  void whatCannotBeDoneIsOneSentenceAndAStatus(int status, String hint, String arguments) {
    refused(status, hint, arguments.split(" "));
  }

  @Test
  void theAddressMayEndWithASlashAndHasToBeATends() {
    String address = "http://127.0.0.1:" + tend.port().orElseThrow();
    assertThat(good("lists", "--server", address + "/").out()).contains("Groceries");
    assertThat(good("lists", "--server", address + "//").out()).contains("Groceries");
    refused(1, "no Tend", "lists", "--server", address + "/tend");
    refused(1, "no Tend", "show", "Groceries", "--server", address + "/api/v1");
    refused(69, "HTTPS", "lists", "--server", address.replace("http:", "https:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionScriptsKnowTheCommands(String shell) {
    StringWriter out = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(out)).execute("completion", shell);
    assertThat(out.toString()).contains("complete -F", "undone", "--skip-broken");
  }

  @Test
  void daysAreSaidAndReadInWords() {
    LocalDate today = LocalDate.of(2026, 11, 28);
    assertThat(Words.day(today.plusDays(1), today)).isEqualTo("tomorrow");
    assertThat(Words.day(today.minusDays(1), today)).isEqualTo("yesterday");
    assertThat(Words.day(LocalDate.of(2026, 12, 4), today)).isEqualTo("Fri 4 Dec");
    assertThat(Words.day(LocalDate.of(2018, 12, 19), today)).isEqualTo("19 Dec 2018");
    assertThat(Day.of("Sat", today)).contains(today.plusDays(7));
    assertThat(Day.of("friday", today)).contains(LocalDate.of(2026, 12, 4));
    assertThat(Day.of("2026-02-30", today)).isEmpty();
  }

  @Test
  void coloursAreForATerminalAndCanBeTurnedOff() {
    Map<String, String> xterm = Map.of("TERM", "xterm");
    Map<String, String> without = Map.of("NO_COLOR", "1");
    assertThat(Ink.of(Ink.When.auto, true, xterm).on()).isTrue();
    assertThat(Ink.of(Ink.When.auto, false, xterm).on()).isFalse();
    assertThat(Ink.of(Ink.When.auto, true, without).on()).isFalse();
    assertThat(Ink.of(Ink.When.auto, true, Map.of("TERM", "dumb")).on()).isFalse();
    assertThat(Ink.of(Ink.When.never, true, xterm).on()).isFalse();
    assertThat(Ink.of(Ink.When.always, false, without).on()).isTrue();
    assertThat(new Ink(true).bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
    assertThat(new Ink(false).bold("x")).isEqualTo("x");
    assertThat(good("lists", "--color=always").out()).contains("\u001b[");
    assertThat(good("lists").out()).doesNotContain("\u001b");
  }
}
