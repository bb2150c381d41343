package dev.tend.otp.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every living process of the JVM, each seen at its own moment, in the order of their starts.
 *
 * @param zombies the threads that still run the code of a process that has died
 */
public record Snapshot(List<ProcessInfo> processes, List<Zombie> zombies) {

  static Snapshot take() {
    List<ProcessInfo> processes =
        ProcessCore.LIVE.stream()
            .map(ProcessCore::info)
            .sorted(Comparator.comparing(ProcessInfo::pid))
            .toList();
    return new Snapshot(processes, seenZombies());
  }

  static List<Zombie> seenZombies() {
    List<Zombie> zombies = new ArrayList<>();
    for (ProcessCore dead : ProcessCore.ZOMBIES) {
      Thread thread = dead.thread();
      if (thread != null) {
        zombies.add(Zombie.of(dead, thread));
      }
    }
    return List.copyOf(zombies);
  }

  private record Busy(ProcessCore process, int waiting) {}

  static List<ProcessInfo> busiest(ProcessCore starter, int most) {
    PriorityQueue<Busy> busiest = new PriorityQueue<>(Comparator.comparingInt(Busy::waiting));
    for (ProcessCore process : ProcessCore.LIVE) {
      if (process.starter == starter) {
        int waiting = process.waiting();
        if (waiting > 0) {
          busiest.add(new Busy(process, waiting));
          if (busiest.size() > most) {
            busiest.remove();
          }
        }
      }
    }
    return busiest.stream()
        .sorted(Comparator.comparingInt(Busy::waiting).reversed())
        .map(busy -> busy.process.info())
        .toList();
  }

  /** The tree of who started whom, as text: one line a process. */
  public String tree() {
    Set<Pid<?>> alive = new HashSet<>();
    processes.forEach(p -> alive.add(p.pid()));
    List<ProcessInfo> roots = new ArrayList<>();
    Map<Pid<?>, List<ProcessInfo>> children = new HashMap<>();
    for (ProcessInfo process : processes) {
      Pid<?> starter = process.starter();
      if (starter == null || !alive.contains(starter)) {
        roots.add(process);
      } else {
        children.computeIfAbsent(starter, s -> new ArrayList<>()).add(process);
      }
    }
    StringBuilder text = new StringBuilder();
    for (ProcessInfo root : roots) {
      text.append(root).append('\n');
      draw(root, "", children, text::append);
    }
    return text.toString();
  }

  private static void draw(
      ProcessInfo parent,
      String indent,
      Map<Pid<?>, List<ProcessInfo>> children,
      Consumer<String> out) {
    List<ProcessInfo> below = children.getOrDefault(parent.pid(), List.of());
    for (ProcessInfo child : below) {
      boolean last = child == below.getLast();
      out.accept(indent + (last ? "└── " : "├── ") + child + "\n");
      draw(child, indent + (last ? "    " : "│   "), children, out);
    }
  }
}
