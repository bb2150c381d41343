package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a list, what the tables say of it is what its records make of it. */
class StateModelTest {
  private static final ListId LIST = ListId.random();
  private static final ListId OTHER = ListId.random();

  @TempDir Path temp;

  private final List<JournalRecord> records = new ArrayList<>();
  private final Map<Integer, JournalRecord> leaving = new TreeMap<>();
  private TodoList list = TodoList.empty();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTablesFollowTheRecords(long seed) throws Exception {
    Random random = new Random(seed);
    try (DataFolder folder = DataFolder.open(temp, 1)) {
      Shard shard = folder.store().openShard(1);
      shard.commit(List.of(Samples.append(OTHER, 0, 3)));
      for (int step = 0; step < 60; step++) {
        long follows = list.revision();
        List<JournalRecord> some = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
          some.add(next(random));
        }
        Append append = new Append(LIST, follows, some);
        assertThat(shard.commit(List.of(append, append)))
            .containsExactly(
                new Appended.Committed(list.revision()), new Appended.Conflict(list.revision()));
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

  private JournalRecord next(Random random) {
    JournalRecord record = Samples.record(list.revision() + 1, change(random));
    switch (record.change()) {
      case Change.Leaving(int id, var _, var _) -> leaving.put(id, record);
      case Change.Staying(int id) -> leaving.remove(id);
      case Change.Deleted(int id) -> leaving.remove(id);
      case Change.Cleared() -> leaving.clear();
      case Change.Added _, Change.Updated _, Change.Restored _ -> {}
    }
    list = list.apply(record.change());
    records.add(record);
    return record;
  }

  private Change change(Random random) {
    int id = 1 + random.nextInt(12);
    Draft draft =
        new Draft(
            random.nextBoolean() ? null : LocalDate.of(2026, 1, 1 + random.nextInt(28)),
            Samples.AWKWARD.replace("\u0000", "") + random.nextInt(),
            random.nextBoolean(),
            random.nextBoolean() ? "" : Samples.AWKWARD);
    Optional<Change> change =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(6) == 0 ? Optional.of(list.clearing()) : Optional.empty();
          case 1 -> list.deleting(id);
          case 2 -> list.restoring(id, draft);
          case 3 -> list.leaving(id, OTHER.value());
          case 4 ->
              leaving.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new Change.Staying(leaving.keySet().iterator().next()));
          case 5 -> list.updating(id, Edit.of(new Edit.Title(draft.title())));
          default -> Optional.empty();
        };
    return change.orElseGet(() -> list.adding(draft));
  }

  private void assertStateIsTheModels(Shard shard) throws Exception {
    List<Entry> entries = new ArrayList<>();
    List<Entry> page = shard.entries(LIST, 0, 4);
    while (!page.isEmpty()) {
      entries.addAll(page);
      page = shard.entries(LIST, page.getLast().id(), 4);
    }
    assertThat(entries).containsExactlyElementsOf(list.entries());
    Standing standing = shard.standing(LIST);
    assertThat(standing.revision()).isEqualTo(list.revision());
    assertThat(standing.leaving()).containsExactlyInAnyOrderElementsOf(leaving.values());
    TodoList loaded = TodoList.of(standing.revision(), standing.nextEntry(), entries);
    Draft draft = Draft.of(null, "next");
    assertThat(loaded.adding(draft)).isEqualTo(list.adding(draft));
    assertThat(loaded.open()).isEqualTo(list.open());
    assertThat(shard.commands(LIST, Long.MAX_VALUE, 7))
        .containsExactlyElementsOf(records.reversed().stream().limit(7).map(Made::of).toList());
  }
}
