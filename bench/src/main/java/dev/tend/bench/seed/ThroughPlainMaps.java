package dev.tend.bench.seed;

import dev.tend.otp.process.Pid;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As quick as it can be: what no table of ours can beat. */
final class ThroughPlainMaps extends WayToList {
  private final Map<String, ListId> ids = new ConcurrentHashMap<>();
  private final Map<ListId, Pid<?>> servers = new ConcurrentHashMap<>();

  ThroughPlainMaps() {
    super("maps", "the limit: two bare ConcurrentHashMap look-ups, name to id and id to server");
  }

  @Override
  void prepare() {
    ids.putAll(Lists.ids());
    ids.forEach((name, id) -> servers.put(id, TodoCache.serverProcess(name)));
  }

  @Override
  public void run() {
    ListId id = ids.get(Lists.anyName());
    Pid<?> server = id == null ? null : servers.get(id);
    require(server != null && server.isAlive());
  }
}
