package dev.tend.otp.process;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Probe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.management.VirtualThreadSchedulerMXBean;

/** A program in a JVM that has memory for few threads. For {@link NoThreadTest}. */
final class NoThreadProgram {
  private static final ServerName<Probe> NAME = ServerName.local("unlucky");
  private static final StartOptions PLATFORM = StartOptions.defaults().onPlatformThread();
  private static final Duration HELD = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final InheritableThreadLocal<String> REQUEST = new InheritableThreadLocal<>();

  private final List<Thread> hogs = new ArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private int starts;

  public static void main(String[] args) throws InterruptedException {
    NoThreadProgram program = new NoThreadProgram();
    if (!args[0].equals("first")) {
      program.begin();
    }
    switch (args[0]) {
      case "first" -> program.startFirst();
      case "start" -> program.start();
      case "spawn" -> program.spawn();
      case "carriers" -> program.askForCarriers();
      default -> program.supervise();
    }
    System.exit(0);
  }

  /** What the JVM and the library need for themselves runs before memory is short. */
  private void begin() {
    Pid<Probe> first = Probe.started();
    Processes.exit(first, ExitReason.KILL);
    while (Thread.getAllStackTraces().keySet().stream().noneMatch(this::isTheSchedulersClock)) {
      Thread.onSpinWait();
    }
  }

  /** Which the library has started, without anyone having waited for a time. */
  private boolean isTheSchedulersClock(Thread thread) {
    return thread.getName().endsWith("-delayScheduler");
  }

  /** Leaves no room for one more thread, also when those that end meanwhile have gone. */
  private void hog() {
    int failed = 0;
    while (failed < 200) {
      try {
        hogs.add(Thread.ofPlatform().daemon().start(this::waitThere));
        failed = 0;
      } catch (OutOfMemoryError noThread) {
        failed++;
        waitFor(go, 1);
      }
    }
  }

  private void waitThere() {
    waitFor(go, Long.MAX_VALUE);
  }

  private static void waitFor(CountDownLatch latch, long millis) {
    try {
      var _ = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The very first process of the JVM, with all that the library starts for itself. */
  private void startFirst() throws InterruptedException {
    REQUEST.set("of who came first");
    hog();
    say(new Probe().start(PLATFORM));
    makeRoom();
    Pid<Probe> server = new Probe().start(PLATFORM).orThrow();
    System.out.println(server.call(new Probe.State()));
    WatchDog.setLimit(HELD);
    server.cast(new Probe.Tell(() -> System.out.println("long: " + Story.await(0, LONG).size())));
    CompletableFuture<String> inherited = new CompletableFuture<>();
    TimeSource.system().schedule(HELD, () -> inherited.complete("inherits " + REQUEST.get()));
    System.out.println(Processes.stop(server, ExitReason.NORMAL, LONG).orElseThrow());
    System.out.println("its timer " + inherited.join());
  }

  private void start() throws InterruptedException {
    hog();
    say(new Probe().start(PLATFORM.withName(NAME)));
    System.out.println("has the name: " + NAME.whereis());
    System.out.println("left: " + Processes.snapshot().processes());
    makeRoom();
    Pid<Probe> second = new Probe().start(PLATFORM.withName(NAME)).orThrow();
    System.out.println(second.call(new Probe.State()));
  }

  private void makeRoom() throws InterruptedException {
    go.countDown();
    for (Thread hog : hogs) {
      hog.join();
    }
    while (!isRoomFor(3)) {
      Thread.onSpinWait();
    }
  }

  /** A thread that was joined gives its stack back some time later. */
  private static boolean isRoomFor(int threads) {
    CountDownLatch end = new CountDownLatch(1);
    try {
      for (int i = 0; i < threads; i++) {
        Thread.ofPlatform().daemon().start(() -> waitFor(end, Long.MAX_VALUE));
      }
      return true;
    } catch (OutOfMemoryError noThread) {
      return false;
    } finally {
      end.countDown();
    }
  }

  private void spawn() {
    hog();
    Pid<?> linked = Processes.spawn(() -> Processes.spawnLink(PLATFORM, () -> {}));
    System.out.println(textOf(Processes.awaitExit(linked)));
    Pid<?> owner =
        Processes.spawn(() -> Processes.own(() -> System.out.println("closed in spite of all")));
    System.out.println(Processes.awaitExit(owner));
  }

  private static void setParallelism(int carriers) {
    try {
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class)
          .setParallelism(carriers);
    } catch (OutOfMemoryError noThread) {
      // It is set, and then the scheduler tries for a carrier.
    }
  }

  /** The scheduler is to have more carriers than there is room for, and later one is needed. */
  private void askForCarriers() throws InterruptedException {
    hog();
    setParallelism(4);
    Processes.spawn(NoThreadProgram::compute);
    compute();
    setParallelism(1);
    makeRoom();
    AtomicBoolean ran = new AtomicBoolean();
    Pid<?> holder = Processes.spawn(() -> computeUntil(ran));
    Processes.spawn(() -> ran.set(true));
    System.out.println("who held the carrier: " + Processes.awaitExit(holder));
  }

  private static void computeUntil(AtomicBoolean done) {
    while (!done.get()) {
      Thread.onSpinWait();
    }
  }

  private void supervise() {
    Flags flags = new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofHours(1));
    List<ChildSpec> children = List.of(ChildSpec.worker("unlucky", this::startChild));
    Pid<Supervisor> sup = Supervisor.start(flags, children, StartOptions.defaults()).orThrow();
    Processes.exit(NAME.whereis().orElseThrow(), ExitReason.KILL);
    System.out.println("supervisor: " + Processes.awaitExit(sup));
  }

  private StartResult<Probe> startChild() {
    if (starts++ > 0) {
      hog();
    }
    StartResult<Probe> result = GenServer.startLink(new Probe(), PLATFORM.withName(NAME));
    say(result);
    return result;
  }

  /** For as long as it takes until carriers are asked for in vain. */
  private static void compute() {
    long end = System.nanoTime() + HELD.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void say(StartResult<?> result) {
    System.out.println(
        result instanceof StartResult.Failed<?>(ExitReason reason)
            ? "failed: " + textOf(reason)
            : "started");
  }

  private static String textOf(ExitReason reason) {
    return reason instanceof ExitReason.Crash(Throwable thrown)
        ? thrown.getClass().getSimpleName()
        : reason.toString();
  }
}
