package dev.tend.store;

import static dev.tend.store.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.journal.StoreException.OutcomeUnknown;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFailureTest {
  private static final ListId LIST = ListId.random();

  @TempDir Path temp;
  private Path path;

  @BeforeEach
  void create() throws Exception {
    path = temp.resolve("shard.db");
    Schema.SHARD.create(path, "uuid");
  }

  /** A shard and the file under it, to be tampered with. */
  private record Opened(SqliteFile file, SqliteShard shard) {}

  private Opened open() throws StoreException {
    return SqliteFile.open(
        Schema.SHARD,
        path,
        "uuid",
        new OpenFiles(),
        file -> new Opened(file, new SqliteShard(file)));
  }

  private static long pragma(SqliteFile file, String pragma) throws SQLException {
    return file.prepare("PRAGMA " + pragma).number();
  }

  private static boolean done(Prepared statement) throws SQLException {
    statement.run();
    return true;
  }

  @Test
  void commits_are_synced_and_never_wait_for_a_lock() throws Exception {
    Opened opened = open();
    try (Shard shard = opened.shard()) {
      assertThat(shard.epoch()).isEqualTo(1);
      assertThat(pragma(opened.file(), "synchronous")).isEqualTo(2); // FULL
      assertThat(pragma(opened.file(), "busy_timeout")).isZero();
    }
  }

  @Test
  void on_a_full_disk_it_is_unavailable_writes_nothing_and_works_again_later() throws Exception {
    Opened opened = open();
    try (Shard shard = opened.shard()) {
      shard.commit(List.of(append(LIST, 0, 1)));
      ListId other = ListId.random();
      long pages = pragma(opened.file(), "page_count");
      pragma(opened.file(), "max_page_count = " + (pages + 3));

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> shard.commit(List.of(append(other, 0, 1), append(LIST, 1, 1_000))))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("the disk is full");
      }
      assertThat(shard.head(LIST)).isEqualTo(1);
      assertThat(shard.head(other)).isZero();
      assertThat(shard.commit(List.of(append(LIST, 1, 1)))).containsExactly(new Committed(2));

      pragma(opened.file(), "max_page_count = 1000000");
      assertThat(shard.commit(List.of(append(LIST, 2, 1_000))))
          .containsExactly(new Committed(1_002));
    }
  }

  @Test
  void after_a_failed_commit_the_opening_is_of_no_more_use_and_a_new_one_is() throws Exception {
    Opened opened = open();
    try (Shard shard = opened.shard()) {
      opened.file().prepare("CREATE TABLE parent (id INTEGER PRIMARY KEY)").run();
      opened
          .file()
          .prepare("CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
          .run();
      opened.file().prepare("PRAGMA foreign_keys = ON").run();
      Prepared orphan = opened.file().prepare("INSERT INTO child VALUES (1)");

      // A deferred constraint is checked by COMMIT, and so is a real way to make COMMIT fail.
      assertThatThrownBy(() -> opened.file().transaction(() -> done(orphan)))
          .isInstanceOf(OutcomeUnknown.class)
          .hasMessageContaining("may be durable or not");
      assertThatThrownBy(() -> shard.commit(List.of(append(LIST, 0, 1))))
          .isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> shard.head(LIST)).isInstanceOf(Unavailable.class);
    }
    try (Shard shard = open().shard()) {
      assertThat(shard.commit(List.of(append(LIST, 0, 1)))).containsExactly(new Committed(1));
    }
  }

  @Test
  void a_throw_out_of_the_work_rolls_back() throws Exception {
    Opened opened = open();
    try (Shard shard = opened.shard()) {
      Prepared delete = opened.file().prepare("DELETE FROM identity");
      assertThatThrownBy(() ->
              opened
                  .file()
                  .transaction(() -> {
                    delete.run();
                    throw new IllegalStateException("a defect");
                  }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(shard.commit(List.of(append(LIST, 0, 1)))).containsExactly(new Committed(1));
    }
  }

  @RepeatedTest(5)
  void closed_by_another_thread_while_it_writes_it_loses_nothing_it_confirmed() throws Exception {
    Shard shard = open().shard();
    AtomicReference<Object> end = new AtomicReference<>("none");
    AtomicLong confirmed = new AtomicLong();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (true) {
                  shard.commit(List.of(append(LIST, confirmed.get(), 20)));
                  confirmed.addAndGet(20);
                }
              } catch (StoreException | RuntimeException e) {
                end.set(e);
              }
            });
    await().atMost(60, TimeUnit.SECONDS).until(() -> confirmed.get() > 200 || !writer.isAlive());
    shard.close();
    writer.join();

    assertThat(end.get()).isInstanceOf(StoreException.class);
    try (Shard again = open().shard()) {
      assertThat(again.head(LIST)).isIn(confirmed.get(), confirmed.get() + 20);
      assertThat(again.read(LIST, 0, Integer.MAX_VALUE)).hasSize((int) again.head(LIST));
    }
  }
}
