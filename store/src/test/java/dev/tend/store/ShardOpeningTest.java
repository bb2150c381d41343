package dev.tend.store;

import static dev.tend.store.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException.Superseded;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardOpeningTest {
  private static final ListId LIST = ListId.random();

  @TempDir Path temp;
  private DataFolder folder;
  private ListStore store;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 2);
    store = folder.store();
    file = folder.path().resolve("shard-1.db");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void each_opening_has_a_greater_epoch_also_after_a_restart() throws Exception {
    try (Shard first = store.openShard(1);
        Shard second = store.openShard(1)) {
      assertThat(second.epoch()).isGreaterThan(first.epoch());
      folder.close();
      open();
      try (Shard third = store.openShard(1)) {
        assertThat(third.epoch()).isGreaterThan(second.epoch());
      }
    }
  }

  @Test
  void an_earlier_opening_can_read_but_not_write_any_more() throws Exception {
    try (Shard old = store.openShard(1)) {
      old.commit(List.of(append(LIST, 0, 1)));
      try (Shard current = store.openShard(1)) {
        assertThatThrownBy(() -> old.commit(List.of(append(LIST, 1, 1))))
            .isInstanceOf(Superseded.class)
            .hasMessageContaining("shard-1.db");
        assertThat(current.head(LIST)).isEqualTo(1);
        assertThat(current.commit(List.of(append(LIST, 1, 1)))).containsExactly(new Committed(2));
        assertThat(old.head(LIST)).isEqualTo(2);
        assertThatThrownBy(() -> old.commit(List.of())).isInstanceOf(Superseded.class);
      }
    }
  }

  @Test
  void while_another_connection_writes_it_is_unavailable_and_afterwards_not() throws Exception {
    try (Connection other = Sqlite.open(file);
        Statement sql = other.createStatement()) {
      sql.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> store.openShard(1))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("another writer");
      sql.execute("ROLLBACK");
      try (Shard shard = store.openShard(1)) {
        sql.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> shard.commit(List.of(append(LIST, 0, 1))))
            .isInstanceOf(Unavailable.class);
        assertThat(shard.head(LIST)).isZero();
        sql.execute("ROLLBACK");
        assertThat(shard.commit(List.of(append(LIST, 0, 1)))).containsExactly(new Committed(1));
      }
    }
  }

  @Test
  void a_missing_file_is_unavailable_and_not_made_anew() throws Exception {
    Files.delete(file);

    assertUnavailable("missing");
  }

  @Test
  void a_folder_in_its_place_is_unavailable() throws Exception {
    Files.delete(file);
    Files.createDirectory(file);

    assertUnavailable("cannot be opened");
  }

  @Test
  void a_zero_length_file_is_unavailable_and_stays_so() throws Exception {
    Files.write(file, new byte[0]);

    assertUnavailable("not a shard file");
    assertThat(file).isEmptyFile();
  }

  @Test
  void a_file_that_is_no_database_is_unavailable() throws Exception {
    Files.writeString(file, "Dear diary, ".repeat(1_000));

    assertUnavailable("not a database");
    assertThat(file).hasContent("Dear diary, ".repeat(1_000));
  }

  @Test
  void another_programs_database_is_unavailable_and_untouched() throws Exception {
    Files.delete(file);
    try (Connection other = Sqlite.create(file);
        Statement sql = other.createStatement()) {
      sql.execute("CREATE TABLE identity (uuid, epoch)");
    }
    byte[] before = Files.readAllBytes(file);

    assertUnavailable("not a shard file");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void the_catalogue_in_a_shards_place_is_unavailable() throws Exception {
    Files.delete(file);
    Files.copy(folder.path().resolve("catalog.db"), file);

    assertUnavailable("not a shard file");
  }

  @Test
  void another_shard_in_its_place_is_unavailable() throws Exception {
    Files.delete(file);
    Files.copy(folder.path().resolve("shard-2.db"), file);

    assertUnavailable("another file than tend.json names");
  }

  @Test
  void a_cut_off_file_is_unavailable() throws Exception {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(4_096);
    }

    assertUnavailable("corrupt");
  }

  private void assertUnavailable(String why) throws IOException {
    List<Path> before = entries();
    assertThatThrownBy(() -> store.openShard(1))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll(file.toString(), why);
    assertThat(entries()).isEqualTo(before);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder.path())) {
      return entries.sorted().toList();
    }
  }
}
