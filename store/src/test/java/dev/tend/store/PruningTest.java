package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Pruned;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.TodoList;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old records go; what they made of the list, and all that is younger, stays. */
class PruningTest {
  private static final ListId LIST = ListId.random();
  private static final ListId OTHER = ListId.random();
  private static final int ALL = 1_000;

  @TempDir Path temp;

  private final RandomHistory model = new RandomHistory(OTHER);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverWasDroppedTheRestIsAsItWas(long seed) throws Exception {
    Random random = new Random(seed);
    try (DataFolder folder = DataFolder.open(temp, 1)) {
      Shard shard = folder.store().openShard(1);
      shard.commit(List.of(Samples.append(OTHER, 0, 3)));
      long since = 0;
      for (int step = 0; step < 60; step++) {
        Append append = new Append(LIST, model.list().revision(), model.some(random));
        assertThat(shard.commit(List.of(append)))
            .containsExactly(new Appended.Committed(model.list().revision()));
        if (random.nextInt(3) == 0) {
          long before = random.nextLong(model.list().revision() + 2);
          since = Math.max(since, before - 1);
          dropAllBefore(Samples.NOON.plusMillis(before), shard, 1 + random.nextInt(7));
          assertPast(since, shard);
          assertSound();
          shard.close();
          shard = folder.store().openShard(1);
        }
      }
      shard.close();
    }
  }

  private static void dropAllBefore(Instant time, Shard shard, int most) throws Exception {
    Optional<ListId> after = Optional.empty();
    Pruned pruned;
    do {
      pruned = shard.prune(after, time, most);
      after = pruned.after();
    } while (!pruned.isEnd());
    assertThat(shard.prune(Optional.empty(), time, ALL).records()).isZero();
  }

  private void assertPast(long since, Shard shard) throws Exception {
    Standing standing = shard.standing(LIST);
    assertThat(standing.revision()).isEqualTo(model.list().revision());
    assertThat(standing.since()).isEqualTo(since);
    assertThat(standing.leaving()).containsExactlyInAnyOrderElementsOf(model.leaving.values());
    assertThat(shard.entries(LIST, 0, ALL)).containsExactlyElementsOf(model.list().entries());
    TodoList then = TodoList.empty();
    for (JournalRecord record : shard.foundation(LIST, 0, ALL)) {
      assertThat(record.revision()).isLessThanOrEqualTo(since);
      then = then.apply(record.change());
    }
    then = then.at(since);
    assertThat(then.entries()).containsExactlyElementsOf(model.was.get((int) since).entries());
    List<JournalRecord> young = model.records.subList((int) since, (int) model.list().revision());
    assertThat(shard.read(LIST, since, ALL)).containsExactlyElementsOf(young);
    assertThat(shard.history(LIST, 0, Long.MAX_VALUE, ALL))
        .containsExactlyElementsOf(young.reversed());
    for (JournalRecord record : model.records) {
      Optional<JournalRecord> one = shard.record(LIST, record.revision());
      if (record.revision() > since || one.isPresent()) {
        assertThat(one).contains(record);
      }
    }
    assertThat(shard.record(LIST, model.list().revision() + 1)).isEmpty();
    if (since > 0) {
      assertThat(shard.read(LIST, since - 1, ALL)).isEmpty();
    }
    for (long revision = since; revision <= model.list().revision(); revision++) {
      assertThat(shard.revisionAt(LIST, Samples.NOON.plusMillis(revision)))
          .isEqualTo(OptionalLong.of(revision));
    }
    assertThat(shard.revisionAt(LIST, Samples.NOON.plusMillis(since - 1)))
        .isEqualTo(since > 0 ? OptionalLong.empty() : OptionalLong.of(0));
  }

  /** To those who look for damage. */
  private void assertSound() throws Exception {
    Path file = temp.resolve("shard-1.db");
    assertThat(Soundness.check(Schema.SHARD, file)).isEmpty();
    List<String> problems = new ArrayList<>();
    try (Connection connection = Sqlite.open(file)) {
      new ShardInspection("shard-1.db", 1, connection, null, problems::add).run(_ -> {});
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void ofAnEntryOnlyWhatItWasStays() throws Exception {
    try (DataFolder folder = DataFolder.open(temp, 1);
        Shard shard = folder.store().openShard(1)) {
      shard.commit(List.of(Samples.append(LIST, 0, 2), tick(3), tick(4), tick(5)));
      dropAllBefore(Samples.NOON.plusMillis(5), shard, ALL);
      assertThat(shard.history(LIST, 1, Long.MAX_VALUE, ALL))
          .extracting(JournalRecord::revision)
          .containsExactly(5L, 4L);
      assertThat(shard.history(LIST, 2, Long.MAX_VALUE, ALL))
          .extracting(JournalRecord::revision)
          .containsExactly(2L);
    }
  }

  private static Append tick(long revision) {
    return new Append(
        LIST,
        revision - 1,
        List.of(
            Samples.record(
                revision,
                new dev.tend.todo.list.Change.Updated(
                    new dev.tend.todo.list.Entry(
                        1, null, "Task 1", revision % 2 == 0, "", revision)))));
  }

  @Test
  void aYoungRecordKeepsOlderOnesThatFollowIt() throws Exception {
    try (DataFolder folder = DataFolder.open(temp, 1);
        Shard shard = folder.store().openShard(1)) {
      List<JournalRecord> records =
          Samples.append(LIST, 0, 4).records().stream()
              .map(record ->
                  record.revision() == 2
                      ? new JournalRecord(
                          2, Samples.NOON.plusSeconds(9), record.origin(), record.change())
                      : record)
              .toList();
      shard.commit(List.of(new Append(LIST, 0, records)));
      dropAllBefore(Samples.NOON.plusSeconds(1), shard, ALL);
      assertThat(shard.standing(LIST).since()).isEqualTo(1);
      assertThat(shard.read(LIST, 1, ALL)).hasSize(3);
    }
  }

  @Test
  void aRowThatCannotBeAListsIsAnErrorOfTheFile() throws Exception {
    try (DataFolder folder = DataFolder.open(temp, 1);
        Shard shard = folder.store().openShard(1)) {
      shard.commit(List.of(Samples.append(LIST, 0, 1)));
      Samples.sql(temp.resolve("shard-1.db"), "UPDATE list SET list = 'Bob''s'");
      assertThatThrownBy(() -> shard.prune(Optional.empty(), Samples.NOON, ALL))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("not a list's id: Bob's");
    }
  }
}
