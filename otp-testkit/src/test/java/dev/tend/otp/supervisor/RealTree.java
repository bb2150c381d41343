package dev.tend.otp.supervisor;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Via;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real tree that keeps the same books as a {@link TreeModel}, and has names if so asked. */
final class RealTree {
  /** How children are named. */
  enum Naming {
    NONE,
    LOCAL,
    VIA
  }

  final List<String> log = new CopyOnWriteArrayList<>();

  /** All processes that ever were, as "id#n". */
  final Map<Pid<?>, String> lives = new ConcurrentHashMap<>();

  private final Map<String, Integer> starts = new ConcurrentHashMap<>();
  private final Naming naming;
  private final Via names = new Names();

  RealTree(Naming naming) {
    this.naming = naming;
  }

  /** No time limit runs out unless the test says so: there is none that does. */
  Pid<Supervisor> start(Strategy strategy, int maxRestarts, AutoShutdown autoShutdown) {
    return Supervisor.start(
            new Flags(strategy, maxRestarts, ofHours(1), autoShutdown),
            List.of(),
            StartOptions.defaults().withTime(new ManualTime()))
        .orThrow();
  }

  StartResult<Probe> startChild(String id, boolean traps) {
    Probe probe =
        new Probe()
            .init(() -> {
              Processes.trapExit(traps);
              log.add("start " + id);
              lives.put(Processes.self(), id + "#" + starts.merge(id, 1, Integer::sum));
              return Probe.ready();
            })
            .terminate(reason -> log.add("stop " + id));
    ServerName<Probe> name = name(id);
    return GenServer.startLink(
        probe, name == null ? StartOptions.defaults() : StartOptions.named(name));
  }

  private @Nullable ServerName<Probe> name(String id) {
    return switch (naming) {
      case NONE -> null;
      case LOCAL -> ServerName.local("product " + id);
      case VIA -> ServerName.via(names, id);
    };
  }

  /** As {@link TreeModel.Entry#toString}. */
  String describe(ChildInfo child) {
    return child.state() instanceof ChildInfo.Running(Pid<?> pid)
        ? String.valueOf(lives.get(pid))
        : child.id() + " stopped";
  }

  /** Who lives is who is in the tree, and who has a name is who lives. */
  void checkLives(List<ChildInfo> tree) {
    List<Pid<?>> running =
        tree.stream()
            .filter(child -> child.state() instanceof ChildInfo.Running)
            .<Pid<?>>map(child -> ((ChildInfo.Running) child.state()).pid())
            .toList();
    lives.forEach((pid, life) -> {
      assertThat(pid.isAlive()).as(life).isEqualTo(running.contains(pid));
      ServerName<Probe> name = name(life.substring(0, life.indexOf('#')));
      if (name != null && pid.isAlive()) {
        assertThat(name.whereis().map(holder -> (Object) holder)).as(life).contains(pid);
      }
    });
    starts
        .keySet()
        .forEach(id -> {
          ServerName<Probe> name = name(id);
          if (name != null
              && tree.stream().noneMatch(child -> describe(child).startsWith(id + "#"))) {
            assertThat(name.whereis()).as(id).isEmpty();
          }
        });
  }

  Pid<?> pid(String life) {
    return lives.entrySet().stream()
        .filter(entry -> entry.getValue().equals(life))
        .<Pid<?>>map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Why a life ended. */
  ExitReason end(String life) {
    return pid(life).exitReason().orElseThrow();
  }
}
