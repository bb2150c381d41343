package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static dev.tend.otp.ets.Workers.await;
import static dev.tend.otp.ets.Workers.spawn;
import static dev.tend.otp.ets.Workers.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Pid;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@code ets_SUITE} in which many processes use one table, or many. */
@OtpTest
class EtsConcurrencySuiteTest {
  private record Entry(int key, int value) {}

  private static final Counter<Entry> VALUE =
      Counter.of(Entry::value, (row, count) -> new Entry(row.key(), (int) count));

  private static final SetName<Integer, Entry> NAME = new SetName<>("shared");

  private final AtomicBoolean over = new AtomicBoolean();

  private Pid<Probe> owner;

  @BeforeEach
  void startOwner() {
    owner = Probe.started();
  }

  @AfterEach
  void endAll() {
    over.set(true);
    kill(owner);
  }

  private Table<Integer, Entry> owned(TableType type) {
    return within(owner, () -> newTable(type, Access.PUBLIC, Entry::key));
  }

  private SetTable<Integer, Entry> set(TableType type) {
    return (SetTable<Integer, Entry>) owned(type);
  }

  /** Processes that do this again and again until {@link #end}. */
  private List<Pid<?>> loop(int count, IntConsumer code) {
    return spawn(
        count,
        worker -> {
          while (!over.get()) {
            code.accept(worker);
          }
        });
  }

