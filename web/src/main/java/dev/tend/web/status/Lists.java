package dev.tend.web.status;

import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Story;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of any number of children of a dynamic supervisor, those that are worth a look. */
final class Lists {
  private static final int MOST_OF_A_KIND = 5;
  private static final Duration OF_LATE = Duration.ofMinutes(10);

  private Lists() {}

  /**
   * Those that rest, those that have crashed of late, and those with the most messages waiting; at
   * most five of each.
   *
   * @param begin events of the story after this one are looked at
   */
  static List<Node> worthSeeing(String parent, Pid<?> supervisor, long begin, Busiest busiest) {
    Map<String, Node> found = new LinkedHashMap<>();
    if (ProcessRegistry.NAME.whereis().isPresent() && isOfLists(supervisor)) {
      resting().stream()
          .limit(MOST_OF_A_KIND)
          .map(resting -> at(parent, resting.list()))
          .forEach(node -> found.putIfAbsent(node.id(), node));
      crashed(begin).stream()
          .map(list -> at(parent, list))
          .map(node -> node.until().isPresent() ? node : node.saying("crashed of late"))
          .forEach(node -> found.putIfAbsent(node.id(), node));
    }
    busiest.of(supervisor).stream()
        .filter(info -> info.pid().isAlive())
        .map(info -> running(parent, info))
        .forEach(node -> found.putIfAbsent(node.id(), node));
    return List.copyOf(found.values());
  }

  /** All that rest. */
  static List<TodoCache.Resting> resting() {
    return ProcessRegistry.NAME.whereis().isPresent() ? TodoCache.allResting() : List.of();
  }

  private static boolean isOfLists(Pid<?> supervisor) {
    return ServerSupervisor.NAME.whereis().filter(supervisor::equals).isPresent();
  }

  /** The lists whose servers have crashed of late, the last one first. */
  private static List<ListId> crashed(long begin) {
    Instant since = Instant.now().minus(OF_LATE);
    List<ListId> lists = new ArrayList<>();
    for (Story.Event event : Story.after(begin).reversed()) {
      if (event.at().isAfter(since)
          && event.what() instanceof Happening.Lost lost
          && lists.size() < MOST_OF_A_KIND) {
        Names.list(lost.child()).filter(list -> !lists.contains(list)).ifPresent(lists::add);
      }
    }
    return lists;
  }

  /** The server of a list that was lost last, while the story knows of it. */
  private static Optional<Pid<?>> lost(ListId list) {
    for (Story.Event event : Story.after(0).reversed()) {
      if (event.what() instanceof Happening.Lost lost
          && Names.list(lost.child()).filter(list::equals).isPresent()) {
        return Optional.of(lost.pid());
      }
    }
    return Optional.empty();
  }

  /** A list, awake, at rest or asleep. */
  static Node at(String parent, ListId list) {
    Optional<ProcessInfo> info =
        ProcessRegistry.whereis(new ProcessRegistry.ListKey(list)).flatMap(Processes::info);
    Node node =
        Node.leaf(
                parent + "/" + list.value(),
                Names.of(list),
                info.isPresent() ? Node.State.RUNNING : Node.State.GONE,
                info)
            .after(lost(list));
    return info.isPresent() ? node : until(list).map(node::resting).orElse(node);
  }

  private static Optional<Instant> until(ListId list) {
    return resting().stream()
        .filter(resting -> resting.list().equals(list))
        .map(TodoCache.Resting::until)
        .findFirst();
  }

  static Node running(String parent, ProcessInfo info) {
    ServerName<?> name = info.name();
    Optional<ListId> list = name == null ? Optional.empty() : Names.list(name);
    String id = list.map(ListId::value).orElseGet(() -> Node.number(info.pid()));
    return Node.leaf(
        parent + "/" + id,
        name == null ? info.kind() : Names.of(name),
        Node.State.RUNNING,
        Optional.of(info));
  }
}
