package dev.tend.otp.ets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Order, patterns, and how many rows they look at. */
@OtpTest
class PatternsTest {
  private static final int DAYS = 100;

  record Key(String who, int day) {}

  record Task(Key key, int minutes) {}

  private static final Column<Key, String> WHO = Column.of(Key::who);
  private static final Column<Key, Integer> DAY = Column.of(Key::day);
  private static final Column<Task, Integer> MINUTES = Column.of(Task::minutes);

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** Two people's tasks of a hundred days. */
  private OrderedSetTable<Key, Task> tasks() {
    OrderedSetTable<Key, Task> table =
        Table.newOrderedSet(Access.PROTECTED, Task::key, KeyOrder.by(WHO).then(DAY));
    for (int day = 0; day < DAYS; day++) {
      table.insert(new Task(new Key("bob", day), day));
      table.insert(new Task(new Key("ann", day), day));
    }
    return table;
  }

  private boolean look(Task task) {
    looks.incrementAndGet();
    return true;
  }

  @Test
  void an_ordered_set_is_walked_in_the_order_of_its_keys() {
    TestProcess.run(() -> {
      OrderedSetTable<Integer, Integer> table = Table.newOrderedSet(Access.PROTECTED, row -> row);
      assertThat(table.first()).isEmpty();
      table.insertAll(List.of(5, 1, 3));
      assertThat(table.first()).contains(1);
      assertThat(table.last()).contains(5);
      assertThat(table.next(1)).contains(3);
      assertThat(table.next(2)).as("of a key that is not there").contains(3);
      assertThat(table.prev(3)).contains(1);
      assertThat(table.prev(1)).isEmpty();
      assertThat(table.next(5)).isEmpty();
      assertThat(table.nextLookup(3)).contains(5);
      assertThat(table.firstLookup()).contains(1);
      assertThat(table.rows()).containsExactly(1, 3, 5);
      assertThat(table.selectReverse(all -> all)).containsExactly(5, 3, 1);
      assertThat(table.foldReverse("", (text, row) -> text + row)).isEqualTo("531");
    });
  }

  @Test
  void a_bound_key_is_one_look_and_a_bound_prefix_reads_its_rows_alone() {
    TestProcess.run(() -> {
      OrderedSetTable<Key, Task> table = tasks();
      assertThat(table.select(tasks -> tasks.key(new Key("bob", 7)).where(this::look))).hasSize(1);
      assertThat(looks.getAndSet(0)).isEqualTo(1);

      assertThat(table.select(tasks -> tasks.whereKey(WHO.is("ann")).where(this::look)))
          .hasSize(DAYS);
      assertThat(looks.getAndSet(0)).isEqualTo(DAYS);

      assertThat(
              table
                  .select(tasks ->
                      tasks
                          .whereKey(WHO.is("bob"))
                          .whereKey(DAY.atLeast(10))
                          .whereKey(DAY.lessThan(15))
                          .where(this::look))
                  .map(task -> task.key().day()))
          .containsExactly(10, 11, 12, 13, 14);
      assertThat(looks.getAndSet(0)).isEqualTo(5);

      assertThat(table.select(tasks -> tasks.whereKey(DAY.is(3)))).hasSize(2);
      assertThat(table.select(tasks -> tasks.whereKey(WHO.is("eve")))).isEmpty();
    });
  }

  /** Whoever looks at a row's key reads its first part. */
  @Test
  void a_bound_prefix_looks_at_no_other_keys() {
    TestProcess.run(() -> {
      Column<Key, String> who =
          Column.of(key -> {
            reads.incrementAndGet();
            return key.who();
          });
      OrderedSetTable<Key, Task> table =
          Table.newOrderedSet(Access.PROTECTED, Task::key, KeyOrder.by(who).then(DAY));
      for (int i = 0; i < 100 * DAYS; i++) {
        table.insert(new Task(new Key("person " + i % 100, i / 100), i));
      }
      reads.set(0);
      assertThat(table.select(tasks -> tasks.whereKey(who.is("person 50")))).hasSize(DAYS);
      assertThat(reads.getAndSet(0)).isLessThan(10 * DAYS);
      assertThat(table.select(tasks -> tasks.key(new Key("person 50", 1)))).hasSize(1);
      assertThat(reads.get()).isLessThan(DAYS);
      assertThat(table.select(tasks -> tasks.whereKey(DAY.is(1)))).hasSize(100);
    });
  }

  @Test
  void rows_are_chosen_counted_and_deleted_by_their_columns() {
    TestProcess.run(() -> {
      OrderedSetTable<Key, Task> table = tasks();
      assertThat(table.selectCount(tasks -> tasks.where(MINUTES.atLeast(90)))).isEqualTo(20);
      assertThat(table.selectCount(tasks -> tasks.where(MINUTES.greaterThan(90)))).isEqualTo(18);
      assertThat(table.selectCount(tasks -> tasks.where(MINUTES.atMost(0)))).isEqualTo(2);
      assertThat(table.selectDelete(tasks -> tasks.whereKey(WHO.is("ann")).where(MINUTES.is(5))))
          .isEqualTo(1);
      assertThat(table.size()).isEqualTo(2 * DAYS - 1);
      assertThat(
              table.selectReplace(
                  tasks -> tasks.whereKey(WHO.is("bob")), task -> new Task(task.key(), 0)))
          .isEqualTo(DAYS);
      assertThat(table.selectCount(tasks -> tasks.where(MINUTES.is(0)))).isEqualTo(DAYS + 1);
      assertThatThrownBy(() ->
              table.selectReplace(
                  tasks -> tasks.key(new Key("bob", 1)), task -> new Task(new Key("eve", 1), 0)))
          .isInstanceOf(BadTable.class);
      assertThat(table.size()).isEqualTo(2 * DAYS - 1);
    });
  }

  @Test
  void pages_have_all_rows_once_and_go_on_behind_what_is_deleted() {
    TestProcess.run(() -> {
      OrderedSetTable<Integer, Integer> table = Table.newOrderedSet(Access.PROTECTED, row -> row);
      table.insertAll(IntStream.range(0, 25).boxed().toList());
      List<Integer> seen = new ArrayList<>();
      Optional<Page<Integer>> page = Optional.of(table.select(all -> all, 10));
      while (page.isPresent()) {
        assertThat(page.get().results()).hasSizeLessThanOrEqualTo(10);
        seen.addAll(page.get().results());
        table.delete(seen.getLast());
        page = page.get().next();
      }
      assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
      assertThat(table.selectReverse(all -> all, 3).results()).containsExactly(23, 22, 21);
    });
  }

  @Test
  void a_bag_is_selected_from_row_by_row() {
    TestProcess.run(() -> {
      BagTable<String, Task> bag = Table.newBag(Access.PROTECTED, task -> task.key().who());
      for (int day = 0; day < 10; day++) {
        bag.insert(new Task(new Key("ann", day), day % 2));
      }
      assertThat(bag.selectCount(tasks -> tasks.key("ann").where(MINUTES.is(1)))).isEqualTo(5);
      assertThat(bag.selectDelete(tasks -> tasks.where(MINUTES.is(1)))).isEqualTo(5);
      assertThat(bag.lookup("ann")).hasSize(5);
    });
  }
}