  private void end(List<Pid<?>> workers) {
    over.set(true);
    await(workers);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Case({
    "ets_SUITE: meta_lookup_unnamed_read",
    "ets_SUITE: meta_lookup_unnamed_write",
    "ets_SUITE: meta_lookup_named_read",
    "ets_SUITE: meta_lookup_named_write",
    "ets_SUITE: meta_newdel_unnamed",
    "ets_SUITE: meta_newdel_named"
  })
  void each_of_many_processes_finds_its_own_table(boolean named) {
    work(worker -> {
      SetName<Integer, Entry> name = new SetName<>("table " + worker);
      for (int round = 0; round < 500; round++) {
        SetTable<Integer, Entry> made =
            named
                ? Table.newSet(name, Access.PROTECTED, Entry::key)
                : Table.newSet(Access.PROTECTED, Entry::key);
        for (int value = 0; value < 20; value++) {
          SetTable<Integer, Entry> table = named ? name.whereis().orElseThrow() : made;
          table.insert(new Entry(worker, value));
          assertThat(table.lookup(worker)).contains(new Entry(worker, value));
        }
        assertThat(made.size()).isEqualTo(1);
        made.delete();
        assertThat(name.whereis()).isEmpty();
      }
    });
  }

  @Test
  @Case("ets_SUITE: otp_9423")
  void a_name_is_looked_up_while_tables_of_it_come_and_go() {
    AtomicLong found = new AtomicLong();
    List<Pid<?>> readers =
        loop(
            Workers.COUNT, reader -> NAME.lookup(1).ifPresent(row -> found.addAndGet(row.value())));
    TestProcess.run(() -> {
      for (int round = 0; round < 10_000 || found.get() == 0; round++) {
        SetTable<Integer, Entry> table = Table.newSet(NAME, Access.PUBLIC, Entry::key);
        table.insert(new Entry(1, 1));
        table.delete();
        assertThat(NAME.lookup(1)).isEmpty();
      }
    });
    end(readers);
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: smp_insert", "ets_SUITE: heavy_concurrent"})
  void no_row_is_lost_among_many_who_insert_and_look_up(TableType type) {
    Table<Integer, Entry> table = owned(type);
    Set<Integer> inserted = ConcurrentHashMap.newKeySet();
    work(worker -> {
      Random random = new Random(worker);
      for (int i = 0; i < 20_000; i++) {
        int key = random.nextInt(10_000);
        table.insertNew(new Entry(key, key));
        inserted.add(key);
        if (!Tables.lookup(table, key).equals(List.of(new Entry(key, key)))) {
          throw new AssertionError("a row of key " + key + " is lost");
        }
      }
    });
    assertThat(table.keys().collect(Collectors.toSet())).isEqualTo(inserted);
    assertThat(table.size()).isEqualTo(inserted.size());
  }

  /** What each has inserted, less what each says it has deleted, is what is there. */
  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: smp_select_delete")
  void of_many_who_delete_what_matches_each_row_is_one_s(TableType type) {
    int modulus = 17;
    Table<Integer, Entry> table = owned(type);
    AtomicIntegerArray left = new AtomicIntegerArray(modulus);
    work(worker -> {
      Random random = new Random(worker);
      for (int i = 0; i < 4_000; i++) {
        int rest = random.nextInt(modulus);
        if (random.nextInt(100) == 0) {
          long deleted =
              table.selectDelete(match -> match.where(row -> row.value() % modulus == rest));
          left.addAndGet(rest, (int) -deleted);
        } else {
          int key = random.nextInt(10_000);
          if (table.insertNew(new Entry(key, key))) {
            left.incrementAndGet(key % modulus);
          }
        }
      }
    });
    for (int i = 0; i < modulus; i++) {
      int rest = i;
      assertThat(table.selectCount(match -> match.where(row -> row.value() % modulus == rest)))
          .isEqualTo(left.get(rest));
    }
    assertThat(table.selectDelete(match -> match)).isEqualTo(total(left));
    assertThat(table.size()).isZero();
  }

  private static long total(AtomicIntegerArray counts) {
    return IntStream.range(0, counts.length()).mapToLong(counts::get).sum();
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "ORDERED_SET", "DUPLICATE_BAG"})
  @Case("ets_SUITE: smp_select_replace")
  void of_many_who_replace_a_row_none_is_lost(TableType type) {
    Table<Integer, Entry> table = owned(type);
    AtomicLong replaced = new AtomicLong();
    work(worker -> {
      Random random = new Random(worker);
      for (int i = 0; i < 20_000; i++) {
        int key = random.nextInt(20);
        long count = addOne(table, key);
        replaced.addAndGet(count);
        if (count == 0) {
          table.insertNew(new Entry(key, 0));
        }
      }
    });
    assertThat(table.rows().mapToLong(Entry::value).sum()).isEqualTo(replaced.get());
    assertThat(table.size()).isEqualTo(20);
  }

  private static long addOne(Table<Integer, Entry> table, int key) {
    return switch (table) {
      case SetTable<Integer, Entry> set ->
          set.selectReplace(match -> match.key(key), row -> new Entry(key, row.value() + 1));
      case BagTable<Integer, Entry> bag ->
          bag.selectReplace(match -> match.key(key), row -> new Entry(key, row.value() + 1));
    };
  }

  /** Even keys stay; the odd ones come and go. */
  @Test
  @Case({
    "ets_SUITE: smp_ordered_iteration",
    "ets_SUITE: firstnext_concurrent",
    "ets_SUITE: firstnext_lookup_concurrent"
  })
  void whoever_goes_through_an_ordered_set_meets_all_that_stays_in_order() {
    OrderedSetTable<Integer, Entry> table =
        (OrderedSetTable<Integer, Entry>) set(TableType.ORDERED_SET);
    List<Integer> stable = IntStream.range(0, 500).map(n -> 2 * n).boxed().toList();
    table.insertAll(stable.stream().map(key -> new Entry(key, 0)).toList());
    Random random = new Random(1);
    List<Pid<?>> writers =
        loop(
            2,
            writer -> {
              int key = 2 * random.nextInt(500) + 1;
              switch (random.nextInt(4)) {
                case 0 -> table.delete(key);
                case 1 -> table.selectDelete(match -> match.key(key));
                case 2 -> table.insertAll(List.of(new Entry(key, 1), new Entry(key + 2, 1)));
                default -> table.insert(new Entry(key, 1));
              }
            });
    for (int round = 0; round < 200; round++) {
      List<Integer> walked = new ArrayList<>();
      for (Optional<Integer> at = table.first(); at.isPresent(); at = table.next(at.get())) {
        walked.add(at.get());
      }
      assertMeets(walked, stable);
      List<Integer> back = new ArrayList<>();
      for (Optional<Entry> at = table.lastLookup();
          at.isPresent();
          at = table.prevLookup(at.get().key())) {
        back.addFirst(at.get().key());
      }
      assertMeets(back, stable);
      assertMeets(table.rows().map(Entry::key).toList(), stable);
      List<Integer> paged = new ArrayList<>();
      for (Optional<Page<Entry>> page = Optional.of(table.select(match -> match, 1 + round));
          page.isPresent();
          page = page.get().next()) {
        page.get().results().forEach(row -> paged.add(row.key()));
      }
      assertMeets(paged, stable);
    }
    end(writers);
  }

  private static void assertMeets(List<Integer> keys, List<Integer> stable) {
    assertThat(keys).isSorted();
    assertThat(keys.stream().filter(key -> key % 2 == 0).toList()).isEqualTo(stable);
    assertThat(Set.copyOf(keys)).hasSize(keys.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "ORDERED_SET"})
  @Case({"ets_SUITE: update_counter_table_growth", "ets_SUITE: evil_update_counter"})
  void no_count_is_lost_while_the_table_grows(TableType type) {
    SetTable<Integer, Entry> table = set(type);
    work(worker -> {
      for (int key = 0; key < 10_000; key++) {
        table.updateCounter(key, VALUE.add(1), new Entry(key, 10));
      }
    });
    assertThat(table.rows()).hasSize(10_000).allMatch(row -> row.value() == 10 + Workers.COUNT);
  }
}
