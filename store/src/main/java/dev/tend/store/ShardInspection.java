package dev.tend.store;

import dev.tend.todo.journal.ListId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Looks whether each list of a shard is what its journal has made of it. */
final class ShardInspection {
  private final String file;
  private final int number;
  private final Connection shard;
  private final @Nullable Prepared shardOf;
  private final Consumer<String> problem;
  private final Prepared span;
  private final Prepared above;

  /**
   * @param catalog null if it cannot be read
   */
  ShardInspection(
      String file,
      int number,
      Connection shard,
      @Nullable Connection catalog,
      Consumer<String> problem) {
    this.file = file;
    this.number = number;
    this.shard = shard;
    this.problem = problem;
    shardOf = catalog == null ? null : new Prepared(catalog, "SELECT shard FROM list WHERE id = ?");
    span = new Prepared(shard, "SELECT max(revision), min(revision) FROM journal WHERE list = ?");
    above = new Prepared(shard, "SELECT count(*) FROM journal WHERE list = ? AND revision > ?");
  }

  /** A list as the table of lists has it; the journal is complete above {@code pruned}. */
  private record Head(String list, long revision, int nextEntry, long pruned) {}

  /**
   * @param permille told how much of it is done
   */
  void run(LongConsumer permille) throws SQLException {
    refuseOrphans();
    long all = Math.max(1, new Prepared(shard, "SELECT count(*) FROM list").number());
    long done = 0;
    try (PreparedStatement heads = shard.prepareStatement(selectHeads());
        ResultSet row = heads.executeQuery()) {
      while (row.next()) {
        Head head = new Head(row.getString(1), row.getLong(2), row.getInt(3), row.getLong(4));
        look(head);
        done++;
        permille.accept(1_000 * done / all);
      }
    }
  }

  private String selectHeads() throws SQLException {
    boolean prunes =
        new Prepared(shard, "SELECT count(*) FROM pragma_table_info('list') WHERE name = 'pruned'")
                .number()
            > 0;
    return "SELECT list, revision, next_entry, %s FROM list ORDER BY list"
        .formatted(prunes ? "pruned" : "0");
  }

  private void refuseOrphans() throws SQLException {
    for (String table : List.of("journal", "entry", "leaving")) {
      new Prepared(
              shard,
              "SELECT DISTINCT list FROM %s WHERE list NOT IN (SELECT list FROM list) LIMIT 5"
                  .formatted(table))
          .rows(row -> row.getString(1))
          .forEach(list -> wrong(list, "is in the table %s only".formatted(table)));
    }
  }

  private void look(Head head) throws SQLException {
    long last = span.number(head.list());
    if (!isId(head.list())) {
      wrong(head.list(), "has an id that is none");
    } else if (last > head.revision() || (last < head.revision() && isFull(head))) {
      wrong(
          head.list(),
          "is at revision %d, and the last in its journal is %d".formatted(head.revision(), last));
    } else if (above.number(head.list(), head.pruned()) != head.revision() - head.pruned()) {
      wrong(head.list(), "has a gap in its journal");
    } else {
      new ListInspection(shard, head.list(), head.nextEntry(), head.pruned() > 0)
          .firstProblem()
          .ifPresent(what -> wrong(head.list(), what));
    }
    agree(head.list());
  }

  /** Then its newest record has not been dropped. */
  private static boolean isFull(Head head) {
    return head.pruned() < head.revision();
  }

  private static boolean isId(String text) {
    try {
      return new ListId(text).value().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void agree(String list) throws SQLException {
    if (shardOf == null) {
      return;
    }
    long named = shardOf.number(list);
    if (named == 0) {
      wrong(list, "is not in the catalogue");
    } else if (named != number) {
      wrong(list, "is in shard %d, as the catalogue has it".formatted(named));
    }
  }

  private void wrong(String list, String what) {
    problem.accept("in %s, list %s %s".formatted(file, list, what));
  }
}
