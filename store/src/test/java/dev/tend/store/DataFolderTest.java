package dev.tend.store;

import static dev.tend.store.Samples.append;
import static dev.tend.store.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tend.todo.backup.Headway;
import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException.Superseded;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  private static final ListId LIST = ListId.random();

  @TempDir Path temp;

  @Test
  void a_folder_below_a_file_is_refused_in_one_sentence() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    Path data = file.resolve("data");
    assertThatThrownBy(() -> DataFolder.open(data, 1))
        .isInstanceOf(DataFolderException.class)
        .hasMessage("The data folder %s cannot be used: %s is a file, not a folder.", data, file);
  }

  @Test
  void a_new_folder_has_its_shards_and_a_catalogue_and_keeps_them() throws Exception {
    Path path = temp.resolve("not/yet/there, 100% #1? \u00e9");
    try (DataFolder folder = DataFolder.open(path, 3)) {
      assertThat(folder.store().shards()).isEqualTo(3);
      for (int number = 1; number <= 3; number++) {
        try (Shard shard = folder.store().openShard(number)) {
          assertThat(shard.commit(List.of(append(LIST, 0, number))))
              .containsExactly(new Committed(number));
        }
      }
      try (CatalogFile catalog = folder.store().openCatalog()) {
        catalog.commit(List.of(wish("bob", "../../etc/passwd", "c1")));
      }
      assertThat(names(path))
          .containsExactly(
              "catalog.db", "lock", "shard-1.db", "shard-2.db", "shard-3.db", "tend.json");
    }
    try (DataFolder folder = DataFolder.open(path, 8)) {
      assertThat(folder.store().shards()).isEqualTo(3);
      for (int number = 1; number <= 3; number++) {
        try (Shard shard = folder.store().openShard(number)) {
          assertThat(shard.head(LIST)).isEqualTo(number);
        }
      }
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void what_is_made_is_for_its_owner_alone_and_what_is_there_stays_as_it_is() throws Exception {
    Path made = temp.resolve("made");
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

    DataFolder.open(made, 1).close();
    DataFolder.open(open, 1).close();
    Backup backup = Backup.make(made, temp.resolve("b"), "test", Instant.now(), Headway.UNSEEN);
    Path copy = backup.copyTo(temp.resolve("c"), Headway.UNSEEN).path();
    Path restored = temp.resolve("restored");
    backup.restore(restored, false, Instant.now(), Headway.UNSEEN);

    assertThat(open).satisfies(allows("rwxr-x---"));
    assertThat(List.of(made, backup.path(), copy, restored)).allSatisfy(allows("rwx------"));
  }

  private static ThrowingConsumer<Path> allows(String rights) {
    return path ->
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(rights);
  }

  @Test
  void an_empty_folder_and_a_volumes_root_are_filled() throws Exception {
    Files.createDirectory(temp.resolve("lost+found"));

    DataFolder.open(temp, 1).close();

    assertThat(names(temp)).contains("tend.json", "lost+found");
  }

  @Test
  void a_second_opening_in_the_same_program_is_refused_and_does_not_free_the_folder()
      throws Exception {
    try (DataFolder folder = DataFolder.open(temp, 1)) {
      Path link = temp.resolveSibling(temp.getFileName() + "-link");
      Files.createSymbolicLink(link, temp);
      assertRefused(temp, "in use by another Tend server");
      assertRefused(link, "in use by another Tend server");
      Files.delete(link);
      assertThat(openElsewhere()).contains("in use by another Tend server", temp.toString());
      assertThat(folder.store().shards()).isEqualTo(1);
    }
    assertThat(openElsewhere()).contains("opened");
    DataFolder.open(temp, 1).close();
  }

  @Test
  void a_second_close_does_not_free_a_later_opening() throws Exception {
    DataFolder first = DataFolder.open(temp, 1);
    first.close();
    try (DataFolder second = DataFolder.open(temp, 1)) {
      first.close();
      assertRefused(second.path(), "in use by another Tend server");
    }
  }

  /** What can be open in it. */
  enum Open {
    SHARD {
      @Override
      AutoCloseable in(DataFolder folder) throws Exception {
        return folder.store().openShard(1);
      }
    },
    CATALOG {
      @Override
      AutoCloseable in(DataFolder folder) throws Exception {
        return folder.store().openCatalog();
      }
    };

    abstract AutoCloseable in(DataFolder folder) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Open.class)
  void it_is_freed_when_the_last_file_is_closed_and_not_before(Open what) throws Exception {
    DataFolder folder = DataFolder.open(temp, 1);
    AutoCloseable first = what.in(folder);
    AutoCloseable last = what.in(folder);
    Thread closing = Thread.ofPlatform().start(folder::close);

    awaitWaiting(closing);
    first.close();
    first.close();
    awaitWaiting(closing);
    assertRefused(temp, "in use by another Tend server");
    last.close();
    closing.join();

    assertThat(names(temp)).doesNotContain("shard-1.db-wal", "catalog.db-wal");
    DataFolder.open(temp, 1).close();
  }

  @Test
  void it_is_freed_when_the_time_is_over_and_what_is_written_then_is_refused() throws Exception {
    DataFolder folder = DataFolder.open(temp, 1);
    try (Shard slow = folder.store().openShard(1)) {
      folder.close(Duration.ofMillis(1));
      try (DataFolder next = DataFolder.open(temp, 1);
          Shard successor = next.store().openShard(1)) {
        assertThatThrownBy(() -> slow.commit(List.of(append(LIST, 0, 1))))
            .isInstanceOf(Superseded.class);
        assertThat(successor.commit(List.of(append(LIST, 0, 1)))).hasSize(1);
      }
    }
  }

  @Test
  void a_file_that_could_not_be_opened_is_not_waited_for() {
    OpenFiles files = new OpenFiles();
    Path missing = temp.resolve("shard-1.db");

    assertThatThrownBy(
            () -> SqliteFile.open(Schema.SHARD, missing, "uuid", files, SqliteShard::new))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> SqliteFile.damage(Schema.SHARD, missing, files))
        .isInstanceOf(Unavailable.class);

    assertThat(files.awaitNone(Duration.ZERO)).isZero();
  }

  private static void awaitWaiting(Thread thread) {
    await().until(thread::getState, Thread.State.TIMED_WAITING::equals);
  }

  /** Another server: opens the folder named by its argument, and says what came of it. */
  static final class Elsewhere {
    public static void main(String[] args) throws Exception {
      try (DataFolder folder = DataFolder.open(Path.of(args[0]), 1)) {
        System.err.println("opened " + folder.path());
      } catch (DataFolderException e) {
        System.err.println(e.getMessage());
      }
    }
  }

  private String openElsewhere() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Elsewhere.class.getName(),
                temp.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void while_another_fills_it_no_look_fails_or_finds_foreign_files() throws Exception {
    for (int round = 0; round < 30; round++) {
      Path folder = Files.createDirectory(temp.resolve("round " + round));
      NewFolder fresh = new NewFolder(folder);
      CompletableFuture<Void> filled =
          CompletableFuture.runAsync(() -> assertThatNoException().isThrownBy(() -> fresh.fill(1)));
      do {
        fresh.refuseForeignFiles();
      } while (!filled.isDone());
      filled.join();
      assertThat(fresh.isComplete()).isTrue();
    }
  }

  @Test
  void of_two_that_begin_at_once_one_has_it_and_to_the_other_it_is_in_use() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path folder = temp.resolve("round " + round);
      CyclicBarrier together = new CyclicBarrier(4);
      List<CompletableFuture<DataFolder>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        CompletableFuture<DataFolder> start = new CompletableFuture<>();
        starts.add(start);
        Thread.ofPlatform()
            .start(() -> {
              try {
                together.await();
                start.complete(DataFolder.open(folder, 2));
              } catch (Exception e) {
                start.completeExceptionally(e);
              }
            });
      }
      int open = 0;
      for (CompletableFuture<DataFolder> start : starts) {
        try {
          start.get().close();
          open++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).hasMessageContaining("in use by another Tend server");
        }
      }
      assertThat(open).isPositive();
    }
  }

  @Test
  void a_folder_of_another_program_is_refused_and_untouched() throws Exception {
    Files.writeString(temp.resolve("thesis.odt"), "mine");

    assertRefused(temp, "holds files of another program, such as thesis.odt");
    assertThat(names(temp)).containsExactly("thesis.odt");
  }

  @Test
  void database_files_without_a_marker_are_not_taken_for_ours() throws Exception {
    DataFolder.open(temp, 1).close();
    Files.delete(temp.resolve("tend.json"));
    byte[] before = Files.readAllBytes(temp.resolve("shard-1.db"));

    assertRefused(temp, "has no tend.json but holds files of another program");
    assertThat(temp.resolve("shard-1.db")).hasBinaryContent(before);
  }

  @Test
  void a_file_in_its_place_is_refused() throws Exception {
    Path file = Files.writeString(temp.resolve("data"), "text");

    assertRefused(file, "is a file, not a folder");
    assertRefused(file.resolve("below"), "data");
  }

  @Test
  void a_link_to_what_is_not_mounted_is_refused() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("data"), temp.resolve("gone"));

    assertRefused(link, "is a link to a folder that is not there");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_place_where_nothing_can_be_written_is_refused() {
    assertRefused(Path.of("/proc/tend"), "/proc/tend");
    assertRefused(Path.of("/proc/self/fdinfo"), "/proc/self/fdinfo");
  }

  @Test
  void a_newer_format_is_refused() throws Exception {
    DataFolder.open(temp, 1).close();
    Path marker = temp.resolve("tend.json");
    Files.writeString(
        marker, Files.readString(marker).replaceFirst("\"format\" ?: ?1", "\"format\": 2"));

    assertRefused(temp, "newer Tend (format 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "hello",
        "{\"format\":1,\"catalog\":\"x\",\"shards\":[]}",
        "{\"format\":1,\"catalog\":\"x\",\"shards\":[{\"number\":2,\"uuid\":\"u\",\"file\":\"f\"}]}",
        "{\"format\":1,\"catalog\":\"x\",\"shards\":[{\"number\":1,\"uuid\":\"u\",\"file\":\"../f\"}]}",
        "{\"format\":1,\"shards\":[{\"number\":1,\"uuid\":\"u\",\"file\":\"f\"}]}"
      })
  void a_damaged_marker_is_refused_and_nothing_is_started_over(String content) throws Exception {
    DataFolder.open(temp, 1).close();
    Files.writeString(temp.resolve("tend.json"), content);
    List<String> before = names(temp);

    assertRefused(temp, "tend.json cannot be read");
    assertThat(names(temp)).isEqualTo(before);
    assertThat(temp.resolve("tend.json")).hasContent(content);
  }

  @Test
  void a_folder_that_lacks_a_file_opens_and_that_file_alone_is_unavailable() throws Exception {
    DataFolder.open(temp, 2).close();
    Files.delete(temp.resolve("shard-1.db"));

    try (DataFolder folder = DataFolder.open(temp, 2)) {
      assertThatThrownBy(() -> folder.store().openShard(1)).hasMessageContaining("missing");
      folder.store().openShard(2).close();
    }
  }

  /** What a kill may leave: the first steps of making a folder, and the next one half done. */
  private enum Died {
    AFTER_THE_LOCK {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "tend.json.new", "shard-1.db", "shard-2.db", "catalog.db");
      }
    },
    IN_THE_PLAN {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "shard-1.db", "shard-2.db", "catalog.db");
        Files.writeString(folder.resolve("tend.json.new"), "{ \"format\"");
      }
    },
    AFTER_THE_PLAN {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "shard-1.db", "shard-2.db", "catalog.db");
      }
    },
    IN_THE_FIRST_SHARD {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "shard-2.db", "catalog.db");
        Files.write(folder.resolve("shard-1.db"), new byte[0]);
        Files.writeString(folder.resolve("shard-1.db-journal"), "half a journal");
      }
    },
    IN_THE_SECOND_SHARD {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "catalog.db");
        Files.writeString(folder.resolve("shard-2.db"), "half a page");
        Files.writeString(folder.resolve("shard-2.db-wal"), "half a log");
        Files.writeString(folder.resolve("shard-2.db-shm"), "half an index");
      }
    },
    BEFORE_THE_CATALOGUE {
      @Override
      void leave(Path folder) throws IOException {
        delete(folder, "catalog.db");
      }
    },
    BEFORE_THE_MARKER {
      @Override
      void leave(Path folder) {}
    };

    abstract void leave(Path folder) throws IOException;

    private static void delete(Path folder, String... names) throws IOException {
      for (String name : names) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  void a_folder_whose_making_was_cut_off_anywhere_is_made_by_the_next_opening() throws Exception {
    for (Died died : Died.values()) {
      Path path = temp.resolve(died.name());
      DataFolder.open(path, 2).close();
      Files.move(path.resolve("tend.json"), path.resolve("tend.json.new"));
      died.leave(path);

      try (DataFolder folder = DataFolder.open(path, 1)) {
        assertThat(folder.store().shards()).as(died.name()).isEqualTo(1);
        folder.store().openShard(1).close();
        folder.store().openCatalog().close();
        assertThat(names(path))
            .as(died.name())
            .containsExactly("catalog.db", "lock", "shard-1.db", "tend.json");
      }
    }
  }

  @Test
  void a_cut_off_making_does_not_make_foreign_files_ours() throws Exception {
    DataFolder.open(temp, 1).close();
    Files.move(temp.resolve("tend.json"), temp.resolve("tend.json.new"));
    Files.writeString(temp.resolve("shard-7.db"), "foreign");
    List<String> before = names(temp);

    assertRefused(temp, "another program, such as shard-7.db");
    assertThat(names(temp)).isEqualTo(before);
  }

  private static void assertRefused(Path folder, String why) {
    assertThatThrownBy(() -> DataFolder.open(folder, 1).close())
        .isInstanceOf(DataFolderException.class)
        .message()
        .contains(why)
        .doesNotContain("\n")
        .endsWith(".");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
