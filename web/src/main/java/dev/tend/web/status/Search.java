package dev.tend.web.status;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a process by its name or pid, and a list by a part of its name or by its id, awake or not.
 */
final class Search {
  private static final int MOST = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Search() {}

  /**
   * What was found.
   *
   * @param listsToo whether the catalogue could be asked for lists
   */
  record Found(List<Node> nodes, boolean listsToo) {}

  static Found of(Node tree, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    Map<String, Node> found = new LinkedHashMap<>();
    boolean listsToo = true;
    if (!wanted.isEmpty()) {
      for (Node node : Tree.flat(tree)) {
        if (node.name().toLowerCase(Locale.ROOT).contains(wanted)) {
          found.put(node.id(), node);
        }
      }
      byPid(wanted).map(info -> at(tree, info)).ifPresent(node -> found.put(node.id(), node));
      Optional<List<CatalogEntry>> named = byName(text.strip());
      listsToo = named.isPresent();
      named.orElse(List.of()).forEach(list -> add(found, list.id(), tree));
      byId(wanted).ifPresent(list -> add(found, list.id(), tree));
    }
    return new Found(found.values().stream().limit(MOST).toList(), listsToo);
  }

  /** One that is in the tree already is shown as it is there. */
  private static void add(Map<String, Node> found, ListId list, Node tree) {
    Node node = Lists.at(listsId(tree), list);
    found.putIfAbsent(
        node.id(),
        Tree.flat(tree).stream()
            .filter(shown -> shown.id().equals(node.id()))
            .findFirst()
            .orElseGet(() ->
                node.pid().isPresent() || node.until().isPresent() ? node : node.saying("asleep")));
  }

  private static Node at(Node tree, ProcessInfo info) {
    return place(tree, info.pid()).orElseGet(() -> Lists.running(listsId(tree), info));
  }

  private static Optional<Node> place(Node tree, Pid<?> pid) {
    return Tree.flat(tree).stream()
        .filter(node -> node.pid().filter(pid::equals).isPresent())
        .findFirst();
  }

  private static Optional<ProcessInfo> byPid(String wanted) {
    String number = wanted.replaceAll("[<>]", "");
    return number.matches("0\\.\\d+")
        ? Processes.find("<" + number + ">").flatMap(Processes::info)
        : Optional.empty();
  }

  private static Optional<CatalogEntry> byId(String wanted) {
    return ListId.isId(wanted)
            && Catalog.find(new ListId(wanted), Deadline.in(PATIENCE))
                instanceof Stored.Done<Optional<CatalogEntry>>(long epoch, var list)
        ? list
        : Optional.empty();
  }

  private static String listsId(Node tree) {
    return ServerSupervisor.NAME
        .whereis()
        .flatMap(pid -> place(tree, pid))
        .map(Node::id)
        .orElse(tree.id());
  }

  /** Empty where they cannot be had now. */
  private static Optional<List<CatalogEntry>> byName(String part) {
    return Catalog.search(Command.LOCAL, false, part, CatalogPlace.BEGIN, MOST)
            instanceof Stored.Done<List<CatalogEntry>>(long epoch, List<CatalogEntry> found)
        ? Optional.of(found)
        : Optional.empty();
  }
}
