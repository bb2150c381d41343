package dev.tend.bench.seed;

import dev.tend.otp.process.Pid;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import java.util.HashMap;
import java.util.Map;

/** The servers of the {@link Lists} as plain maps: what the tables know, copied once. */
final class ServersById {
  private ServersById() {}

  static Map<ListId, Pid<?>> serversById() {
    Map<ListId, Pid<?>> servers = new HashMap<>();
    for (ProcessRegistry.Registration held : ProcessRegistry.registrations()) {
      if (held.key() instanceof ProcessRegistry.ListKey(ListId id)) {
        servers.put(id, held.pid());
      }
    }
    return servers;
  }

  static Map<String, ListId> idsByName() {
    Map<Pid<?>, ListId> ids = new HashMap<>();
    serversById().forEach((id, pid) -> ids.put(pid, id));
    Map<String, ListId> names = new HashMap<>();
    for (String name : Lists.names()) {
      ListId id = ids.get(TodoCache.serverProcess(name));
      if (id != null) {
        names.put(name, id);
      }
    }
    return names;
  }
}
