package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Programs;
import dev.tend.app.Tend;
import dev.tend.app.client.Cli.Ran;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists come from files and go into files. */
class ImportTest {
  private static final String SOME =
      "date,title,done,notes\r\n2018-12-19,\"Dentist, \"\"Dr. B\"\"\",true,\"a\nb\"\r\n,=1+1,,\r\n";
  private static final String BROKEN =
      "2018-12-19,Dentist\n2018-13-19,Oops\n,\n2018-12-21,Movies\n";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Tend tend;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    tend = Tend.start(folder.resolve("data"), OptionalInt.of(0));
    cli = Cli.of(tend);
  }

  private String address() {
    return "http://127.0.0.1:" + tend.port().orElseThrow();
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

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode list(String name) {
    return Server.JSON.readTree(good("show", name, "--json").out()).path("entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", "ics"})
  void whatIsExportedIsImported(String format) throws Exception {
    good("import", file("some.csv", SOME), "--list", "Some");
    String copy = folder.resolve("copy." + format).toString();
    good("export", "Some", "--output", copy);
    good("import", copy, "--list", "Copy");
    assertThat(list("Copy").valueStream().map(ImportTest::fields).toList())
        .hasSize(2)
        .isEqualTo(list("Some").valueStream().map(ImportTest::fields).toList());
  }

  private static String fields(JsonNode entry) {
    return "" + entry.get("date") + entry.get("title") + entry.get("done") + entry.get("notes");
  }

  @Test
  void anEmptyListIsExportedAndWhatAFormatCannotHoldIsSaid() throws Exception {
    good("create", "Empty");
    String file = folder.resolve("empty.ics").toString();
    good("export", "Empty", "--output", file);
    assertThat(good("import", file, "--list", "Other").out()).startsWith("0 entries");
    good("import", file("some.csv", SOME), "--list", "Some");
    assertThat(good("export", "Some", "--output", folder.resolve("some.txt").toString()).err())
        .contains("cannot hold");
  }

  @Test
  void aBrokenLineIsNamedAndNothingIsImported() throws Exception {
    Ran ran = cli.run("import", file("bad.csv", BROKEN), "--list", "Bad");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("line 2: ", "line 3: ", "--skip-broken");
    assertThat(good("lists").out()).isEmpty();
  }

  @Test
  void theRestIsImportedWhereThatIsChosen() throws Exception {
    Ran ran = good("import", file("bad.csv", BROKEN), "--list", "Bad", "--skip-broken");
    assertThat(ran.out()).contains("2 entries added", "2 broken lines left out");
    assertThat(list("Bad")).hasSize(2);
  }

  @Test
  void whatWasCalledOffIsLeftOutAndCounted() throws Exception {
    String todo = "BEGIN:VTODO\nSUMMARY:Milk\nSTATUS:%s\nEND:VTODO\n";
    String calendar =
        "BEGIN:VCALENDAR\n"
            + todo.formatted("CANCELLED")
            + todo.formatted("NEEDS-ACTION")
            + todo.formatted("CANCELLED")
            + "END:VCALENDAR\n";
    String file = file("some.ics", calendar);
    assertThat(good("import", file, "--list", "Some").out())
        .isEqualTo("1 entry added to the new list Some; 2 cancelled ones left out\n");
    assertThat(list("Some")).hasSize(1);
  }

  @Test
  void twentyBrokenLinesAreNamedAndTheOthersCounted() throws Exception {
    Ran ran = cli.run("import", file("bad.csv", ",\n".repeat(25)), "--list", "Bad");
    assertThat(ran.err().lines().filter(line -> line.startsWith("line "))).hasSize(20);
    assertThat(ran.err()).contains("and 5 more", "25 lines are broken");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    String some = file("some.csv", SOME);
    assertThat(good("import", some, "--list", "Some", "--dry-run").out())
        .contains("2 entries would");
    assertThat(good("lists").out()).isEmpty();
    good("create", "Some");
    good("import", some, "--list", "Some", "--dry-run");
    assertThat(list("Some")).isEmpty();
  }

  @Test
  void aDryRunRefusesTheNameThatNoListCanHave() throws Exception {
    String some = file("some.csv", SOME);
    for (String name : new String[] {" ", "x".repeat(256)}) {
      Ran ran = cli.run("import", some, "--list", name, "--dry-run");
      assertThat(ran.status()).as(ran.out()).isEqualTo(1);
      assertThat(ran.err()).contains("nothing was imported: the list's name ");
    }
  }

  @Test
  void whatIsNoFileIsSaid() throws Exception {
    String folders = Files.createDirectory(folder.resolve("folder.csv")).toString();
    Ran ran = cli.run("import", folders, "--list", "Some");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("tend: the file " + folders + " cannot be read: ");
    assertThat(cli.run("import", folder.resolve("no.csv").toString(), "--list", "Some").err())
        .endsWith("no.csv cannot be read: there is no such file or folder\n");
    good("create", "Some");
    assertThat(
            cli.run("export", "Some", "--output", folder.resolve("no/some.csv").toString()).err())
        .endsWith("some.csv cannot be written: there is no such file or folder\n");
  }

  @Test
  void anExportReplacesFilesAndNothingElse() throws Exception {
    good("import", file("some.csv", SOME), "--list", "Some");
    Path old = Path.of(file("old.json", "old"));
    Set<PosixFilePermission> rights = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(old, rights);
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), old);
    good("export", "Some", "--output", link.toString());
    assertThat(link).isSymbolicLink();
    assertThat(old).content().contains("Dentist");
    assertThat(Files.getPosixFilePermissions(old)).isEqualTo(rights);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Ran ran = cli.run("export", "Some", "--output", empty.toString());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("empty cannot be written: ");
    assertThat(empty).isEmptyDirectory();
  }

  /** {@code /dev/null} is one too, which root can replace. */
  @Test
  void aPipeIsWrittenInto() throws Exception {
    assumeTrue(Programs.has("mkfifo", "cat"), "no pipes here");
    Path pipe = folder.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    try {
      good("import", file("some.csv", SOME), "--list", "Some");
      good("export", "Some", "--output", pipe.toString());
      assertThat(Files.isRegularFile(pipe)).isFalse();
      assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("date,title,")
          .contains("Dentist");
    } finally {
      reader.destroy();
    }
  }

  @Test
  void moreThanAListHoldsIsRefusedBeforeAnythingIsSent() throws Exception {
    Ran ran = cli.run("import", file("many.csv", ",Milk\n".repeat(100_001)), "--list", "Many");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("100,000", "100,001");
    assertThat(good("lists").out()).isEmpty();
  }

  @Test
  void aFileThatIsRepeatedAddsNothingUnlessThatIsWanted() throws Exception {
    String some = file("some.csv", SOME);
    good("import", some, "--list", "Some");
    assertThat(good("import", some, "--list", "Some").out())
        .contains("0 entries added", "2 are there from an earlier import");
    assertThat(list("Some")).hasSize(2);
    good("import", some, "--list", "Some", "--again");
    assertThat(list("Some")).hasSize(4);
  }

  @Test
  void anImportCutShortIsCompletedWithoutDoubling() throws Exception {
    int entries = 30_000;
    String all =
        IntStream.rangeClosed(1, entries)
            .mapToObj(i -> "2026-12-04,Thing " + i + "\n")
            .collect(Collectors.joining());
    String many = file("many.csv", all);
    good("create", "Many");
    CompletableFuture<Ran> first =
        CompletableFuture.supplyAsync(
            () -> cli.run("import", many, "--list", "Many", "--wait", "5"));
    Server server = new Server(URI.create(address()), PATIENCE);
    eventually(PATIENCE, () -> assertThat(size(server)).isGreaterThan(11_000));
    tend.close();
    assertThat(first.join())
        .matches(ran -> ran.status() == 69 || ran.status() == 75, "lost the server")
        .matches(ran -> ran.err().contains("the same command again goes on"), "says what to do");
    start();
    int kept = list("Many").size();
    assertThat(kept).isBetween(11_001, entries - 1);
    good("import", many, "--list", "Many");
    assertThat(list("Many").valueStream().map(it -> it.get("title").stringValue()))
        .hasSize(entries)
        .doesNotHaveDuplicates();
  }

  private static long size(Server server) throws CouldNot {
    JsonNode only = server.get("/lists").body().path("lists").get(0);
    return server.get("/lists/" + only.path("id").asString()).body().path("size").asLong();
  }

  @Test
  void standardInputIsAFileToo() {
    Ran ran = cli.runWith("x Milk\n", "import", "-", "--list", "Some", "--format", "todotxt");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(list("Some").get(0).get("done").booleanValue()).isTrue();
    assertThat(cli.runWith("x", "import", "-", "--list", "Some").status()).isEqualTo(2);
  }

  @Test
  void aFileOfAnotherEncodingIsRefusedUntilItIsNamed() throws Exception {
    Path file = folder.resolve("old.txt");
    Files.write(file, "Grüße\n".getBytes(StandardCharsets.ISO_8859_1));
    Ran ran = cli.run("import", file.toString(), "--list", "Old");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("line 1 is not UTF-8", "--encoding");
    good("import", file.toString(), "--list", "Old", "--encoding", "windows-1252");
    assertThat(list("Old").get(0).get("title").stringValue()).isEqualTo("Grüße");
  }
}
