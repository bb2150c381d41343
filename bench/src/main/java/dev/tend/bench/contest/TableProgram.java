package dev.tend.bench.contest;

import java.util.List;
import java.util.Locale;

/** Two clients use one table at once, at random keys. */
record TableProgram(Operation operation, int rows) implements Program {
  private static final int CLIENTS = 2;
  private static final int OPERATIONS = 100_000;

  /** So many neighbouring rows share the first part of an ordered key. */
  static final int GROUP = 10;

  enum Operation {
    LOOKUP,
    INSERT,
    COUNTER,
    /** Of an ordered table: the rows that share the first part of their key. */
    RANGE
  }

  @Override
  public String id() {
    return "table-"
        + operation.name().toLowerCase(Locale.ROOT)
        + (rows < 1_000_000 ? "-" + rows / 1_000 + "k" : "-1m");
  }

  @Override
  public String title() {
    String what =
        switch (operation) {
          case LOOKUP -> "lookup";
          case INSERT -> "insert in place of a row";
          case COUNTER -> "updateCounter";
          case RANGE -> "range of %d rows of an ordered set".formatted(GROUP);
        };
    return "table of %,d rows, 2 clients: %s".formatted(rows, what);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int size = Math.max(GROUP, effort.size(rows));
    int each = effort.size(operation == Operation.RANGE ? OPERATIONS / GROUP : OPERATIONS);
    try (Contestant.Tables tables = contestant.tables(size)) {
      Effort.Part part = () -> tables.use(operation, CLIENTS, each);
      effort.warmUp(part);
      results.add(Metric.RATE, effort.rate(CLIENTS * each, part));
    }
  }
}
