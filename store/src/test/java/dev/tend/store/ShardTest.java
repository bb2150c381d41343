package dev.tend.store;

import static dev.tend.store.Samples.AWKWARD;
import static dev.tend.store.Samples.added;
import static dev.tend.store.Samples.append;
import static dev.tend.store.Samples.record;
import static dev.tend.store.Samples.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.Appended.Conflict;
import dev.tend.todo.journal.Appended.Refused;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException.Unavailable;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final ListId BOB = new ListId("0".repeat(32));
  private static final ListId EVE = new ListId("f".repeat(32));

  @TempDir Path temp;
  private DataFolder folder;
  private Shard shard;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 1);
    shard = folder.store().openShard(1);
  }

  @AfterEach
  void close() {
    shard.close();
    folder.close();
  }

  private void reopen() throws Exception {
    shard.close();
    shard = folder.store().openShard(1);
  }

  private Path file() {
    return folder.path().resolve("shard-1.db");
  }

  @Test
  void a_list_without_records_is_at_revision_0() throws Exception {
    assertThat(shard.head(BOB)).isZero();
    assertThat(shard.read(BOB, 0, 100)).isEmpty();
  }

  @Test
  void every_kind_of_change_is_read_back_as_it_was_written() throws Exception {
    Entry dated = new Entry(1, LocalDate.of(2026, 2, 28), "Dentist", false, "", 1);
    Entry undated = new Entry(1, null, "Dentist!", true, "at nine\nbring the letter", 2);
    List<JournalRecord> records =
        List.of(
            record(1, new Change.Added(dated)),
            record(2, new Change.Updated(undated)),
            record(3, new Change.Deleted(1)),
            record(4, new Change.Cleared()));

    assertThat(shard.commit(List.of(new Append(BOB, 0, records))))
        .containsExactly(new Committed(4));

    reopen();
    assertThat(shard.head(BOB)).isEqualTo(4);
    assertThat(shard.read(BOB, 0, 100)).isEqualTo(records);
  }

  @Test
  void awkward_and_long_strings_are_read_back_exactly() throws Exception {
    String longText = "\ud83d\ude80\u0000'\n".repeat(4_000);
    Entry entry =
        new Entry(Integer.MAX_VALUE, LocalDate.of(12026, 1, 1), AWKWARD, true, longText, 1);
    Origin origin = new Origin(AWKWARD, "\u0000", "c" + AWKWARD, longText);
    JournalRecord record = new JournalRecord(1, Samples.NOON, origin, new Change.Added(entry));

    shard.commit(List.of(new Append(BOB, 0, List.of(record))));

    reopen();
    assertThat(shard.read(BOB, 0, 1)).containsExactly(record);
  }

  @Test
  void records_are_read_in_pages() throws Exception {
    Append append = append(BOB, 0, 25);
    shard.commit(List.of(append, append(EVE, 0, 3)));

    assertThat(shard.read(BOB, 0, 10)).isEqualTo(append.records().subList(0, 10));
    assertThat(shard.read(BOB, 20, 10)).isEqualTo(append.records().subList(20, 25));
    assertThat(shard.read(BOB, 25, 10)).isEmpty();
    assertThat(shard.read(BOB, 99, 10)).isEmpty();
    assertThat(shard.read(BOB, 0, 0)).isEmpty();
  }

  @Test
  void a_page_of_records_ends_at_a_weight() throws Exception {
    String notes = "\ud83d\ude80".repeat(20_000);
    List<JournalRecord> records = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      records.add(record(i, new Change.Added(new Entry(i, null, "e" + i, false, notes, i))));
    }
    shard.commit(List.of(new Append(BOB, 0, records)));

    assertThat(shard.read(BOB, 0, 100)).isEqualTo(records.subList(0, 14));
    assertThat(shard.read(BOB, 14, 100)).isEqualTo(records.subList(14, 28));
    assertThat(shard.read(BOB, 28, 100)).isEqualTo(records.subList(28, 30));
    assertThat(shard.read(BOB, 0, 3)).isEqualTo(records.subList(0, 3));
    assertThat(shard.history(BOB, 0, 31, 100)).isEqualTo(records.subList(16, 30).reversed());
    assertThat(shard.history(BOB, 7, 31, 100)).isEqualTo(records.subList(6, 7));
  }

  @Test
  void an_append_that_does_not_follow_the_head_is_a_conflict_of_its_list_alone() throws Exception {
    shard.commit(List.of(append(BOB, 0, 2)));

    assertThat(
            shard.commit(
                List.of(
                    append(BOB, 1, 1), append(EVE, 0, 1), append(BOB, 3, 1), append(BOB, 2, 1))))
        .containsExactly(new Conflict(2), new Committed(1), new Conflict(2), new Committed(3));
    assertThat(shard.head(BOB)).isEqualTo(3);
    assertThat(shard.head(EVE)).isEqualTo(1);
  }

  @Test
  void later_appends_of_a_list_follow_the_earlier_ones_of_the_same_batch() throws Exception {
    assertThat(shard.commit(List.of(append(BOB, 0, 2), append(BOB, 2, 3), append(BOB, 2, 1))))
        .containsExactly(new Committed(2), new Committed(5), new Conflict(5));
  }

  @Test
  void a_refused_append_undoes_itself_wholly_and_nothing_else() throws Exception {
    sql(
        file(),
        "CREATE TRIGGER unlucky BEFORE INSERT ON journal WHEN new.command_id = 'c13'"
            + " BEGIN SELECT RAISE(ABORT, 'thirteen'); END");

    var answers =
        shard.commit(
            List.of(
                append(EVE, 0, 1),
                append(BOB, 0, 11),
                append(BOB, 11, 3),
                append(BOB, 11, 1),
                append(EVE, 1, 1)));

    assertThat(answers.get(2)).isInstanceOf(Refused.class);
    assertThat(((Refused) answers.get(2)).reason()).contains("thirteen");
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Refused))
        .containsExactly(new Committed(1), new Committed(11), new Committed(12), new Committed(2));
    assertThat(shard.read(BOB, 0, 100)).isEqualTo(append(BOB, 0, 12).records());
  }

  @Test
  void records_that_could_not_be_read_back_are_refused() throws Exception {
    Change of9 = added(9, "of another revision").change();

    assertThat(
            shard.commit(
                List.of(
                    new Append(BOB, 0, List.of()),
                    new Append(BOB, 0, List.of(added(2, "a gap"))),
                    new Append(BOB, 0, List.of(added(1, "one"), added(1, "one again"))),
                    new Append(BOB, 0, List.of(record(1, of9))),
                    append(EVE, 0, 1))))
        .satisfiesExactly(
            a -> assertThat(a).isInstanceOf(Refused.class),
            a -> assertThat(a).isInstanceOf(Refused.class),
            a -> assertThat(a).isInstanceOf(Refused.class),
            a -> assertThat(a).isInstanceOf(Refused.class),
            a -> assertThat(a).isEqualTo(new Committed(1)));
    assertThat(shard.head(BOB)).isZero();
  }

  @Test
  void an_empty_batch_is_fine() throws Exception {
    assertThat(shard.commit(List.of())).isEmpty();
  }

  @Test
  void a_record_of_an_unknown_kind_makes_the_list_unavailable_not_shorter() throws Exception {
    shard.commit(List.of(append(BOB, 0, 3), append(EVE, 0, 3)));
    sql(file(), "UPDATE journal SET kind = 'shared' WHERE revision = 2 AND list = '" + BOB + "'");

    assertThatThrownBy(() -> shard.read(BOB, 0, 100))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("revision 2", BOB.value(), "shared");
    assertThat(shard.read(EVE, 0, 100)).hasSize(3);
  }

  @Test
  void a_missing_record_makes_the_list_unavailable_not_shorter() throws Exception {
    shard.commit(List.of(append(BOB, 0, 3)));
    sql(file(), "DELETE FROM journal WHERE revision = 2");

    assertThatThrownBy(() -> shard.read(BOB, 0, 100))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("revision 2");
  }

  @Test
  void close_may_come_twice_and_ends_the_use() throws Exception {
    shard.close();
    shard.close();

    assertThatThrownBy(() -> shard.commit(List.of(append(BOB, 0, 1))))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> shard.head(BOB)).isInstanceOf(Unavailable.class);
    reopen();
    assertThat(shard.head(BOB)).isZero();
  }
}
