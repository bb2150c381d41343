package dev.tend.bench.contest;

import java.lang.ref.Reference;
import java.util.List;

/** What a row costs in a table of type set, the row itself included. */
record TableMemoryProgram(int rows) implements Program {
  @Override
  public String id() {
    return "table-memory";
  }

  @Override
  public String title() {
    return "row of a table of %,d".formatted(rows);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.BYTES);
  }

  @Override
  public boolean isSteady() {
    return true;
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int size = Math.max(TableProgram.GROUP, effort.size(rows));
    contestant.set(1).close();
    long before = MemoryProgram.used();
    try (Contestant.Tables table = contestant.set(size)) {
      results.add(Metric.BYTES, (MemoryProgram.used() - before) / (double) size);
      Reference.reachabilityFence(table);
    }
  }
}
