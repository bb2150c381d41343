package dev.tend.app.client;

import static dev.tend.app.Ready.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tend.app.Main;
import dev.tend.app.Tend;
import dev.tend.store.Backup;
import dev.tend.store.DataFolder;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Folders as they may be found, and what {@code tend doctor} says of each. */
class DoctorCommandTest {
  private static final String FROM_BACKUP = "bring it back with: tend restore <backup> --data ";

  @TempDir private static Path fixtures;
  private static Path stopped;
  private static Path killed;
  private static Path backup;

  @TempDir private Path temp;

  /** What happens to a good folder. */
  interface Harm {
    void to(Path data) throws Exception;
  }

  /** Two lists, one in each of two shards; as a server leaves it that stops, or is killed. */
  @BeforeAll
  static void fill() throws Exception {
    stopped = fixtures.resolve("stopped");
    killed = fixtures.resolve("killed");
    DataFolder.open(stopped, 2).close();
    try (Tend tend = Tend.start(stopped, OptionalInt.of(0))) {
      Cli cli = Cli.of(tend);
      for (String list : new String[] {"one", "two"}) {
        assertThat(cli.run("create", list).status()).isZero();
        assertThat(cli.run("add", list, "first").status()).isZero();
        assertThat(cli.run("add", list, "second").status()).isZero();
      }
      copy(stopped, killed);
    }
    backup =
        Backup.make(stopped, fixtures.resolve("b"), "test", Instant.now(), Headway.UNSEEN).path();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static Harm sql(String file, String... statements) {
    return data -> {
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + data.resolve(file));
          Statement sql = connection.createStatement()) {
        for (String statement : statements) {
          sql.execute(statement);
        }
      }
    };
  }

  private static Harm delete(String file) {
    return data -> Files.delete(data.resolve(file));
  }

  private static Harm beside(String suffix) {
    return data -> Files.createDirectory(data.resolveSibling("data" + suffix));
  }

  private static Harm content(String file, String content) {
    return data -> Files.writeString(data.resolve(file), content);
  }

  private static Harm emptied(Harm then) {
    return data -> {
      try (Stream<Path> files = Files.list(data)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      then.to(data);
    };
  }

  private static Harm gone(Harm then) {
    return data -> {
      emptied(_ -> {}).to(data);
      Files.delete(data);
      then.to(data);
    };
  }

  private static void overwrite(Path file, long at) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      raw.write(new byte[2_000]);
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("no folder", gone(_ -> {}), "There is no folder", "or start a server"),
        arguments(
            "a file",
            gone(data -> Files.writeString(data, "text")),
            "is a file, not a folder.",
            "Name the data folder with --data."),
        arguments(
            "another program's",
            emptied(content("thesis.odt", "mine")),
            "is no data folder of Tend: it has no tend.json.",
            "Name another with --data."),
        arguments(
            "a backup",
            gone(data -> copy(backup, data)),
            "is a backup, not a data folder.",
            "tend verify "),
        arguments(
            "begun",
            (Harm) data -> Files.move(data.resolve("tend.json"), data.resolve("tend.json.new")),
            "and did not finish.",
            "Start a server on it"),
        arguments("a damaged marker", content("tend.json", "{}"), "cannot be read", FROM_BACKUP),
        arguments(
            "a newer format",
            content("tend.json", "{\"format\": 2}"),
            "was written by a newer Tend (format 2",
            "Start the newer Tend"),
        arguments(
            "an unreadable marker",
            (Harm)
                data -> {
                  Files.delete(data.resolve("tend.json"));
                  Files.createDirectory(data.resolve("tend.json"));
                },
            "cannot be read: Is a directory.",
            "Run this as the user"),
        arguments(
            "a missing shard",
            delete("shard-2.db"),
            "shard-2.db cannot be used: it is missing or cannot be opened.",
            FROM_BACKUP),
        arguments(
            "a missing catalogue",
            delete("catalog.db"),
            "catalog.db cannot be used: it is missing",
            FROM_BACKUP),
        arguments(
            "no database",
            content("shard-1.db", "Dear diary, ".repeat(500)),
            "shard-1.db cannot be used: it is not a database",
            FROM_BACKUP),
        arguments(
            "a newer shard",
            sql("shard-1.db", "PRAGMA user_version = 99"),
            "shard-1.db cannot be used: it was written by a newer Tend (schema 99",
            "Start the newer Tend that wrote it."),
        arguments(
            "another shard in its place",
            (Harm)
                data -> {
                  Files.delete(data.resolve("shard-1.db"));
                  Files.copy(data.resolve("shard-2.db"), data.resolve("shard-1.db"));
                },
            "shard-1.db cannot be used: it is another file than tend.json names",
            FROM_BACKUP),
        arguments(
            "a database of another program",
            (Harm)
                data -> {
                  Files.delete(data.resolve("shard-1.db"));
                  sql("shard-1.db", "CREATE TABLE mine (text)").to(data);
                },
            "shard-1.db cannot be used: it is not a shard file of Tend.",
            FROM_BACKUP),
        arguments(
            "a damaged page",
            (Harm) data -> overwrite(data.resolve("shard-1.db"), 4_096 * 2),
            "shard-1.db ",
            FROM_BACKUP),
        arguments(
            "a cut off file",
            (Harm)
                data -> {
                  try (RandomAccessFile raw =
                      new RandomAccessFile(data.resolve("shard-2.db").toFile(), "rw")) {
                    raw.setLength(4_096);
                  }
                },
            "shard-2.db ",
            FROM_BACKUP),
        arguments(
            "a gap",
            sql("shard-1.db", "DELETE FROM journal WHERE revision = 1"),
            "in shard-1.db, list ",
            FROM_BACKUP),
        arguments(
            "a list of no shard",
            sql("catalog.db", "UPDATE list SET shard = 7"),
            "2 lists are in shards that do not exist.",
            FROM_BACKUP),
        arguments(
            "a change that is missing",
            sql("catalog.db", "UPDATE list SET revision = 2"),
            "the catalogue's changes of list ",
            FROM_BACKUP),
        arguments(
            "a restore that died",
            beside(".restoring"),
            ".restoring is a restore that was not finished.",
            "Run tend restore again, which begins anew, or delete it."),
        arguments(
            "a restore that died between two names",
            gone(data -> {
              beside(".restoring").to(data);
              beside(".replaced-20261128T120000Z").to(data);
            }),
            ".replaced-20261128T120000Z is what a restore has replaced.",
            "to have it back."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void whatIsWrongIsSaidWithWhatToDoAndNothingIsTouched(
      String what, Harm harm, String said, String remedy) throws Exception {
    Path data = folder(stopped);
    harm.to(data);
    String out = assertUntouched(data, 1);
    assertThat(out).startsWith("WRONG  ").contains(said, remedy).doesNotContain("is in order");
    assertThat(out.lines()).allMatch(line -> line.endsWith(".") || line.contains("tend "));
  }

  static Stream<Arguments> worthKnowing() {
    return Stream.of(
        arguments("a stopped server's", (Harm) _ -> {}, "is in order."),
        arguments(
            "an unfinished backup",
            (Harm)
                data ->
                    Files.createDirectories(
                        data.resolve("backups/tend-20261128T120000Z.unfinished")),
            "is a backup that was not finished."),
        arguments(
            "a replaced folder",
            beside(".replaced-20261128T120000Z"),
            "Delete it when you do not need it any more."),
        arguments(
            "a replaced folder with the backups in it",
            (Harm)
                data ->
                    Files.createDirectories(
                        data.resolveSibling(
                            "data.replaced-20261128T120000Z/backups/tend-20261128T110000Z")),
            "/data.replaced-20261128T120000Z/backups elsewhere before you delete it."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("worthKnowing")
  void whatIsMerelyWorthKnowingIsANote(String what, Harm harm, String said) throws Exception {
    Path data = folder(stopped);
    harm.to(data);
    assertThat(assertUntouched(data, 0)).contains(said).endsWith("is in order.\n");
  }

  @Test
  void ofAKilledServerTheLogIsReadAndLeftWhereItIs() throws Exception {
    Path data = folder(killed);
    assertThat(assertUntouched(data, 0))
        .contains("shard-1.db-wal is there: the server was not stopped in order.", "is in order");
  }

  @Test
  void whatIsWrongInALogAloneIsFoundToo() throws Exception {
    Path live = fixtures.resolve("live");
    copy(stopped, live);
    Path data = temp.resolve("data");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + live.resolve("shard-1.db"));
        Statement sql = connection.createStatement()) {
      sql.execute("DELETE FROM journal WHERE revision = 1");
      copy(live, data);
    }
    assertThat(assertUntouched(data, 1)).contains("has a gap in its journal");
  }

  @Test
  void whatItSaysToDoNamesTheFolderAsAShellReadsIt() throws Exception {
    Path data = Files.createDirectory(temp.resolve("Bob's $HOME"));
    assertThat(said(data, 1))
        .contains(
            "bring it back with: tend restore <backup> --data '%s' --replace"
                .formatted(data.toString().replace("'", "'\\''")));
    copy(backup, temp.resolve("a backup"));
    Path copy = temp.resolve("a backup");
    assertThat(said(copy, 1)).contains("Look at it with: tend verify '%s'".formatted(copy));
  }

  @Test
  void besideARunningServerNothingIsWrong() throws Exception {
    Path data = folder(stopped);
    try (Tend tend = Tend.start(data, OptionalInt.of(0))) {
      ready("http://127.0.0.1:" + tend.port().orElseThrow());
      assertThat(said(data, 0)).contains("A server is running on " + data + ".", "is in order.");
    }
  }

  @Test
  void whatThisUserMayNotReadOrWriteIsNamed() throws Exception {
    Path data = folder(stopped);
    Path shard = data.resolve("shard-1.db");
    Files.setPosixFilePermissions(shard, PosixFilePermissions.fromString("r--r--r--"));
    assumeTrue(!Files.isWritable(shard), "the superuser may do everything");
    assertThat(said(data, 1)).contains("This user may not read and write " + shard + ".");
  }

  private Path folder(Path fixture) throws IOException {
    Path data = temp.resolve("data");
    copy(fixture, data);
    return data;
  }

  private String assertUntouched(Path data, int status) throws Exception {
    Map<String, String> before = contents();
    String said = said(data, status);
    assertThat(contents()).isEqualTo(before);
    return said;
  }

  private static String said(Path data, int status) {
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(out));
    int ended = command.execute("doctor", "--data", data.toString());
    assertThat(ended).as(out.toString()).isEqualTo(status);
    return out.toString();
  }

  /** Of all files here but for the index of a log, which is made of the log whenever it is read. */
  private Map<String, String> contents() throws Exception {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(file -> !file.toString().endsWith("-shm")).toList()) {
        String hash =
            Files.isDirectory(file)
                ? "folder"
                : HexFormat.of()
                    .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        contents.put(temp.relativize(file).toString(), hash);
      }
    }
    return contents;
  }
}
