package dev.tend.bench.seed;

import dev.tend.otp.process.Pid;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.journal.ListId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Our registry, whose table every client reads. It knows ids, so a map comes first. */
final class ThroughRegistryTable extends WayToList {
  private final Map<String, ListId> ids = new ConcurrentHashMap<>();

  ThroughRegistryTable() {
    super("registry", "our process registry: clients read its table (a map gives the list's id)");
  }

  @Override
  void prepare() {
    ids.putAll(Lists.ids());
  }

  @Override
  public void run() {
    ListId id = ids.get(Lists.anyName());
    require(
        id != null
            && ProcessRegistry.whereis(new ProcessRegistry.ListKey(id))
                .map(Pid::isAlive)
                .orElse(false));
  }
}
