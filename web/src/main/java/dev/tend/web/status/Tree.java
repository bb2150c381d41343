package dev.tend.web.status;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Supervision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The supervision tree from its root down, as the supervisors' own records show it; none of them is
 * asked, so a supervisor that waits for a child can be seen doing so.
 */
final class Tree {
  /** How many children of one supervisor are shown. */
  private static final int MOST = 100;

  private final long begin;
  private final Busiest busiest;

  /**
   * @param begin the story's events after this one are of this tree
   */
  private Tree(long begin, Busiest busiest) {
    this.begin = begin;
    this.busiest = busiest;
  }

  static Node of(Pid<?> root, long begin, Busiest busiest) {
    Optional<ProcessInfo> info = Processes.info(root);
    String name =
        info.flatMap(process -> Optional.ofNullable(process.name())).map(Names::of).orElse("Root");
    String capital = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    return new Tree(begin, busiest)
        .node(name, capital, true, Supervision.State.RUNNING, Optional.of(root), 0);
  }

  private Node node(
      String id,
      String name,
      boolean supervisor,
      Supervision.State seen,
      Optional<Pid<?>> pid,
      int restarts) {
    Optional<ProcessInfo> info = pid.flatMap(Processes::info);
    Optional<Supervision> below = pid.flatMap(living -> Processes.supervision(living, MOST));
    Node.State state = state(seen, info);
    if (below.isEmpty()) {
      return new Node(
          id,
          name,
          supervisor,
          "",
          state,
          info,
          Optional.empty(),
          restarts,
          List.of(),
          0,
          Optional.empty());
    }
    Supervision of = below.get();
    List<Node> children = new ArrayList<>();
    boolean dynamic = of.shown().isEmpty() && of.children() > 0;
    for (Supervision.Kept child : of.shown()) {
      children.add(child(id, child));
    }
    if (children.isEmpty()) {
      children.addAll(Lists.worthSeeing(id, pid.orElseThrow(), begin, busiest));
    }
    long running = children.stream().filter(child -> child.process().isPresent()).count();
    int more = dynamic ? of.children() - (int) running : of.children() - children.size();
    return new Node(
        id,
        name,
        true,
        Words.strategy(of.strategy()),
        state,
        info,
        Optional.empty(),
        restarts,
        List.copyOf(children),
        Math.max(more, 0),
        Optional.empty());
  }

  private Node child(String parent, Supervision.Kept child) {
    String name = Names.of(child.id());
    return node(
        parent + "/" + name,
        name,
        child.supervisor(),
        child.state(),
        child.pid(),
        child.restarts());
  }

  /** A process that has died, and whose supervisor has not got to it, is on its way back too. */
  private static Node.State state(Supervision.State seen, Optional<ProcessInfo> info) {
    return switch (seen) {
      case STOPPED -> Node.State.GONE;
      case RESTARTING -> Node.State.RESTARTING;
      case RUNNING -> info.isPresent() ? Node.State.RUNNING : Node.State.RESTARTING;
    };
  }

  /** The whole tree in one list, parents before their children. */
  static List<Node> flat(Node root) {
    List<Node> all = new ArrayList<>();
    all.add(root);
    root.children().forEach(child -> all.addAll(flat(child)));
    return all;
  }
}
