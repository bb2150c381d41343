package dev.tend.store;

import static dev.tend.store.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException.Superseded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is appended in whatever order, by old and new openings, journals are the model's. */
class JournalModelTest {
  private static final List<ListId> LISTS =
      IntStream.range(0, 5).mapToObj(i -> new ListId("%032x".formatted(i))).toList();

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void journals_have_no_gaps_and_hold_what_was_confirmed(long seed) throws Exception {
    Random random = new Random(seed);
    Map<ListId, Long> heads = new HashMap<>();
    List<Shard> openings = new ArrayList<>();
    try (DataFolder folder = DataFolder.open(temp, 1)) {
      openings.add(folder.store().openShard(1));
      for (int step = 0; step < 150; step++) {
        if (random.nextInt(10) == 0) {
          openings.add(folder.store().openShard(1));
        }
        if (openings.size() > 3) {
          openings.remove(random.nextInt(2)).close();
        }
        int chosen = random.nextInt(openings.size());
        Shard shard = openings.get(chosen);
        List<Append> batch = batch(random, heads);
        if (chosen == openings.size() - 1) {
          assertThat(shard.commit(batch)).isEqualTo(expected(batch, heads));
        } else {
          assertSuperseded(shard, batch);
        }
        ListId list = LISTS.get(random.nextInt(LISTS.size()));
        assertThat(shard.head(list)).isEqualTo(head(heads, list));
      }
      for (ListId list : LISTS) {
        assertThat(openings.getLast().read(list, 0, Integer.MAX_VALUE))
            .extracting(JournalRecord::revision)
            .isEqualTo(LongStream.rangeClosed(1, head(heads, list)).boxed().toList());
      }
      openings.forEach(Shard::close);
    }
  }

  private static long head(Map<ListId, Long> heads, ListId list) {
    return heads.getOrDefault(list, 0L);
  }

  private static List<Append> batch(Random random, Map<ListId, Long> heads) {
    return random
        .ints(random.nextInt(8), 0, LISTS.size())
        .mapToObj(LISTS::get)
        .map(list ->
            append(
                list,
                Math.max(0, head(heads, list) + random.nextInt(-1, 4)),
                1 + random.nextInt(3)))
        .toList();
  }

  /** What has to come out; changes the heads accordingly. */
  private static List<Appended> expected(List<Append> batch, Map<ListId, Long> heads) {
    List<Appended> answers = new ArrayList<>();
    for (Append append : batch) {
      long head = head(heads, append.list());
      if (append.follows() == head) {
        heads.put(append.list(), head + append.records().size());
        answers.add(new Appended.Committed(head + append.records().size()));
      } else {
        answers.add(new Appended.Conflict(head));
      }
    }
    return answers;
  }

  private static void assertSuperseded(Shard shard, List<Append> batch) throws Exception {
    try {
      assertThat(shard.commit(batch)).as("the answer of an old opening").isNull();
    } catch (Superseded expected) {
      assertThat(expected).hasMessageContaining("epoch");
    }
  }
}
