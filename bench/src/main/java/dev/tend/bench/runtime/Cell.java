package dev.tend.bench.runtime;

import dev.tend.bench.contest.Metric;
import dev.tend.bench.contest.Program;

/** What one contender is measured for. */
record Cell(String contender, Row row) {

  /** A line of the table. */
  record Row(Program program, Metric metric) {
    String title() {
      return program.title() + ", " + metric.unit();
    }
  }
}
