package dev.tend.otp.testkit;

import dev.tend.otp.ets.TableName;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that a test can leave behind. */
record World(Map<Pid<?>, ProcessInfo> processes, Set<Object> names, Set<?> tables, int zombies) {

  static World now() {
    Snapshot snapshot = Processes.snapshot();
    return new World(
        snapshot.processes().stream()
            .collect(Collectors.toMap(ProcessInfo::pid, Function.identity())),
        Processes.registered(),
        TableName.taken(),
        snapshot.zombies().size());
  }

  /** What is other than before, a line each. */
  List<String> differencesFrom(World before) {
    List<String> lines = new ArrayList<>();
    processes.values().stream()
        .sorted((a, b) -> a.pid().compareTo(b.pid()))
        .forEach(info -> {
          ProcessInfo then = before.processes.get(info.pid());
          if (then == null) {
            lines.add("process " + info + ", " + ties(info));
          } else if (!ties(then).equals(ties(info))) {
            lines.add("process " + info + ", " + ties(info) + "; before: " + ties(then));
          }
        });
    before.processes.forEach((pid, then) -> {
      if (!processes.containsKey(pid)) {
        lines.add("process " + then + " was there before, and has ended: " + pid.exitReason());
      }
    });
    compare("name", before.names, names, lines);
    compare("table", before.tables, tables, lines);
    if (zombies > before.zombies) {
      lines.add(zombies + " threads run code of dead processes; before: " + before.zombies);
    }
    return lines;
  }

  private static void compare(String what, Set<?> before, Set<?> now, List<String> lines) {
    now.stream().filter(x -> !before.contains(x)).forEach(x -> lines.add(what + " " + x));
    before.stream()
        .filter(x -> !now.contains(x))
        .forEach(x -> lines.add(what + " " + x + " was there before, and is gone"));
  }

  private static String ties(ProcessInfo info) {
    return info.links() + " links, " + info.monitors() + " monitors, " + info.timers() + " timers";
  }
}
