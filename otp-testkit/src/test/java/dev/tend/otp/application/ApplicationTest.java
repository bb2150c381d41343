package dev.tend.otp.application;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ordered start and stop of trees. */
@OtpTest
class ApplicationTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Map<String, Pid<?>> roots = new ConcurrentHashMap<>();
  private Applications all;

  @AfterEach
  void stopAll() {
    if (all != null) {
      assertThat(all.stop(ofSeconds(20))).isPresent();
    }
  }

  private Applications run(Application application) {
    all = Applications.of(application);
    return all;
  }

  /** One whose root is a supervisor with a worker, both of which note what happens. */
  private Application app(String name) {
    return Application.of(name, self -> start(name)).withStop(() -> log.add("after " + name));
  }

  private StartResult<?> start(String name) {
    log.add("start " + name);
    StartResult<Supervisor> result =
        Supervisor.startLink(
            Flags.of(Strategy.ONE_FOR_ONE),
            List.of(ChildSpec.worker("worker", () -> worker(name))),
            StartOptions.defaults());
    roots.put(name, result.orThrow());
    return result;
  }

  private StartResult<Probe> worker(String name) {
    Probe probe =
        new Probe()
            .init(() -> {
              Processes.trapExit(true);
              return Probe.ready();
            })
            .terminate(reason -> log.add("stop " + name));
    return GenServer.startLink(probe, StartOptions.defaults());
  }

  @Test
  void starts_what_is_depended_on_first_and_stops_in_reverse() {
    Application base = app("base");
    Application left = app("left").dependsOn(base);
    Application right = app("right").dependsOn(base);
    run(app("top").dependsOn(left).dependsOn(right));
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Ok());
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Ok());
    assertThat(log).containsExactly("start base", "start left", "start right", "start top");
    assertThat(all.whichApplications())
        .extracting(Application::name)
        .containsExactly("base", "left", "right", "top");
    log.clear();
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log)
        .containsExactly(
            "stop top", "after top",
            "stop right", "after right",
            "stop left", "after left",
            "stop base", "after base");
    assertThat(all.whichApplications()).isEmpty();
    assertThat(all.awaitEnd()).isEqualTo(new End.Stopped());
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Stopped());
  }

  enum Failure {
    RETURNED,
    THROWN,
    IGNORED
  }

  @ParameterizedTest
  @EnumSource
  void one_that_does_not_start_stops_those_before_it(Failure failure) {
    IllegalStateException oops = new IllegalStateException("oops");
    Application failing =
        Application.of(
                "failing",
                self ->
                    switch (failure) {
                      case RETURNED -> new StartResult.Failed<>(BOOM);
                      case THROWN -> throw oops;
                      case IGNORED -> new StartResult.Ignored<>();
                    })
            .withStop(() -> log.add("after failing"))
            .dependsOn(app("one"))
            .dependsOn(app("two"));
    run(app("top").dependsOn(failing));
    ExitReason reason =
        switch (failure) {
          case RETURNED -> BOOM;
          case THROWN -> new ExitReason.Crash(oops);
          case IGNORED -> new ExitReason.Term(new StartResult.Ignored<>());
        };
    AllStarted outcome = all.ensureAllStarted();
    assertThat(outcome).isEqualTo(new AllStarted.Failed("failing", reason));
    assertThat(log)
        .containsExactly(
            "start one", "start two", "stop two", "after two", "stop one", "after one");
    assertThat(all.awaitEnd()).isEqualTo(new End.Ended("failing", reason));
    assertThatThrownBy(outcome::orThrow).hasMessageContaining("failing");
  }

  @Test
  void two_of_one_name_are_refused() {
    Application one = app("one");
    assertThatThrownBy(() -> Applications.of(app("top").dependsOn(one).dependsOn(app("one"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PERMANENT, shutdown, true",
    "PERMANENT, normal, true",
    "TRANSIENT, shutdown, true",
    "TRANSIENT, normal, false",
    "TEMPORARY, shutdown, false",
    "TEMPORARY, killed, false",
  })
  void the_end_of_one(Restart restart, String reason, boolean endsAll) {
    run(app("top").dependsOn(app("mortal").withRestart(restart)).dependsOn(app("other")));
    all.ensureAllStarted().orThrow();
    log.clear();
    ExitReason why =
        switch (reason) {
          case "normal" -> ExitReason.NORMAL;
          case "killed" -> ExitReason.KILL;
          default -> ExitReason.SHUTDOWN;
        };
    Pid<?> root = roots.get("mortal");
    if (why instanceof ExitReason.Kill) {
      Processes.exit(root, why);
      Processes.awaitExit(root, ofSeconds(20));
    } else {
      Processes.stop(root, why, ofSeconds(20));
    }
    if (endsAll) {
      assertThat(all.awaitEnd()).isEqualTo(new End.Ended("mortal", why));
      assertThat(log)
          .containsExactly(
              "stop mortal", "after mortal", "stop top", "after top", "stop other", "after other");
    } else {
      assertThat(all.whichApplications())
          .extracting(Application::name)
          .containsExactly("other", "top");
      assertThat(log).contains("after mortal").doesNotContain("stop top");
    }
  }

  @Test
  void one_that_has_ended_alone_is_started_again_and_outlives_who_needs_it_all_the_same() {
    run(app("top").dependsOn(app("mortal").withRestart(Restart.TEMPORARY)));
    all.ensureAllStarted().orThrow();
    Processes.stop(roots.get("mortal"), ExitReason.SHUTDOWN, ofSeconds(20));
    assertThat(all.whichApplications()).extracting(Application::name).containsExactly("top");
    log.clear();
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Ok());
    assertThat(log).containsExactly("start mortal");
    assertThat(all.whichApplications())
        .extracting(Application::name)
        .containsExactly("top", "mortal");
    log.clear();
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log).containsExactly("stop top", "after top", "stop mortal", "after mortal");
  }

  /** Its end let the others run on, and so does a start of it that fails. */
  @Test
  void one_that_cannot_be_started_again_leaves_alone_what_ran() {
    AtomicBoolean fails = new AtomicBoolean();
    Application extra =
        Application.of(
                "extra", self -> fails.get() ? new StartResult.Failed<>(BOOM) : start("extra"))
            .withRestart(Restart.TEMPORARY)
            .dependsOn(app("mortal").withRestart(Restart.TEMPORARY));
    run(app("top").dependsOn(extra));
    all.ensureAllStarted().orThrow();
    for (String name : List.of("extra", "mortal")) {
      Processes.stop(roots.get(name), ExitReason.SHUTDOWN, ofSeconds(20));
    }
    assertThat(all.whichApplications()).extracting(Application::name).containsExactly("top");
    fails.set(true);
    log.clear();

    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Failed("extra", BOOM));
    assertThat(log).containsExactly("start mortal", "stop mortal", "after mortal");
    assertThat(all.whichApplications()).extracting(Application::name).containsExactly("top");

    fails.set(false);
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Ok());
    assertThat(all.whichApplications())
        .extracting(Application::name)
        .containsExactly("top", "mortal", "extra");
  }

  @Test
  void one_that_ends_while_others_are_being_started_is_started_for_who_asks_then()
      throws Exception {
    CompletableFuture<Pid<?>> controller = new CompletableFuture<>();
    CountDownLatch release = new CountDownLatch(1);
    Application slow =
        Application.of(
                "slow",
                self -> {
                  controller.complete(Processes.self());
                  release.await();
                  return start("slow");
                })
            .dependsOn(app("mortal").withRestart(Restart.TEMPORARY));
    run(slow);
    CompletableFuture<AllStarted> first =
        CompletableFuture.supplyAsync(all::ensureAllStarted, Thread::startVirtualThread);
    controller.join();
    Processes.stop(roots.get("mortal"), ExitReason.SHUTDOWN, ofSeconds(20));
    CompletableFuture<AllStarted> second =
        CompletableFuture.supplyAsync(all::ensureAllStarted, Thread::startVirtualThread);
    // The news of the end, and behind it who asks.
    eventually(
        () -> assertThat(Processes.info(controller.join()).orElseThrow().mailbox()).isEqualTo(2));
    release.countDown();

    assertThat(first.get()).isEqualTo(new AllStarted.Ok());
    assertThat(second.get()).isEqualTo(new AllStarted.Ok());
    assertThat(all.whichApplications())
        .extracting(Application::name)
        .containsExactly("slow", "mortal");
  }

  @Test
  void a_stop_while_one_is_being_started_starts_no_more() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Application slow =
        Application.of(
                "slow",
                self -> {
                  starting.countDown();
                  release.await();
                  return start("slow");
                })
            .dependsOn(app("first"));
    run(app("never").dependsOn(slow));
    CompletableFuture<AllStarted> outcome =
        CompletableFuture.supplyAsync(() -> all.ensureAllStarted());
    starting.await();
    assertThat(all.stop(ofSeconds(0))).isEmpty();
    release.countDown();
    assertThat(outcome.get()).isEqualTo(new AllStarted.Stopped());
    assertThat(all.awaitEnd()).isEqualTo(new End.Stopped());
    assertThat(log)
        .containsExactly("start first", "start slow", "stop slow", "stop first", "after first");
  }

  @Test
  void a_stop_before_the_start_starts_nothing() {
    run(app("never"));
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(all.ensureAllStarted()).isEqualTo(new AllStarted.Stopped());
    assertThat(log).isEmpty();
  }

  @Test
  void a_stop_callback_that_throws_keeps_nobody_from_stopping() {
    Application rude =
        app("rude")
            .withStop(() -> {
              throw new IllegalStateException("oops");
            })
            .dependsOn(app("base"));
    run(rude);
    all.ensureAllStarted().orThrow();
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log).endsWith("stop rude", "stop base", "after base");
  }

  @Test
  void who_ends_with_a_fault_of_its_own_is_told_apart() {
    run(app("top"));
    all.ensureAllStarted().orThrow();
    Processes.exit(
        Processes.snapshot().processes().stream()
            .filter(info -> info.pid() == roots.get("top"))
            .findFirst()
            .orElseThrow()
            .starter(),
        ExitReason.KILL);
    assertThat(all.awaitEnd()).isEqualTo(new End.Ended("applications", ExitReason.KILLED));
    assertThat(Processes.awaitExit(roots.get("top"), ofSeconds(20))).contains(ExitReason.KILLED);
  }

  @Test
  void environment() {
    EnvKey<Integer> port = new EnvKey<>("port");
    EnvKey<String> host = new EnvKey<>("host");
    List<Object> seen = new CopyOnWriteArrayList<>();
    run(
        Application.of(
                "env",
                self -> {
                  int next = self.env(port).orElse(0) + 1;
                  seen.add(next);
                  seen.add(self.env(host));
                  return start("env");
                })
            .withEnv(port, 1)
            .withEnv(port, 80));
    all.ensureAllStarted().orThrow();
    assertThat(seen).containsExactly(81, java.util.Optional.empty());
  }

  @Test
  void a_root_that_has_unlinked_itself_is_stopped_too() {
    List<Pid<Probe>> root = new CopyOnWriteArrayList<>();
    run(
        Application.of(
            "loose",
            self -> {
              StartResult<Probe> result = worker("loose");
              root.add(result.orThrow());
              return result;
            }));
    all.ensureAllStarted().orThrow();
    root.getFirst()
        .call(
            new Probe.Run<>(() -> {
              Processes.unlink(Processes.parent().orElseThrow());
              return true;
            }));
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log).containsExactly("stop loose");
  }

  @Test
  void a_supervisor_that_was_started_without_a_link_is_stopped_too() {
    run(
        Application.of(
            "loose",
            self ->
                Supervisor.start(
                    Flags.of(Strategy.ONE_FOR_ONE),
                    List.of(ChildSpec.worker("worker", () -> worker("loose"))),
                    StartOptions.defaults())));
    all.ensureAllStarted().orThrow();
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log).containsExactly("stop loose");
  }

  @Test
  void a_start_that_exits_has_failed_for_that_reason_and_one_without_an_answer_too() {
    Application exiting =
        Application.of(
            "exiting",
            self -> {
              throw Processes.exit(BOOM);
            });
    assertThat(run(exiting).ensureAllStarted()).isEqualTo(new AllStarted.Failed("exiting", BOOM));
    assertThat(run(Application.of("mute", self -> null)).ensureAllStarted())
        .isInstanceOfSatisfying(
            AllStarted.Failed.class, failed -> assertThat(failed.application()).isEqualTo("mute"));
  }

  @Test
  void a_stop_callback_that_throws_what_is_not_declared_keeps_nobody_from_stopping() {
    Application rude =
        app("rude").withStop(() -> sneak(new java.io.IOException("oops"))).dependsOn(app("base"));
    run(rude);
    all.ensureAllStarted().orThrow();
    assertThat(all.stop(ofSeconds(20))).contains(new End.Stopped());
    assertThat(log).endsWith("stop rude", "stop base", "after base");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void what_many_depend_on_is_looked_at_once() {
    Application layer = app("bottom");
    for (int i = 0; i < 40; i++) {
      layer = app("top " + i).dependsOn(app("left " + i).dependsOn(layer)).dependsOn(layer);
    }
    run(layer);
    assertThat(all.whichApplications()).isEmpty();
  }
}
