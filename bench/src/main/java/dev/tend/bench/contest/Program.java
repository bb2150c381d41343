package dev.tend.bench.contest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A program that every contestant runs, and what is measured of it. */
public sealed interface Program
    permits CacheProgram,
        CallProgram,
        CallPastProgram,
        CastProgram,
        KillProgram,
        MemoryProgram,
        SpawnProgram,
        StopProgram,
        TableMemoryProgram,
        TableProgram {

  /** What {@code --only} and the BEAM's script know it by. */
  String id();

  /** With the sizes it has in a full run. */
  String title();

  List<Metric> metrics();

  /** Whether one round says all. */
  default boolean isSteady() {
    return false;
  }

  /**
   * @throws NoEquivalent if the contestant has nothing of the kind
   */
  void run(Contestant contestant, Effort effort, Results results) throws Exception;

  /** In the order of a run; what fills the memory comes last. */
  static List<Program> all() {
    return Stream.of(
            Stream.of(
                new CallProgram(1, 1),
                new CallProgram(100, 1),
                new CallProgram(100, 100),
                new CastProgram(1, 100_000),
                new CastProgram(100, 2_000)),
            Arrays.stream(SpawnProgram.values()),
            Stream.of(
                new CallPastProgram(500_000),
                new KillProgram(0, 200),
                new KillProgram(100_000, 50),
                new StopProgram(10_000),
                new StopProgram(100_000)),
            Arrays.stream(CacheProgram.Way.values())
                .flatMap(way -> Stream.of(new CacheProgram(way, 1), new CacheProgram(way, 100))),
            Stream.of(1_000, 1_000_000)
                .flatMap(rows ->
                    Arrays.stream(TableProgram.Operation.values())
                        .map(operation -> new TableProgram(operation, rows))),
            Stream.of(new TableMemoryProgram(1_000_000), new MemoryProgram(1_000_000)))
        .<Program>flatMap(programs -> programs)
        .toList();
  }
}
