package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.deaf;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.pids;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OTP's {@code supervisor_SUITE}, for static children. */
@OtpTest
class SupervisorSuiteTest {
  private static final List<Restart> EACH = List.of(Restart.values());

  private final Children children = new Children();

  private static ExitReason reason(String name) {
    return switch (name) {
      case "normal" -> ExitReason.NORMAL;
      case "shutdown" -> ExitReason.SHUTDOWN;
      case "shutdown_detail" -> new ExitReason.Shutdown("detail");
      case "abnormal" -> BOOM;
      case "killed" -> ExitReason.KILL;
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Nested
  class SupStart {
    @Test
    void sup_start_normal() {
      try (ExitRecorder recorder = new ExitRecorder()) {
        Processes.spawn(() -> {
          Pid<Supervisor> sup =
              Supervisor.startLink(
                      Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults())
                  .orThrow();
          recorder.monitor(sup);
          throw Processes.exit(ExitReason.SHUTDOWN);
        });
        recorder.await(1);
        assertThat(recorder.reasons()).containsExactly(ExitReason.SHUTDOWN);
      }
    }

    @Test
    void sup_start_ignore_child() {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      assertThat(Supervisor.startChild(sup, Children.of("a", () -> new Probe().init(Init::ignore))))
          .isEqualTo(new ChildResult.Ignored());
      Supervisor.startChild(sup, children.worker("b"));
      assertThat(states(sup).getFirst()).isEqualTo(new ChildInfo.Stopped());
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 1, 0, 2));
      stop(sup);
    }

    @Test
    void sup_start_ignore_temporary_child() {
      ChildSpec ignoring =
          Children.of("a", () -> new Probe().init(Init::ignore)).withRestart(Restart.TEMPORARY);
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, ignoring, children.worker("b"));
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
      stop(sup);
    }

