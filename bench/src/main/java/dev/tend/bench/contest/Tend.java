package dev.tend.bench.contest;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Our own {@code otp}. */
final class Tend implements Contestant {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int MANY_RESTARTS = 1_000_000;
  private static final ServerName<EchoServer> TARGET = ServerName.local("target");

  @Override
  public String about() {
    return "otp of Tend on Java " + Runtime.version();
  }

  @Override
  public long call(int servers, long[][] nanos) throws Exception {
    List<Pid<EchoServer>> all = servers(servers);
    Finish finish = new Finish(nanos.length);
    long time =
        finish.time(() -> {
          for (int i = 0; i < nanos.length; i++) {
            Pid<EchoServer> server = all.get(i % servers);
            long[] mine = nanos[i];
            Processes.spawn(() -> {
              Stopwatch.each(mine, value -> server.call(new EchoServer.Ask(value)));
              finish.cross();
            });
          }
        });
    stop(all);
    return time;
  }

  @Override
  public long cast(int pairs, int messages) throws Exception {
    List<Pid<EchoServer>> all = servers(pairs);
    Finish finish = new Finish(pairs);
    long time =
        finish.time(() -> {
          for (Pid<EchoServer> server : all) {
            Processes.spawn(() -> {
              for (int i = 0; i < messages; i++) {
                server.cast(new EchoServer.Add(i));
              }
              server.call(new EchoServer.Ask(0), PATIENCE);
              finish.cross();
            });
          }
        });
    stop(all);
    return time;
  }

  @Override
  public long spawn(int processes) {
    return inProcess(() -> {
      Pid<?> self = Processes.self();
      return timed(() -> {
        for (int i = 0; i < processes; i++) {
          Processes.spawn(() -> Processes.send(self, "here"));
        }
        receive(processes, String.class);
      });
    });
  }

  @Override
  public long spawnLinked(int processes) {
    return inProcess(() -> {
      Processes.trapExit(true);
      return timed(() -> {
        for (int i = 0; i < processes; i++) {
          Processes.spawnLink(() -> {});
        }
        receive(processes, Exit.class);
      });
    });
  }

  @Override
  public long spawnMonitored(int processes) {
    return inProcess(() ->
        timed(() -> {
          for (int i = 0; i < processes; i++) {
            Processes.spawnMonitor(() -> {});
          }
          receive(processes, Down.class);
        }));
  }

  @Override
  public long startChildren(int children) {
    return inProcess(() -> {
      Pid<DynamicSupervisor> supervisor = dynamicSupervisor();
      long time = timed(() -> startChildren(supervisor, children));
      Processes.stop(supervisor, ExitReason.NORMAL, PATIENCE);
      return time;
    });
  }

  @Override
  public long callPast(int waiting, int calls) {
    return inProcess(() -> {
      Pid<EchoServer> server = EchoServer.start();
      for (int i = 0; i < waiting; i++) {
        Processes.send(Processes.self(), i);
      }
      long time =
          timed(() -> {
            for (int i = 0; i < calls; i++) {
              server.call(new EchoServer.Ask(i));
            }
          });
      stop(List.of(server));
      return time;
    });
  }

  @Override
  public void kill(int siblings, long[] nanos) {
    inProcess(() -> {
      Pid<?> self = Processes.self();
      List<ChildSpec> children = new ArrayList<>();
      for (int i = 0; i < siblings; i++) {
        children.add(ChildSpec.worker(i, EchoServer::startLink));
      }
      children.add(ChildSpec.worker("target", () -> EchoServer.startLink(TARGET, self)));
      Flags flags = new Flags(Strategy.ONE_FOR_ONE, MANY_RESTARTS, Duration.ofSeconds(1));
      Pid<Supervisor> supervisor =
          Supervisor.startLink(flags, children, StartOptions.defaults()).orThrow();
      receive(1, EchoServer.Up.class);
      Stopwatch.each(nanos, Tend::killAndCall);
      Processes.stop(supervisor, ExitReason.NORMAL, PATIENCE);
      return 0L;
    });
  }

  @Override
  public long stopChildren(int children) {
    return inProcess(() -> {
      Pid<DynamicSupervisor> supervisor = dynamicSupervisor();
      startChildren(supervisor, children);
      return timed(() -> Processes.stop(supervisor, ExitReason.NORMAL, PATIENCE));
    });
  }

  @Override
  public LookUps lookUps(CacheProgram.Way way) throws Exception {
    return new SeedLookUps(way.id());
  }

  @Override
  public Tables tables(int rows) {
    return new OtpTables(rows, true);
  }

  @Override
  public Tables set(int rows) {
    return new OtpTables(rows, false);
  }

  @Override
  public Object idle(int servers) {
    return inProcess(() -> servers(servers));
  }

  private static void killAndCall(int i) {
    Processes.exit(TARGET.whereis().orElseThrow(), ExitReason.KILL);
    receive(1, EchoServer.Up.class);
    TARGET.call(new EchoServer.Ask(i));
  }

  private static List<Pid<EchoServer>> servers(int count) {
    return IntStream.range(0, count).mapToObj(i -> EchoServer.start()).toList();
  }

  private static void stop(List<Pid<EchoServer>> servers) {
    servers.forEach(server -> Processes.exit(server, ExitReason.KILL));
  }

  private static Pid<DynamicSupervisor> dynamicSupervisor() {
    return DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
  }

  private static void startChildren(Pid<DynamicSupervisor> supervisor, int children) {
    ChildSpec spec =
        ChildSpec.worker("server", EchoServer::startLink).withRestart(Restart.TEMPORARY);
    for (int i = 0; i < children; i++) {
      DynamicSupervisor.startChild(supervisor, spec);
    }
  }

  private static void receive(int count, Class<?> type) {
    for (int i = 0; i < count; i++) {
      Processes.receive(message -> type.isInstance(message) ? message : null);
    }
  }

  private static long timed(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return System.nanoTime() - begin;
  }

  /** What a process makes of its work, awaited outside. */
  private static <R> R inProcess(Supplier<R> work) {
    CompletableFuture<R> result = new CompletableFuture<>();
    Pid<?> process = Processes.spawn(() -> result.complete(work.get()));
    Optional<ExitReason> end = Processes.awaitExit(process, PATIENCE);
    if (!result.isDone()) {
      throw new IllegalStateException("no result: " + end);
    }
    return result.join();
  }
}
