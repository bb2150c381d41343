package dev.tend.bench.loops;

import dev.tend.otp.ets.Counter;

/** What the tables and the maps hold. */
record Row(int number, long count) {
  static final Counter<Row> COUNT =
      Counter.of(Row::count, (row, count) -> new Row(row.number(), count));
}