    @Test
    void sup_start_ignore_temporary_child_start_child() {
      ChildSpec ignoring =
          Children.of("a", () -> new Probe().init(Init::ignore)).withRestart(Restart.TEMPORARY);
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      assertThat(Supervisor.startChild(sup, ignoring)).isEqualTo(new ChildResult.Ignored());
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(0, 0, 0, 0));
      stop(sup);
    }

    @Test
    void sup_start_fail() {
      try (ExitRecorder recorder = new ExitRecorder()) {
        ChildSpec good = children.worker("good");
        ChildSpec bad = Children.of("bad", () -> new Probe().init(() -> Init.stop(BOOM)));
        recorder.within(() ->
            assertThat(
                    Supervisor.startLink(
                        Flags.of(Strategy.ONE_FOR_ALL),
                        List.of(good, children.worker("second"), bad),
                        StartOptions.defaults()))
                .isEqualTo(
                    new StartResult.Failed<>(
                        new ExitReason.Shutdown(new FailedToStartChild("bad", BOOM)))));
        assertThat(children.log)
            .containsExactly("start good", "start second", "stop second", "stop good");
        assertThat(recorder.seen()).isEmpty();
      }
    }

    @Test
    void sup_start_child_returns_error() {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      assertThat(Supervisor.startChild(sup, children.naughty("a", new AtomicInteger(1))))
          .isEqualTo(new ChildResult.StartFailed(BOOM));
      ChildSpec throwing =
          ChildSpec.worker(
              "e",
              () -> {
                throw new AssertionError("an Error");
              });
      assertThat(Supervisor.startChild(sup, throwing))
          .isInstanceOfSatisfying(
              ChildResult.StartFailed.class,
              failed -> assertThat(failed.reason()).isInstanceOf(ExitReason.Crash.class));
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(0, 0, 0, 0));
      stop(sup);
    }

    @Test
    void sup_start_restart_child_returns_error() {
      AtomicInteger failures = new AtomicInteger();
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, children.naughty("a", failures));
      Supervisor.terminateChild(sup, "a");
      failures.set(1);
      assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(new ChildResult.StartFailed(BOOM));
      assertThat(states(sup)).containsExactly(new ChildInfo.Stopped());
      stop(sup);
    }

    @Test
    void sup_start_map() {
      ChildSpec worker = ChildSpec.worker("w", () -> children.start("w"));
      ChildSpec supervisor = ChildSpec.supervisor("s", () -> children.start("s"));
      assertThat(worker.restart()).isEqualTo(Restart.PERMANENT);
      assertThat(worker.shutdown()).isEqualTo(new Shutdown.Within(ofSeconds(5)));
      assertThat(worker.type()).isEqualTo(ChildSpec.Type.WORKER);
      assertThat(supervisor.shutdown()).isEqualTo(new Shutdown.Infinity());
      assertThat(supervisor.type()).isEqualTo(ChildSpec.Type.SUPERVISOR);
      assertThat(Flags.of(Strategy.ONE_FOR_ONE))
          .isEqualTo(new Flags(Strategy.ONE_FOR_ONE, 1, ofSeconds(5)));
    }

    @Test
    void sup_flags() {
      assertThatThrownBy(() -> new Flags(Strategy.ONE_FOR_ALL, -1, ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Flags(Strategy.ONE_FOR_ALL, 1, ofSeconds(0)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void child_specs_duplicate_child_name() {
      assertThatThrownBy(
              () -> supervisor(Strategy.ONE_FOR_ONE, 1, children.worker(1), children.worker(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class SupStop {
    private List<ExitReason> stopped(ChildSpec... specs) {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, specs);
      List<Object> pids = pids(sup);
      stop(sup);
      return pids.stream().map(pid -> ((Pid<?>) pid).exitReason().orElseThrow()).toList();
    }

    @Test
    void sup_stop_infinity() {
      assertThat(
              stopped(
                  children.worker("w").withShutdown(new Shutdown.Infinity()),
                  ChildSpec.supervisor("s", () -> children.start("s"))))
          .containsExactly(ExitReason.SHUTDOWN, ExitReason.SHUTDOWN);
    }

    @Test
    void sup_stop_timeout() {
      assertThat(
              stopped(
                  children.worker("w"), deaf("d").withShutdown(new Shutdown.Within(ofMillis(20)))))
          .containsExactly(ExitReason.SHUTDOWN, ExitReason.KILLED);
    }

    @Test
    void sup_stop_brutal_kill() {
      assertThat(
              stopped(
                  children.worker("w"),
                  children.worker("k").withShutdown(new Shutdown.BrutalKill())))
          .containsExactly(ExitReason.SHUTDOWN, ExitReason.KILLED);
    }

    @Test
    void sup_stop_race() {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      for (int round = 0; round < 200; round++) {
        ChildSpec[] specs =
            IntStream.range(0, 8)
                .mapToObj(i -> Children.of(i, Probe::new).withRestart(EACH.get(random.nextInt(3))))
                .toArray(ChildSpec[]::new);
        Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1000, specs);
        List<Object> pids = pids(sup);
        String[] reasons = {"normal", "shutdown", "shutdown_detail", "abnormal", "killed"};
        Thread quitting =
            Thread.startVirtualThread(() -> {
              for (Object pid : pids) {
                Processes.exit((Pid<?>) pid, reason(reasons[random.nextInt(5)]));
              }
            });
        assertThat(stop(sup)).as("seed %d", seed).isEqualTo(ExitReason.SHUTDOWN);
        assertThatCodeJoins(quitting);
      }
    }

    private void assertThatCodeJoins(Thread thread) {
      eventually(() -> assertThat(thread.isAlive()).isFalse());
    }

    @ParameterizedTest
    @EnumSource
    void order_of_children(Strategy strategy) {
      Pid<Supervisor> sup =
          supervisor(strategy, 2, children.worker(1), children.worker(2), children.worker(3));
      end(pid(sup, 2), BOOM);
      states(sup);
      List<String> restart =
          switch (strategy) {
            case ONE_FOR_ONE -> List.of("start 2");
            case ONE_FOR_ALL -> List.of("stop 3", "stop 1", "start 1", "start 2", "start 3");
            case REST_FOR_ONE -> List.of("stop 3", "start 2", "start 3");
          };
      assertThat(children.log.subList(4, children.log.size())).isEqualTo(restart);
      children.log.clear();
      stop(sup);
      assertThat(children.log).containsExactly("stop 3", "stop 2", "stop 1");
    }

    @Test
    void child_unlink() {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, Children.of("u", Probe::new));
      @SuppressWarnings("unchecked")
      Pid<Probe> child = (Pid<Probe>) pid(sup, "u");
      child.call(
          new Probe.Run<>(() -> {
            Processes.unlink(sup);
            return true;
          }));
      assertThat(Supervisor.terminateChild(sup, "u")).isEqualTo(new ChildResult.Done());
      assertThat(child.exitReason()).contains(ExitReason.SHUTDOWN);
      stop(sup);
    }
  }

  /** §1.2 of the checklist: what each call answers in each state of the child. */
  @Nested
  class Administration {
    @Test
    void child_adm() {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      ChildResult done = new ChildResult.Done();
      ChildResult notFound = new ChildResult.NotFound();
      ChildSpec spec = children.worker("a");
      assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(notFound);
      assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(notFound);
      assertThat(Supervisor.deleteChild(sup, "a")).isEqualTo(notFound);

      assertThat(Supervisor.startChild(sup, spec)).isInstanceOf(ChildResult.Started.class);
      Pid<?> first = pid(sup, "a");
      assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyStarted(first));
      assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(new ChildResult.Running());
      assertThat(Supervisor.deleteChild(sup, "a")).isEqualTo(new ChildResult.Running());

      assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(done);
      assertThat(first.exitReason()).contains(ExitReason.SHUTDOWN);
      assertThat(states(sup)).containsExactly(new ChildInfo.Stopped());
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 1));
      assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(done);
      assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyPresent());

      assertThat(Supervisor.restartChild(sup, "a")).isInstanceOf(ChildResult.Started.class);
      assertThat(pid(sup, "a")).isNotEqualTo(first);
      Supervisor.terminateChild(sup, "a");
      assertThat(Supervisor.deleteChild(sup, "a")).isEqualTo(done);
      assertThat(states(sup)).isEmpty();

      Supervisor.startChild(sup, spec.withRestart(Restart.TEMPORARY));
      assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(done);
      assertThat(states(sup)).isEmpty();
      stop(sup);
      assertThatThrownBy(() -> Supervisor.whichChildren(sup))
          .isInstanceOfSatisfying(
              CallFailed.class,
              e ->
                  assertThat(e.why())
                      .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
    }

    @Test
    void extra_return() {
      ChildSpec spec = Children.of("a", () -> new Probe().init(() -> Init.ok("new", "extra")));
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      assertThat(Supervisor.startChild(sup, spec))
          .isEqualTo(new ChildResult.Started(pid(sup, "a"), "extra"));
      Supervisor.terminateChild(sup, "a");
      assertThat(Supervisor.restartChild(sup, "a"))
          .isEqualTo(new ChildResult.Started(pid(sup, "a"), "extra"));
      end(pid(sup, "a"), BOOM);
      assertThat(pid(sup, "a").isAlive()).isTrue();
      stop(sup);
    }

    @Test
    void already_started_outside_supervisor() {
      ServerName<Probe> name = ServerName.local("taken");
      Pid<Probe> outside = new Probe().start(StartOptions.named(name)).orThrow();
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      ChildSpec spec =
          ChildSpec.worker("a", () -> GenServer.startLink(new Probe(), StartOptions.named(name)));
      assertThat(Supervisor.startChild(sup, spec))
          .isEqualTo(new ChildResult.AlreadyStarted(outside));
      assertThat(states(sup)).isEmpty();
      assertThat(outside.isAlive()).isTrue();
      Processes.exit(outside, ExitReason.KILL);
      stop(sup);
    }

    @Test
    void count_children_supervisor() {
      Pid<Supervisor> sup =
          supervisor(
              Strategy.ONE_FOR_ONE,
              1,
              children.worker("w"),
              ChildSpec.supervisor("s", () -> children.start("s")));
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 2, 1, 1));
      stop(sup);
    }

    @Test
    void do_not_save_child_specs_for_temporary_children() {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
      ChildSpec spec = children.worker("a");
      Supervisor.startChild(sup, spec.withRestart(Restart.TEMPORARY));
      end(pid(sup, "a"), ExitReason.NORMAL);
      assertThat(states(sup)).isEmpty();
      Supervisor.startChild(sup, spec.withRestart(Restart.TRANSIENT));
      end(pid(sup, "a"), ExitReason.NORMAL);
      assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyPresent());
      stop(sup);
    }
  }

  /** Which exits of which children are followed by a restart. */
  @Nested
  class Termination {
    private void check(Restart restart, String reason, boolean restarted) {
      Pid<Supervisor> sup =
          supervisor(Strategy.ONE_FOR_ONE, 1, children.worker("a").withRestart(restart));
      Pid<?> first = pid(sup, "a");
      end(first, reason(reason));
      if (restarted) {
        assertThat(pid(sup, "a")).isNotEqualTo(first);
      } else if (restart == Restart.TRANSIENT) {
        assertThat(states(sup)).containsExactly(new ChildInfo.Stopped());
      } else {
        assertThat(states(sup)).isEmpty();
      }
      stop(sup);
    }

    @ParameterizedTest
    @CsvSource({"PERMANENT,true", "TRANSIENT,false", "TEMPORARY,false"})
    void normal(Restart restart, boolean restarted) {
      check(restart, "normal", restarted);
    }

    @ParameterizedTest
    @CsvSource({"PERMANENT,true", "TRANSIENT,false", "TEMPORARY,false"})
    void shutdown(Restart restart, boolean restarted) {
      check(restart, "shutdown", restarted);
      check(restart, "shutdown_detail", restarted);
    }

    @ParameterizedTest
    @CsvSource({"PERMANENT,true", "TRANSIENT,true", "TEMPORARY,false"})
    void abnormal(Restart restart, boolean restarted) {
      check(restart, "abnormal", restarted);
      check(restart, "killed", restarted);
    }

    @ParameterizedTest
    @EnumSource(
        value = Strategy.class,
        names = {"ONE_FOR_ALL", "REST_FOR_ONE"})
    void temporary_bystander(Strategy strategy) {
      Pid<Supervisor> sup =
          supervisor(
              strategy,
              1,
              children.worker("a"),
              children.worker("b").withRestart(Restart.TEMPORARY),
              children.worker("c"));
      Pid<?> bystander = pid(sup, "b");
      end(pid(sup, "a"), BOOM);
      assertThat(Supervisor.whichChildren(sup)).extracting(ChildInfo::id).containsExactly("a", "c");
      assertThat(bystander.isAlive()).isFalse();
      stop(sup);
    }
  }

  @Nested
  class Restarts {
    private final ManualTime time = new ManualTime();

    private Pid<Supervisor> timed(Strategy strategy, int maxRestarts, ChildSpec... specs) {
      return Supervisor.start(
              new Flags(strategy, maxRestarts, ofSeconds(10)),
              List.of(specs),
              StartOptions.defaults().withTime(time))
          .orThrow();
    }

    @ParameterizedTest
    @EnumSource
    void intensity_exactly_at_and_one_above_the_limit(Strategy strategy) {
      Pid<Supervisor> sup = timed(strategy, 3, children.worker("a"), children.worker("b"));
      for (int i = 0; i < 3; i++) {
        end(pid(sup, i % 2 == 0 ? "a" : "b"), BOOM);
        assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class);
      }
      List<Object> last = pids(sup);
      end(pid(sup, "a"), BOOM);
      assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
      last.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
    }

    @Test
    void multiple_restarts() {
      Pid<Supervisor> sup = timed(Strategy.ONE_FOR_ONE, 1, children.worker("a"));
      for (int i = 0; i < 20; i++) {
        end(pid(sup, "a"), BOOM);
        states(sup);
        time.advance(ofMillis(10_001));
      }
      end(pid(sup, "a"), BOOM);
      states(sup);
      time.advance(ofSeconds(10));
      end(pid(sup, "a"), BOOM);
      assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
    }

    @Test
    void one_for_one() {
      check(Strategy.ONE_FOR_ONE, true, false, true);
    }

    @Test
    void one_for_all() {
      check(Strategy.ONE_FOR_ALL, false, false, false);
    }

    @Test
    void rest_for_one() {
      check(Strategy.REST_FOR_ONE, true, false, false);
    }

    private void check(Strategy strategy, boolean firstStays, boolean midStays, boolean lastStays) {
      Pid<Supervisor> sup =
          supervisor(strategy, 1, children.worker(1), children.worker(2), children.worker(3));
      List<Object> before = pids(sup);
      end(pid(sup, 2), BOOM);
      List<Object> after = pids(sup);
      assertThat(
              List.of(
                  before.get(0) == after.get(0),
                  before.get(1) == after.get(1),
                  before.get(2) == after.get(2)))
          .containsExactly(firstStays, midStays, lastStays);
      stop(sup);
    }

    @ParameterizedTest
    @EnumSource
    void escalation(Strategy strategy) {
      AtomicInteger failures = new AtomicInteger();
      Pid<Supervisor> sup =
          supervisor(
              strategy, 4, children.worker(1), children.naughty(2, failures), children.worker(3));
      List<Object> before = pids(sup);
      failures.set(-1);
      end(pid(sup, 2), BOOM);
      assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
      before.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
      assertThat(children.log.stream().filter("fail 2"::equals)).hasSize(4);
    }

    @Test
    void one_for_all_other_child_fails_restart() {
      AtomicInteger failures = new AtomicInteger();
      Pid<Supervisor> sup =
          supervisor(
              Strategy.ONE_FOR_ALL,
              3,
              children.worker(1),
              children.naughty(2, failures),
              children.worker(3));
      children.log.clear();
      failures.set(1);
      end(pid(sup, 3), BOOM);
      eventually(() -> assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class));
      assertThat(children.log)
          .containsExactly(
              "stop 3", "stop 2", "stop 1", "start 1", "fail 2", "stop 1", "start 1", "start 2",
              "start 3");
      stop(sup);
    }

    @Test
    void rest_for_one_other_child_fails_restart() {
      AtomicInteger failures = new AtomicInteger();
      Pid<Supervisor> sup =
          supervisor(
              Strategy.REST_FOR_ONE,
              3,
              children.worker(1),
              children.naughty(2, failures),
              children.worker(3));
      children.log.clear();
      failures.set(1);
      end(pid(sup, 1), BOOM);
      eventually(() -> assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class));
      assertThat(children.log)
          .containsExactly("stop 1", "stop 3", "stop 2", "start 1", "fail 2", "start 2", "start 3");
      stop(sup);
    }

    @Test
    void tree() {
      Pid<Supervisor> top =
          supervisor(
              Strategy.ONE_FOR_ALL,
              4,
              ChildSpec.supervisor(
                  "low",
                  () ->
                      Supervisor.startLink(
                          Flags.of(Strategy.ONE_FOR_ONE),
                          List.of(children.worker("x"), children.worker("y")),
                          StartOptions.defaults())),
              ChildSpec.supervisor(
                      "transient",
                      () ->
                          Supervisor.startLink(
                              Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults()))
                  .withRestart(Restart.TRANSIENT));
      Pid<Supervisor> low = lower(top);
      Supervisor.startChild(low, children.worker("added"));
      Pid<?> x = pid(low, "x");
      Pid<?> y = pid(low, "y");
      end(x, BOOM);
      assertThat(pid(low, "x")).isNotEqualTo(x);
      assertThat(pid(low, "y")).isEqualTo(y);
      assertThat(lower(top)).isEqualTo(low);

      Supervisor.terminateChild(top, "transient");
      Processes.exit(low, ExitReason.KILL);
      ended(low);
      Pid<Supervisor> again = lower(top);
      assertThat(again).isNotEqualTo(low);
      assertThat(Supervisor.whichChildren(again))
          .extracting(ChildInfo::id)
          .containsExactly("x", "y");
      assertThat(pid(top, "transient").isAlive()).isTrue();
      eventually(() -> assertThat(y.isAlive()).isFalse());
      stop(top);
    }

    @SuppressWarnings("unchecked")
    private Pid<Supervisor> lower(Pid<Supervisor> top) {
      return (Pid<Supervisor>) pid(top, "low");
    }
  }

  /** While a restart keeps failing the supervisor answers (OTP-9549). */
  @Nested
  class HangingRestartLoop {
    private final AtomicBoolean fail = new AtomicBoolean();

    private ChildSpec failing() {
      return ChildSpec.worker(
          "f", () -> fail.get() ? new StartResult.Failed<>(BOOM) : children.start("f"));
    }

    @ParameterizedTest
    @EnumSource
    void hanging_restart_loop(Strategy strategy) {
      Pid<Supervisor> sup =
          supervisor(
              strategy, Integer.MAX_VALUE, children.worker("a"), failing(), children.worker("z"));
      Pid<?> first = pid(sup, "a");
      fail.set(true);
      end(pid(sup, "f"), BOOM);
      assertThat(Supervisor.whichChildren(sup).get(1).state())
          .isEqualTo(new ChildInfo.Restarting());
      count_restarting_children(sup, strategy);
      assertThat(Supervisor.startChild(sup, failing())).isEqualTo(new ChildResult.AlreadyPresent());
      assertThat(Supervisor.restartChild(sup, "f")).isEqualTo(new ChildResult.Restarting());
      assertThat(Supervisor.deleteChild(sup, "f")).isEqualTo(new ChildResult.Restarting());
      assertThat(Supervisor.terminateChild(sup, "f")).isEqualTo(new ChildResult.Done());
      assertThat(Supervisor.whichChildren(sup).get(1).state()).isEqualTo(new ChildInfo.Stopped());
      fail.set(false);
      assertThat(Supervisor.restartChild(sup, "f")).isInstanceOf(ChildResult.Started.class);
      assertThat(first.isAlive()).isEqualTo(strategy != Strategy.ONE_FOR_ALL);
      fail.set(true);
      end(pid(sup, "f"), BOOM);
      assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
    }

    private void count_restarting_children(Pid<Supervisor> sup, Strategy strategy) {
      int active =
          switch (strategy) {
            case ONE_FOR_ONE -> 2;
            case ONE_FOR_ALL, REST_FOR_ONE -> 1;
          };
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(3, active, 0, 3));
    }
  }
}
