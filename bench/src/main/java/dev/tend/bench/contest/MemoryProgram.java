package dev.tend.bench.contest;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.util.List;

/** What a server costs that has been started and waits for its first request. */
record MemoryProgram(int servers) implements Program {
  @Override
  public String id() {
    return "memory";
  }

  @Override
  public String title() {
    return "idle server, at %,d".formatted(servers);
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
    int size = effort.size(servers);
    Reference.reachabilityFence(contestant.idle(1));
    long before = used();
    Object idle = contestant.idle(size);
    long after = used();
    Reference.reachabilityFence(idle);
    results.add(Metric.BYTES, (after - before) / (double) size);
  }

  /** As a collection leaves it: what is used a moment later has threads' new buffers in it. */
  static long used() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
