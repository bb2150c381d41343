package dev.tend.otp.ets;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of tables have in common. */
final class Tables {
  private Tables() {}

  record Row(String key, int value) {}

  static Table<String, Row> newTable(TableType type, Access access) {
    return newTable(type, access, Row::key);
  }

  static <K extends Comparable<? super K>, R> Table<K, R> newTable(
      TableType type, Access access, Function<R, K> keyOf) {
    return switch (type) {
      case SET -> Table.newSet(access, keyOf);
      case ORDERED_SET -> Table.newOrderedSet(access, keyOf);
      case BAG -> Table.newBag(access, keyOf);
      case DUPLICATE_BAG -> Table.newDuplicateBag(access, keyOf);
    };
  }

  static Table<String, Row> newTable(TableType type, String name) {
    return switch (type) {
      case SET -> Table.newSet(new SetName<>(name), Access.PUBLIC, Row::key);
      case ORDERED_SET -> Table.newOrderedSet(new OrderedSetName<>(name), Access.PUBLIC, Row::key);
      case BAG -> Table.newBag(new BagName<>(name), Access.PUBLIC, Row::key);
      case DUPLICATE_BAG -> Table.newDuplicateBag(new BagName<>(name), Access.PUBLIC, Row::key);
    };
  }

  /** The rows of a key, in a table of any type. */
  static <K, R> List<R> lookup(Table<K, R> table, K key) {
    return switch (table) {
      case SetTable<K, R> set -> set.lookup(key).stream().toList();
      case BagTable<K, R> bag -> bag.lookup(key);
    };
  }

  static <K, R> List<R> take(Table<K, R> table, K key) {
    return switch (table) {
      case SetTable<K, R> set -> set.take(key).stream().toList();
      case BagTable<K, R> bag -> bag.take(key);
    };
  }

  static <R> R within(Pid<Probe> probe, Callable<R> code) {
    return probe.call(new Probe.Run<>(code), ofSeconds(60));
  }

  /** Returns when its death has been announced. */
  static void kill(Pid<?> pid) {
    Processes.exit(pid, ExitReason.KILL);
    assertThat(Processes.awaitExit(pid, ofSeconds(20))).isPresent();
  }

  /** That the table says no, who it is, and by which rule. */
  static void assertRefused(Table<?, ?> table, String rule, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(BadTable.class)
        .hasMessageStartingWith("table " + table + ": ")
        .hasMessageContaining(rule);
  }
}
