package dev.tend.store;

import static dev.tend.store.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException.OutcomeUnknown;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk whose sync fails or is slow: a preloaded library in another JVM, see failing_sync.c. */
@EnabledOnOs(OS.LINUX)
class FailingSyncTest {
  @TempDir Path temp;

  @Test
  void a_sync_that_fails_or_is_slow_is_noticed_before_the_answer() throws Exception {
    String said =
        Preloaded.compiled("failing_sync", temp)
            .run(Map.of("FAILING_SYNC", temp.resolve("control").toString()), OnBadDisk.class, temp);
    assertThat(said).endsWith("as it should be");
  }

  /** What happens on that disk. */
  static final class OnBadDisk {
    private static final ListId LIST = ListId.random();
    private static final String LOG_FILE = "shard-1.db-wal";

    private final Path temp;
    private final Path control;
    private final DataFolder folder;

    private OnBadDisk(Path temp) throws Exception {
      this.temp = temp;
      this.control = temp.resolve("control");
      this.folder = DataFolder.open(temp.resolve("data"), 1);
    }

    public static void main(String[] args) throws Exception {
      OnBadDisk test = new OnBadDisk(Path.of(args[0]));
      test.aSlowSyncDelaysTheAnswer();
      test.aFailedSyncLeavesTheOutcomeOpenUntilTheNextEpoch();
      test.aFailedSyncOfACheckpointHarmsNothing();
      test.folder.close();
      System.err.print("as it should be");
    }

    private Shard open() throws Exception {
      ListStore store = folder.store();
      return store.openShard(1);
    }

    private void aSlowSyncDelaysTheAnswer() throws Exception {
      try (Shard shard = open()) {
        Files.writeString(control, "slow " + LOG_FILE);
        Instant start = Instant.now();
        assertThat(shard.commit(List.of(append(LIST, 0, 1)))).containsExactly(new Committed(1));
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(900));
        Files.delete(control);
      }
    }

    private void aFailedSyncLeavesTheOutcomeOpenUntilTheNextEpoch() throws Exception {
      Shard shard = open();
      Files.writeString(control, "fail " + LOG_FILE);
      assertThatThrownBy(() -> shard.commit(List.of(append(LIST, 1, 1))))
          .isInstanceOf(OutcomeUnknown.class)
          .hasMessageContaining("SQLITE_IOERR_FSYNC");
      assertThatThrownBy(() -> shard.head(LIST)).isInstanceOf(Unavailable.class);
      Files.delete(control);

      // Unknown is the truth: to a program that starts after a crash now, the change is there …
      assertThat(headAfterCrash("before")).isEqualTo(2);
      // … to ours it is not, and once a new epoch is written, that holds for both.
      Files.writeString(control, "fail " + LOG_FILE);
      assertThatThrownBy(this::open).isInstanceOf(Unavailable.class);
      Files.delete(control);
      try (Shard next = open()) {
        assertThat(next.head(LIST)).isEqualTo(1);
        assertThat(headAfterCrash("after")).isEqualTo(1);
        assertThat(next.commit(List.of(append(LIST, 1, 1)))).containsExactly(new Committed(2));
      }
      shard.close();
    }

    /** Checkpoints happen within COMMIT, after the sync that makes it durable. */
    private void aFailedSyncOfACheckpointHarmsNothing() throws Exception {
      Files.writeString(control, "fail shard-1.db");
      try (Shard shard = open()) {
        for (int head = 2; head < 20_000; head += 200) {
          assertThat(shard.commit(List.of(append(LIST, head, 200))))
              .containsExactly(new Committed(head + 200));
        }
      }
      Files.delete(control);
      try (Shard shard = open()) {
        assertThat(shard.read(LIST, 0, 100_000)).hasSize(20_002);
      }
    }

    /** Opens a copy of the files as they are now, without the shared memory that a crash loses. */
    private long headAfterCrash(String name) throws Exception {
      Path copy = Files.createDirectory(temp.resolve(name));
      Preloaded.said(new ProcessBuilder("cp", "-r", folder.path() + "/.", copy.toString()));
      Files.deleteIfExists(copy.resolve("shard-1.db-shm"));
      try (DataFolder crashed = DataFolder.open(copy, 1);
          Shard shard = crashed.store().openShard(1)) {
        return shard.head(LIST);
      }
    }
  }
}
