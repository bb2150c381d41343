package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a list, what the tables say of it is what its records make of it. */
class StateModelTest {
  private static final ListId LIST = ListId.random();
  private static final ListId OTHER = ListId.random();

  @TempDir Path temp;

  private final RandomHistory model = new RandomHistory(OTHER);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTablesFollowTheRecords(long seed) throws Exception {
    Random random = new Random(seed);
    try (DataFolder folder = DataFolder.open(temp, 1)) {
      Shard shard = folder.store().openShard(1);
      shard.commit(List.of(Samples.append(OTHER, 0, 3)));
      for (int step = 0; step < 60; step++) {
        Append append = new Append(LIST, model.list().revision(), model.some(random));
        assertThat(shard.commit(List.of(append, append)))
            .containsExactly(
                new Appended.Committed(model.list().revision()),
                new Appended.Conflict(model.list().revision()));
        if (random.nextInt(10) == 0) {
          shard.close();
          shard = folder.store().openShard(1);
        }
        assertStateIsTheModels(shard);
      }
      assertThat(shard.entries(OTHER, 0, 9)).hasSize(3);
      shard.close();
    }
  }

  private void assertStateIsTheModels(Shard shard) throws Exception {
    List<Entry> entries = new ArrayList<>();
    List<Entry> page = shard.entries(LIST, 0, 4);
    while (!page.isEmpty()) {
      entries.addAll(page);
      page = shard.entries(LIST, page.getLast().id(), 4);
    }
    assertThat(entries).containsExactlyElementsOf(model.list().entries());
    Standing standing = shard.standing(LIST);
    assertThat(standing.revision()).isEqualTo(model.list().revision());
    assertThat(standing.leaving()).containsExactlyInAnyOrderElementsOf(model.leaving.values());
    TodoList loaded = TodoList.of(standing.revision(), standing.nextEntry(), entries);
    Draft draft = Draft.of(null, "next");
    assertThat(loaded.adding(draft)).isEqualTo(model.list().adding(draft));
    assertThat(loaded.open()).isEqualTo(model.list().open());
    assertThat(shard.commands(LIST, Long.MAX_VALUE, 7))
        .containsExactlyElementsOf(
            model.records.reversed().stream().limit(7).map(Made::of).toList());
  }
}
