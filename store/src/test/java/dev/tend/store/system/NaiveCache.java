package dev.tend.store.system;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.ListClient;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one would write first: maps that everyone reads, and a process that takes out what it is
 * told has ended or changed. The tests that find nothing wrong with ours have to find it wrong.
 */
final class NaiveCache implements AutoCloseable {
  private final Map<String, Pid<TodoServer>> servers = new ConcurrentHashMap<>();
  private final Map<ListId, Published> lists = new ConcurrentHashMap<>();
  private final Pid<?> process = Processes.spawn(this::run);

  private record Started(Pid<TodoServer> server) {}

  private record Changed(ListId list) {}

  private void run() {
    while (true) {
      switch (Processes.receive()) {
        case Started(Pid<TodoServer> server) -> Processes.monitor(server);
        case Down down -> servers.values().removeIf(server -> server.equals(down.pid()));
        case Changed(ListId list) -> lists.remove(list);
        default -> {
          return;
        }
      }
    }
  }

  Pid<TodoServer> serverProcess(String name) {
    return servers.computeIfAbsent(
        name,
        missing -> {
          Pid<TodoServer> server = TodoCache.serverProcess(missing);
          Processes.send(process, new Started(server));
          return server;
        });
  }

  Optional<Published> published(ListId id) {
    return Optional.ofNullable(
        lists.computeIfAbsent(
            id,
            missing ->
                ListClient.read(missing) instanceof Reading.Found(Published list) ? list : null));
  }

  void changed(ListId list) {
    Processes.send(process, new Changed(list));
  }

  @Override
  public void close() {
    Processes.send(process, "stop");
  }
}
