package dev.tend.store;

import static dev.tend.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.journal.StoreException.Unavailable;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.TodoList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that an earlier Tend has written. */
class MigrationTest {
  private static final String ID = FirstWritten.ID;

  @TempDir Path temp;
  private DataFolder folder;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 1);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void theListsOfTheFirstCatalogueAreThereAndTheirCommandsAreRemembered() throws Exception {
    FirstWritten.put(folder, "catalog.db", "catalog/001_lists.sql", FirstWritten.list("Old"));
    try (CatalogFile catalog = folder.store().openCatalog()) {
      CatalogEntry old = catalog.find("bob", "Old").orElseThrow();
      assertThat(old.id()).isEqualTo(new ListId(ID));
      assertThat(old.isDeleted()).isFalse();
      assertThat(catalog.page("bob", false, CatalogPlace.BEGIN, 9)).containsExactly(old);
      assertThat(catalog.containing("bob", false, "OLD", CatalogPlace.BEGIN, 9))
          .contains(List.of(old));
      Origin origin = new Origin("bob", "api", "c1", "h");
      CatalogWish again = new CatalogWish.NewList("bob", "Old", NOON, origin, false);
      assertThat(catalog.commit(List.of(again))).containsExactly(new Catalogued.Repeated(old));
      assertThat(catalog.epoch()).isEqualTo(8);
    }
  }

  @Test
  void theRecordsOfTheFirstJournalHaveAnEntryHistory() throws Exception {
    FirstWritten.put(
        folder,
        "shard-1.db",
        "shard/001_journal.sql",
        FirstWritten.record(
            1, "added", "{\"id\":1,\"date\":null,\"title\":\"a\",\"done\":false,\"notes\":\"\"}"),
        FirstWritten.record(
            2, "added", "{\"id\":2,\"date\":null,\"title\":\"b\",\"done\":false,\"notes\":\"\"}"),
        FirstWritten.record(3, "deleted", "{\"id\":1}"),
        FirstWritten.record(4, "cleared", "{}"));
    try (Shard shard = folder.store().openShard(1)) {
      assertThat(shard.read(new ListId(ID), 0, 9)).hasSize(4);
      assertThat(shard.history(new ListId(ID), 1, 9, 9))
          .extracting(record -> record.change().getClass().getSimpleName())
          .containsExactly("Deleted", "Added");
      assertThat(shard.history(new ListId(ID), 0, 4, 2).getFirst().change())
          .isEqualTo(new Change.Deleted(1));
    }
  }

  @Test
  void theStateOfListsIsMadeOfTheFirstJournal() throws Exception {
    String entry = "{\"id\":%d,\"date\":%s,\"title\":\"%s\",\"done\":%s,\"notes\":\"\"}";
    FirstWritten.put(
        folder,
        "shard-1.db",
        "shard/001_journal.sql",
        FirstWritten.record(1, "added", entry.formatted(1, "null", "gone", "false")),
        FirstWritten.record(2, "cleared", "{}"),
        FirstWritten.record(3, "added", entry.formatted(2, "null", "deleted", "false")),
        FirstWritten.record(4, "added", entry.formatted(3, "\"2026-11-22\"", "first", "false")),
        FirstWritten.record(
            5, "updated", entry.formatted(3, "\"2026-11-23\"", "it''s \\u00e9", "true")),
        FirstWritten.record(6, "deleted", "{\"id\":2}"),
        FirstWritten.record(7, "added", entry.formatted(4, "null", "last", "false")));
    ListId list = new ListId(ID);
    try (Shard shard = folder.store().openShard(1)) {
      TodoList replayed = TodoList.empty();
      for (JournalRecord record : shard.read(list, 0, 9)) {
        replayed = replayed.apply(record.change());
      }
      assertThat(shard.entries(list, 0, 9)).containsExactlyElementsOf(replayed.entries());
      assertThat(shard.entries(list, 0, 9)).hasSize(2);
      assertThat(shard.standing(list)).isEqualTo(new Standing(7, 5, 0, List.of()));
      assertThat(shard.head(list)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog.db", "shard-1.db"})
  void aFileOfANewerTendIsRefusedAndUntouched(String name) throws Exception {
    Path file = folder.path().resolve(name);
    Samples.sql(file, "PRAGMA user_version = 99");
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(
            () -> {
              folder.store().openCatalog().close();
              folder.store().openShard(1).close();
            })
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll(file.toString(), "newer Tend (schema 99");
    assertThat(file).hasBinaryContent(before);
    assertThat(Io.names(folder.path()))
        .containsExactly("catalog.db", "lock", "shard-1.db", "tend.json");
  }
}
