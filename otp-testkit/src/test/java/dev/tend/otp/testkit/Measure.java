package dev.tend.otp.testkit;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A first impression of speed, not a benchmark: {@code bench} has those. */
public final class Measure {
  private static final int CALLS = 400_000;

  static final class Counter extends GenServer<Long, Counter.Get, Counter.Add> {
    record Get() implements Call<Counter, Long> {}

    record Add() implements Cast<Counter> {}

    static Pid<Counter> started() {
      return GenServer.start(new Counter(), StartOptions.defaults()).orThrow();
    }

    @Override
    protected Init<Long> init() {
      return Init.ok(0L);
    }

    @Override
    protected Handled<Long> handleCall(Get request, Caller caller, Long state) {
      return reply(request, caller, state, state);
    }

    @Override
    protected Handled<Long> handleCast(Add message, Long state) {
      return noReply(state + 1);
    }
  }

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 3; round++) {
      System.out.println("--- round " + round);
      calls(1, 1);
      calls(100, 1);
      calls(100, 100);
      casts(1);
      casts(8);
      spawns();
      starts();
      memory();
      restarts();
    }
  }

  private static void report(String what, int count, long start) {
    double nanos = System.nanoTime() - start;
    System.out.printf("%-28s %,12.0f /s  %,8.0f ns%n", what, count / nanos * 1e9, nanos / count);
  }

  private static void inProcesses(int count, java.util.function.IntConsumer body)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      Processes.spawn(() -> {
        body.accept(number);
        done.countDown();
      });
    }
    done.await();
  }

  private static void calls(int clients, int servers) throws InterruptedException {
    List<Pid<Counter>> pids = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      pids.add(Counter.started());
    }
    long start = System.nanoTime();
    inProcesses(
        clients,
        number -> {
          Pid<Counter> server = pids.get(number % servers);
          for (int i = 0; i < CALLS / clients; i++) {
            server.call(new Counter.Get());
          }
        });
    report("call " + clients + " -> " + servers, CALLS, start);
    pids.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
  }

  private static void casts(int clients) throws InterruptedException {
    Pid<Counter> server = Counter.started();
    long start = System.nanoTime();
    inProcesses(
        clients,
        number -> {
          for (int i = 0; i < 2_000_000 / clients; i++) {
            server.cast(new Counter.Add());
          }
        });
    server.call(new Counter.Get(), Duration.ofSeconds(60));
    report("cast " + clients + " -> 1", 2_000_000, start);
    Processes.exit(server, ExitReason.KILL);
  }

  private static void spawns() throws InterruptedException {
    int count = 300_000;
    CountDownLatch done = new CountDownLatch(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Processes.spawn(done::countDown);
    }
    done.await();
    report("spawn and end", count, start);
  }

  private static void starts() {
    int count = 100_000;
    long start = System.nanoTime();
    List<Pid<Counter>> pids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pids.add(Counter.started());
    }
    report("GenServer.start", count, start);
    start = System.nanoTime();
    pids.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
    report("kill idle GenServer", count, start);
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void memory() throws InterruptedException {
    int count = 100_000;
    Pid<?>[] pids = new Pid<?>[count];
    long before = used();
    for (int i = 0; i < count; i++) {
      pids[i] = Counter.started();
    }
    for (Pid<?> pid : pids) {
      Processes.send(pid, "wake");
      Processes.exit(pid, ExitReason.NORMAL);
    }
    System.out.printf("idle GenServer %,d bytes%n", (used() - before) / count);
    for (Pid<?> pid : pids) {
      Processes.exit(pid, ExitReason.KILL);
    }
    Arrays.fill(pids, null);
  }

  private static void restarts() throws InterruptedException {
    int count = 20_000;
    Pid<?>[] latest = new Pid<?>[1];
    java.util.concurrent.LinkedTransferQueue<Pid<?>> inits =
        new java.util.concurrent.LinkedTransferQueue<>();
    Pid<Supervisor> sup =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, Integer.MAX_VALUE, Duration.ofSeconds(1)),
                List.of(
                    ChildSpec.worker(
                        "c",
                        () ->
                            GenServer.startLink(
                                new Probe()
                                    .init(() -> {
                                      inits.add(Processes.self());
                                      return Probe.ready();
                                    }),
                                StartOptions.defaults()))),
                StartOptions.defaults())
            .orThrow();
    latest[0] = inits.take();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Processes.exit(latest[0], ExitReason.KILL);
      latest[0] = inits.take();
    }
    report("kill -> new init", count, start);
    Processes.stop(sup, ExitReason.SHUTDOWN, Duration.ofSeconds(10));
  }
}
