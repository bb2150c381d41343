package dev.tend.bench.seed;

import dev.tend.todo.TodoCache;

/** The seed's last, and Tend's own. */
final class ThroughEts extends WayToList {
  ThroughEts() {
    super("ets", "Tend's cache: TodoCache.serverProcess, two look-ups in ETS tables");
  }

  @Override
  public void run() {
    require(TodoCache.serverProcess(Lists.anyName()).isAlive());
  }
}
