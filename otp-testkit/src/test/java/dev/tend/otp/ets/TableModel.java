package dev.tend.otp.ets;

import dev.tend.otp.ets.Tables.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a table is, said plainly: a list of rows. */
final class TableModel {
  private final TableType type;
  private final List<Row> rows = new ArrayList<>();

  TableModel(TableType type) {
    this.type = type;
  }

  private boolean isSet() {
    return type == TableType.SET || type == TableType.ORDERED_SET;
  }

  void insert(Row row) {
    if (isSet()) {
      rows.removeIf(old -> old.key().equals(row.key()));
    }
    if (type != TableType.BAG || !rows.contains(row)) {
      rows.add(row);
    }
  }

  boolean insertAllNew(List<Row> all) {
    boolean isNew = all.stream().allMatch(row -> lookup(row.key()).isEmpty());
    if (isNew) {
      all.forEach(this::insert);
    }
    return isNew;
  }

  List<Row> lookup(String key) {
    return rows.stream().filter(row -> row.key().equals(key)).toList();
  }

  List<Row> take(String key) {
    List<Row> taken = lookup(key);
    rows.removeAll(taken);
    return taken;
  }

  long removeIf(Predicate<Row> condition) {
    long before = rows.size();
    rows.removeIf(condition);
    return before - rows.size();
  }

  void clear() {
    rows.clear();
  }

  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    rows.forEach(row -> keys.add(row.key()));
    return keys;
  }

  /** In the order of the keys; those of one key in the order of their insertion. */
  List<Row> rows() {
    return rows.stream().sorted(Comparator.comparing(Row::key)).toList();
  }
}
