package dev.tend.store;

import static dev.tend.store.Samples.added;
import static dev.tend.store.Samples.append;
import static dev.tend.store.Samples.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.journal.StoreException.Damaged;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage of every kind: found, and never shown as less than there was. */
class SoundnessTest {
  private static final int PAGE = 4_096;
  private static final int RECORDS = 2_000;

  /** The middle one of three, so that a short look does not happen to meet its rows. */
  private static final ListId LIST = id("5");

  @TempDir Path temp;
  private DataFolder folder;
  private Path file;

  private static ListId id(String digit) {
    return new ListId(digit.repeat(32));
  }

  /** What happens to the file. */
  interface Harm {
    void to(Path file) throws Exception;
  }

  @BeforeEach
  void fill() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 2);
    file = folder.path().resolve("shard-1.db");
    try (Shard shard = folder.store().openShard(1)) {
      for (String digit : List.of("4", "5", "6")) {
        shard.commit(List.of(append(id(digit), 0, RECORDS)));
      }
      shard.commit(
          List.of(new Append(LIST, RECORDS, List.of(added(RECORDS + 1, "long ".repeat(2_000))))));
    }
    sql(
        file,
        "CREATE TABLE filler (text)",
        "INSERT INTO filler VALUES (zeroblob(100000))",
        "DROP TABLE filler",
        "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void a_sound_file_is_sound_also_while_it_is_written() throws Exception {
    assertThat(folder.store().shardDamage(1)).isEmpty();
    assertThat(folder.store().catalogDamage()).isEmpty();
    try (Shard shard = folder.store().openShard(1)) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int head = 0; !Thread.interrupted(); head += 10) {
                    shard.commit(List.of(append(id("7"), head, 10)));
                  }
                } catch (StoreException e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 0; i < 5; i++) {
        assertThat(folder.store().shardDamage(1)).isEmpty();
      }
      assertThat(writer.isAlive()).isTrue();
      writer.interrupt();
      writer.join();
    }
  }

  @Test
  void an_interrupted_check_ends_and_finds_nothing() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> folder.store().shardDamage(1))
          .isInstanceOf(Unavailable.class)
          .isNotInstanceOf(Damaged.class)
          .hasMessageContaining("INTERRUPT");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  static Stream<Arguments> harms() {
    return Stream.of(
        arguments("the header", overwritten(file -> 1)),
        arguments("the schema", (Harm) file -> overwrite(file, 100, PAGE - 100)),
        arguments("an interior page of the journal", overwritten(page("journal", "internal"))),
        arguments("a leaf of the journal", overwritten(page("journal", "leaf"))),
        arguments("a long row's rest", unlinked()),
        arguments("a leaf of the entries", overwritten(page("entry", "leaf"))),
        arguments("a leaf of an index", overwritten(page("journal_of_entry", "leaf"))),
        arguments("the list of free pages", overwritten(file -> number(file, 32))),
        arguments("half of the file", (Harm) file -> cut(file, 2)),
        arguments("a letter of a record", misspelt()),
        arguments("a zeroed leaf", (Harm) file -> zero(file, page("journal", "leaf").of(file))),
        arguments("a missing record", rows("DELETE FROM journal WHERE revision = 7")),
        arguments("missing last records", rows("DELETE FROM journal WHERE revision > 1900")),
        arguments("a missing list", rows("DELETE FROM list WHERE list LIKE '5%'")),
        arguments("a list that is too old", rows("UPDATE list SET revision = revision - 1")),
        arguments("an entry of nowhere", rows("UPDATE entry SET revision = 9999 WHERE id = 3")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harms")
  void it_is_found_and_no_list_looks_smaller(String what, Harm harm) throws Exception {
    harm.to(file);

    assertThat(folder.store().shardDamage(1))
        .hasValueSatisfying(reason -> assertThat(reason).contains(file.toString(), "corrupt"));
    assertThat(folder.store().shardDamage(2)).isEmpty();
    try (Shard other = folder.store().openShard(2)) {
      assertThat(other.commit(List.of(append(LIST, 0, 1)))).containsExactly(new Committed(1));
    }
  }

  static Stream<Arguments> atOnce() {
    return harms()
        .filter(harm ->
            List.of(
                    "the header",
                    "the schema",
                    "an interior page of the journal",
                    "half of the file",
                    "missing last records",
                    "a missing list",
                    "a list that is too old")
                .contains(harm.get()[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("atOnce")
  void an_opening_finds_what_all_lists_rest_on(String what, Harm harm) throws Exception {
    harm.to(file);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> folder.store().openShard(1))
        .isInstanceOf(Damaged.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("corrupt");
    assertThat(file).as("untouched").hasBinaryContent(before);
  }

  @Test
  void what_only_one_list_rests_on_is_met_by_its_reader() throws Exception {
    overwritten(page("journal", "leaf")).to(file);

    try (Shard shard = folder.store().openShard(1)) {
      assertThatThrownBy(
              () -> {
                for (String digit : List.of("4", "5", "6")) {
                  shard.read(id(digit), 0, Integer.MAX_VALUE);
                }
              })
          .isInstanceOf(Damaged.class);
    }
  }

  @Test
  void a_damaged_catalogue_is_found() throws Exception {
    Path catalog = folder.path().resolve("catalog.db");
    sql(catalog, "PRAGMA wal_checkpoint(TRUNCATE)");
    overwrite(catalog, 100, PAGE - 100);

    assertThat(folder.store().catalogDamage())
        .hasValueSatisfying(reason -> assertThat(reason).contains(catalog.toString()));
    assertThatThrownBy(() -> folder.store().openCatalog()).isInstanceOf(Damaged.class);
  }

  // ---- harm ----

  /** The number of a page. */
  private interface Page {
    int of(Path file) throws Exception;
  }

  private static Page page(String table, String type) {
    return file -> {
      try (Connection connection = Sqlite.open(file);
          Statement sql = connection.createStatement();
          ResultSet pages =
              sql.executeQuery(
                  "SELECT pageno FROM dbstat WHERE name = '%s' AND pagetype = '%s' ORDER BY path"
                      .formatted(table, type))) {
        int middle = 0;
        for (int i = 0; pages.next(); i++) {
          middle = type.equals("internal") || i <= 60 ? pages.getInt(1) : middle;
        }
        return middle;
      }
    };
  }

  private static Harm overwritten(Page page) {
    return file -> overwrite(file, (page.of(file) - 1L) * PAGE, PAGE);
  }

  private static void overwrite(Path file, long at, int length) throws IOException {
    byte[] garbage = new byte[length];
    new Random(1).nextBytes(garbage);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      raw.write(garbage);
    }
  }

  private static void zero(Path file, int page) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek((page - 1L) * PAGE);
      raw.write(new byte[PAGE]);
    }
  }

  /** The first page of a row's rest says that the next one is the first page of the file. */
  private static Harm unlinked() {
    return file -> {
      int page = page("journal", "overflow").of(file);
      try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
        raw.seek((page - 1L) * PAGE);
        raw.writeInt(1);
      }
    };
  }

  /** One bit of a record, which is no JSON then. */
  private static Harm misspelt() {
    return file -> {
      int end = page("journal", "leaf").of(file) * PAGE; // there rows begin, and go backwards
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      int record = bytes.lastIndexOf("{\"id\":", end);
      try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
        raw.seek(record);
        raw.write('{' ^ 1);
      }
    };
  }

  private static void cut(Path file, int parts) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(raw.length() / PAGE / parts * PAGE);
    }
  }

  private static int number(Path file, int at) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
      raw.seek(at);
      return raw.readInt();
    }
  }

  private static Harm rows(String statement) {
    return file -> {
      try {
        sql(file, statement, "PRAGMA wal_checkpoint(TRUNCATE)");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    };
  }
}
