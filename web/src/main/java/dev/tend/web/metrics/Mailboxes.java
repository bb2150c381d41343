package dev.tend.web.metrics;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Supervision;
import dev.tend.todo.ServerSupervisor;
import dev.tend.web.status.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many messages wait, as the supervisors' and the processes' own records show it. */
final class Mailboxes {
  private static final int MOST = 100;
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  // Guarded by this.
  private int longest;
  private long looked = System.nanoTime() - FRESH;

  /** Of the processes that have a place in the tree; lists, which come and go, have none. */
  Map<String, Integer> ofTree(Pid<?> root) {
    Map<String, Integer> waiting = new TreeMap<>();
    add("Tend", root, waiting);
    return waiting;
  }

  private static void add(String name, Pid<?> pid, Map<String, Integer> waiting) {
    Optional<ProcessInfo> info = Processes.info(pid);
    info.ifPresent(process -> waiting.merge(name, process.mailbox(), Integer::sum));
    List<Supervision.Kept> below =
        Processes.supervision(pid, MOST).map(Supervision::shown).orElse(List.of());
    for (Supervision.Kept child : below) {
      child.pid().ifPresent(process -> add(Figures.nameOf(child.id()), process, waiting));
    }
  }

  /** Of all lists. A pass over all processes, so it is made once a second at most. */
  synchronized int longestOfLists() {
    if (System.nanoTime() - looked >= FRESH) {
      longest =
          ServerSupervisor.NAME.whereis().stream()
              .flatMap(lists -> Processes.busiest(lists, 1).stream())
              .mapToInt(ProcessInfo::mailbox)
              .max()
              .orElse(0);
      looked = System.nanoTime();
    }
    return longest;
  }
}
