package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Change;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is about one entry costs the records of that entry, however many others there are. */
class LongJournalTest {
  private static final ListId LIST = ListId.random();
  private static final Instant LATER = Samples.NOON.plusSeconds(3_600);
  private static final int SHORT = 200;
  private static final int LONG = 10_000;
  private static final int TIMES = 20;

  @TempDir Path temp;

  enum Deed {
    HISTORY_OF_AN_ENTRY {
      @Override
      void of(Shard shard) throws StoreException {
        assertThat(shard.history(LIST, 1, Long.MAX_VALUE, 16)).hasSize(1);
      }
    },
    DROP_OF_WHAT_AN_ENTRY_WAS {
      @Override
      void of(Shard shard) throws StoreException {
        assertThat(shard.prune(Optional.empty(), LATER, 1).isEnd()).isFalse();
      }
    },
    DROP_OF_AN_ENTRY {
      @Override
      JournalRecord last(long revision) {
        return Samples.record(revision, new Change.Deleted((int) revision - TIMES));
      }

      @Override
      void of(Shard shard) throws StoreException {
        assertThat(shard.prune(Optional.empty(), LATER, 1).records()).isEqualTo(2);
      }
    };

    abstract void of(Shard shard) throws StoreException;

    /** One of a list's last so many records. */
    JournalRecord last(long revision) {
      return Samples.added(revision, "last");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongListsIsAsQuickAsAShortOnes(Deed deed) throws Exception {
    try (DataFolder folder = DataFolder.open(temp.resolve("short"), 1);
        DataFolder other = DataFolder.open(temp.resolve("long"), 1);
        Shard few = folder.store().openShard(1);
        Shard many = other.store().openShard(1)) {
      fill(few, SHORT, deed);
      fill(many, LONG, deed);
      assertThat(quickest(many, deed)).isLessThan(4 * quickest(few, deed));
    }
  }

  /** All but the last records have been looked at. */
  private static void fill(Shard shard, int records, Deed deed) throws StoreException {
    int first = records - TIMES;
    shard.commit(List.of(Samples.append(LIST, 0, first)));
    shard.prune(Optional.empty(), LATER, first);
    for (int revision = first + 1; revision <= records; revision++) {
      shard.commit(List.of(new Append(LIST, revision - 1, List.of(deed.last(revision)))));
    }
  }

  private static long quickest(Shard shard, Deed deed) throws StoreException {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      long begun = System.nanoTime();
      deed.of(shard);
      quickest = Math.min(quickest, System.nanoTime() - begun);
    }
    return quickest;
  }
}
