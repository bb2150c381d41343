package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.kill;
import static dev.tend.otp.genserver.Fixtures.status;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo.Status;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Timer;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server does while no message comes: idle timeouts and hibernation. */
@OtpTest
class GenServerIdleTest {
  private final Probe probe = new Probe();
  private final ManualTime time = new ManualTime();

  static Stream<Named<StartOptions>> threads() {
    StartOptions options = StartOptions.defaults();
    return Stream.of(
        Named.of("virtual", options), Named.of("platform", options.onPlatformThread()));
  }

  private Pid<Probe> started(Callable<Init<Object>> init, StartOptions options) {
    return probe.init(init).start(options).orThrow();
  }

  private static Probe.Handle<String> handle(Callable<Handled<Object>> callback) {
    return new Probe.Handle<>((from, state) -> callback.call().andReply(from, "ok"));
  }

  @ParameterizedTest
  @MethodSource("threads")
  @Case("gen_server_SUITE: call")
  void idle_timeout(StartOptions thread) {
    Pid<Probe> server = started(() -> Probe.ready().timeout(ofSeconds(10)), thread.withTime(time));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(9));
    assertThat(probe.seen).isEmpty();
    Processes.send(server, (Callable<Object>) () -> Probe.on("x").timeout(ofSeconds(10)));
    eventually(() -> assertThat(probe.seen).hasSize(1));
    server.call(handle(() -> Probe.on("x").timeout(ofSeconds(10))));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(9));
    assertThat(probe.seen).hasSize(1);
    time.advance(ofSeconds(1));
    eventually(() -> assertThat(probe.seen).hasSize(2).endsWith("timeout"));
    time.advance(ofSeconds(100));
    server.call(new Probe.State());
    assertThat(probe.seen).hasSize(2);
    kill(server);
    assertThat(time.pending()).isZero();
  }

  /** Zero: what has gathered in the mailbox comes first, then at once the timeout. */
  @ParameterizedTest
  @MethodSource("threads")
  void idle_zero_is_when_the_mailbox_is_empty(StartOptions thread) {
    Pid<Probe> server = started(Probe::ready, thread);
    for (int round = 0; round < 500; round++) {
      probe.seen.clear();
      server.cast(
          new Probe.Do(() -> {
            for (int i = 0; i < 5; i++) {
              int number = i;
              Processes.send(
                  Processes.self(), (Callable<Object>) () -> Probe.on(number).timeout(ZERO));
            }
            return Probe.on("gathering").timeout(ZERO);
          }));
      eventually(() -> assertThat(probe.seen).hasSize(6).endsWith("timeout"));
    }
    kill(server);
  }

  /** No idle time that was asked for before the last message ever passes. */
  @Test
  void an_idle_timeout_is_that_of_the_last_callback() {
    Pid<Probe> server = probe.start();
    TestProcess.run(() -> {
      for (int i = 0; i < 20_000; i++) {
        server.call(handle(() -> Probe.on("x").timeout(ofSeconds(1_000))));
        Processes.demonitor(Processes.monitor(server));
        server.call(new Probe.State());
        Processes.demonitor(Processes.monitor(server));
      }
    });
    assertThat(probe.seen).isEmpty();
    kill(server);
  }

  private static void assertBecomes(Status status, Pid<?> pid) {
    eventually(() -> assertThat(status(pid)).isEqualTo(status));
  }

  /** From every callback, and until the next message. */
  @ParameterizedTest
  @MethodSource("threads")
  @Case("gen_server_SUITE: hibernate")
  void hibernate(StartOptions thread) {
    Pid<Probe> server = started(() -> Probe.ready().hibernate(), thread);
    assertBecomes(Status.HIBERNATING, server);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    assertBecomes(Status.WAITING, server);

    server.call(handle(() -> Probe.on("x").hibernate()));
    assertBecomes(Status.HIBERNATING, server);
    Processes.send(server, "message");
    eventually(() -> assertThat(probe.seen).containsExactly("message"));
    assertBecomes(Status.WAITING, server);

    server.cast(new Probe.Do(() -> Probe.on("x").hibernate()));
    assertBecomes(Status.HIBERNATING, server);
    server.call(handle(() -> Probe.on("x").continueWith("on")));
    assertBecomes(Status.WAITING, server);

    Processes.send(server, (Callable<Object>) () -> Probe.on("x").hibernate());
    assertBecomes(Status.HIBERNATING, server);
    server.call(
        handle(
            () -> Probe.on("x").continueWith((Callable<Object>) () -> Probe.on("x").hibernate())));
    assertBecomes(Status.HIBERNATING, server);
    GenServer.stop(server);
  }

  /** One that answers later, with a request in its hands. */
  @Test
  @Case("gen_server_SUITE: hibernate")
  void a_server_that_hibernates_still_answers_later() {
    Pid<Probe> server = probe.start();
    TestProcess.run(() -> {
      var id =
          Processes.sendRequest(
              server, new Probe.Handle<String>((from, state) -> Probe.on(from).hibernate()));
      assertBecomes(Status.HIBERNATING, server);
      server.call(
          new Probe.Handle<Object>(
              (from, state) -> Probe.on("x").andReply(from, "").andReply(kept(state), "later")));
      assertThat(id.receive(ofSeconds(60))).hasToString("Replied[value=later]");
    });
    kill(server);
  }

  @SuppressWarnings("unchecked")
  private static ReplyTo<String> kept(Object state) {
    return (ReplyTo<String>) state;
  }

  /** What waits in the mailbox comes first. */
  @Test
  void a_server_does_not_hibernate_before_its_mailbox_is_empty() {
    Pid<Probe> server = probe.start();
    List<Status> seen = new CopyOnWriteArrayList<>();
    server.call(
        handle(() -> {
          Processes.send(
              Processes.self(),
              (Callable<Object>)
                  () -> {
                    seen.add(status(server));
                    return Probe.on("x");
                  });
          return Probe.on("x").hibernate();
        }));
    assertBecomes(Status.WAITING, server);
    eventually(() -> assertThat(seen).containsExactly(Status.RUNNING));
    kill(server);
  }

  /** What acts on arrival is no message. */
  @Test
  @Case("gen_server_SUITE: hibernate")
  void links_and_monitors_do_not_wake_a_server_that_hibernates() {
    Pid<Probe> server = started(() -> Probe.ready().hibernate(), StartOptions.defaults());
    assertBecomes(Status.HIBERNATING, server);
    TestProcess.run(() -> {
      Processes.demonitor(Processes.monitor(server));
      Processes.link(server);
      Processes.unlink(server);
    });
    assertBecomes(Status.HIBERNATING, server);
    kill(server);
  }

  @ParameterizedTest
  @MethodSource("threads")
  @Case("gen_server_SUITE: auto_hibernate")
  void auto_hibernate(StartOptions thread) {
    Pid<Probe> server =
        started(Probe::ready, thread.withTime(time).withHibernateAfter(ofMillis(100)));
    assertHibernatesAfterAWhile(server);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    assertHibernatesAfterAWhile(server);
    server.cast(new Probe.Tell(() -> probe.seen.add("cast")));
    eventually(() -> assertThat(probe.seen).containsExactly("cast"));
    assertHibernatesAfterAWhile(server);
    Processes.send(server, "info");
    eventually(() -> assertThat(probe.seen).containsExactly("cast", "info"));
    assertHibernatesAfterAWhile(server);
    kill(server);
  }

  private void assertHibernatesAfterAWhile(Pid<?> server) {
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofMillis(99));
    assertBecomes(Status.WAITING, server);
    time.advance(ofMillis(1));
    assertBecomes(Status.HIBERNATING, server);
    assertThat(time.pending()).isZero();
  }

  @Test
  void a_timeout_asked_for_comes_before_hibernate_after() {
    Pid<Probe> server =
        started(
            () -> Probe.ready().timeout(ofSeconds(10)),
            StartOptions.defaults().withTime(time).withHibernateAfter(ofMillis(100)));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(9));
    assertBecomes(Status.WAITING, server);
    time.advance(ofSeconds(1));
    eventually(() -> assertThat(probe.seen).containsExactly("timeout"));
    assertHibernatesAfterAWhile(server);
    kill(server);
  }

  /** What a server once had many of costs nothing while it hibernates. */
  @Test
  void hibernation_gives_memory_back() {
    int count = 200;
    int timers = 2_000;
    List<Pid<Probe>> servers = Stream.generate(Probe::started).limit(count).toList();
    for (Pid<Probe> server : servers) {
      server.call(
          new Probe.Run<>(() -> {
            List<Timer> set = new ArrayList<>();
            for (int i = 0; i < timers; i++) {
              set.add(Processes.sendAfter(ofSeconds(1_000), Processes.self(), i));
            }
            set.forEach(Timer::cancel);
            return "";
          }));
    }
    long waiting = heap();
    servers.forEach(server -> server.call(handle(() -> Probe.on("x").hibernate())));
    servers.forEach(server -> assertBecomes(Status.HIBERNATING, server));
    assertThat(waiting - heap()).isGreaterThan((long) count * timers);
    servers.forEach(server -> kill(server));
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
