package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.Supervision;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of crashes and restarts to those who watch. */
@OtpTest
class StoryTest {
  private final Children children = new Children();
  private final long before = told();

  private static long told() {
    return Story.last();
  }

  private <H extends Happening> List<H> all(Class<H> kind) {
    return Story.after(before).stream()
        .map(Story.Event::what)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private <H extends Happening> H first(Class<H> kind) {
    eventually(() -> assertThat(all(kind)).isNotEmpty());
    return all(kind).getFirst();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void a_restart_is_told_with_what_was_restarted_and_how_long_it_took(Strategy strategy) {
    Pid<Supervisor> sup =
        supervisor(strategy, 3, children.worker("a"), children.worker("b"), children.worker("c"));
    Pid<?> former = pid(sup, "b");
    long restarts = Story.restarts();
    end(former, BOOM);
    Happening.Restarted told = first(Happening.Restarted.class);
    assertThat(told.supervisor()).isEqualTo(sup);
    assertThat(told.child()).isEqualTo("b");
    assertThat(told.reason()).isEqualTo(BOOM);
    assertThat(told.former().orElseThrow()).isEqualTo(former);
    assertThat(told.pid().orElseThrow()).isEqualTo(pid(sup, "b"));
    assertThat(told.took()).isPositive();
    assertThat(told.others())
        .isEqualTo(
            switch (strategy) {
              case ONE_FOR_ONE -> 0;
              case REST_FOR_ONE -> 1;
              case ONE_FOR_ALL -> 2;
            });
    assertThat(Story.restarts()).isEqualTo(restarts + 1);
    stop(sup);
  }

  @Test
  void a_failed_restart_is_told_and_the_time_goes_on() {
    AtomicBoolean fails = new AtomicBoolean();
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1 << 30, children.failing("a", fails));
    fails.set(true);
    end(pid(sup, "a"), BOOM);
    assertThat(first(Happening.NotRestarted.class))
        .isEqualTo(new Happening.NotRestarted(sup, "a", BOOM));
    assertThat(Processes.supervision(sup, 9).orElseThrow().shown().getFirst().pid()).isEmpty();
    fails.set(false);
    assertThat(first(Happening.Restarted.class).former()).isEmpty();
    stop(sup);
  }

  /** The one that crashed is back, another is not at once: both is told. */
  @Test
  void who_is_back_is_told_of_where_another_of_its_group_fails() {
    AtomicBoolean failsOnce = new AtomicBoolean();
    ChildSpec failing =
        ChildSpec.worker(
            "c",
            () ->
                failsOnce.compareAndSet(true, false)
                    ? new StartResult.Failed<>(BOOM)
                    : children.start("c"));
    Pid<Supervisor> sup =
        supervisor(
            Strategy.REST_FOR_ONE, 1 << 30, children.worker("a"), children.worker("b"), failing);
    long restarts = Story.restarts();
    Pid<?> former = pid(sup, "a");
    failsOnce.set(true);
    end(former, BOOM);
    eventually(() ->
        assertThat(all(Happening.Restarted.class))
            .extracting(Happening.Restarted::child, Happening.Restarted::others)
            .containsExactly(tuple("a", 1), tuple("c", 0)));
    assertThat(all(Happening.Restarted.class).getFirst().former().orElseThrow()).isEqualTo(former);
    assertThat(all(Happening.NotRestarted.class))
        .containsExactly(new Happening.NotRestarted(sup, "c", BOOM));
    assertThat(Story.restarts()).isEqualTo(restarts + 2);
    stop(sup);
  }

  @Test
  void who_gives_up_tells_of_it() {
    long surrenders = Story.surrenders();
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 0, children.worker("a"));
    end(pid(sup, "a"), BOOM);
    Happening.GaveUp told = first(Happening.GaveUp.class);
    assertThat(told)
        .isEqualTo(
            new Happening.GaveUp(sup, "Supervisor one_for_one", "a", 0, Duration.ofHours(1)));
    assertThat(all(Happening.Restarted.class)).isEmpty();
    assertThat(Story.surrenders()).isEqualTo(surrenders + 1);
    Children.ended(sup);
  }

  @Test
  void a_dynamic_supervisor_tells_too_and_counts() {
    long losses = Story.losses();
    Pid<?> sup = Children.<Object>as(dynamic());
    Pid<DynamicSupervisor> dynamic = Children.as(sup);
    int alive = Processes.count();
    Pid<?> permanent = Children.started(DynamicSupervisor.startChild(dynamic, children.worker(1)));
    Pid<?> temporary =
        Children.started(
            DynamicSupervisor.startChild(
                dynamic, children.worker(2).withRestart(Restart.TEMPORARY)));
    assertThat(Processes.count()).isEqualTo(alive + 2);
    end(permanent, BOOM);
    assertThat(first(Happening.Restarted.class).former().orElseThrow()).isEqualTo(permanent);
    end(temporary, BOOM);
    assertThat(first(Happening.Lost.class)).isEqualTo(new Happening.Lost(sup, 2, temporary, BOOM));
    eventually(() -> assertThat(Processes.supervision(sup, 9).orElseThrow().children()).isOne());
    assertThat(Processes.supervision(sup, 9).orElseThrow().shown()).isEmpty();
    assertThat(Story.losses()).isEqualTo(losses + 1);
    stop(sup);
  }

  private static Pid<DynamicSupervisor> dynamic() {
    CompletableFuture<Pid<DynamicSupervisor>> started = new CompletableFuture<>();
    Processes.spawn(() -> {
      Processes.trapExit(true);
      started.complete(
          DynamicSupervisor.startLink(
                  Limits.defaults().withMaxRestarts(3, ofHours(1)), StartOptions.defaults())
              .orThrow());
      Processes.receive();
    });
    return started.join();
  }

  @Test
  void what_is_stopped_in_order_is_no_news() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 0, children.worker("a"));
    Pid<?> child = pid(sup, "a");
    stop(sup);
    assertThat(Story.after(before))
        .extracting(event -> event.what().toString())
        .noneMatch(what -> what.contains(sup.toString()) || what.contains(child.toString()));
  }

  @Test
  void a_crash_is_told_with_the_report_that_the_log_has() {
    try (Logs logs = new Logs()) {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, Children.of("a", Probe::new));
      Pid<Probe> crashing = Children.as(pid(sup, "a"));
      crashing.cast(
          new Probe.Tell(() -> {
            throw new IllegalStateException("as is needed");
          }));
      Happening.Crashed told = first(Happening.Crashed.class);
      assertThat(told.pid()).isEqualTo(crashing);
      assertThat(told.kind()).isEqualTo("Probe");
      assertThat(told.reason()).isInstanceOf(ExitReason.Crash.class);
      assertThat(told.report().orElseThrow()).contains("as is needed", "last message: cast");
      assertThat(logs.with("Probe " + crashing)).contains(told.report().orElseThrow());
      stop(sup);
    }
  }

  @Test
  void without_a_log_there_is_no_report_to_be_made() {
    Pid<Probe> crashing = Probe.started();
    end(crashing, BOOM);
    assertThat(first(Happening.Crashed.class).report()).isEmpty();
  }

  @Test
  void a_child_being_started_again_is_seen_so_while_its_supervisor_waits_for_it() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean again = new AtomicBoolean();
    Pid<Supervisor> sup =
        supervisor(
            Strategy.ONE_FOR_ONE,
            3,
            children.worker("a"),
            Children.of(
                "slow",
                () ->
                    new Probe()
                        .init(() -> {
                          if (again.getAndSet(true)) {
                            go.await();
                          }
                          return Probe.ready();
                        })));
    Processes.exit(pid(sup, "slow"), ExitReason.KILL);
    eventually(() ->
        assertThat(shown(sup))
            .extracting(Supervision.Kept::state)
            .containsExactly(Supervision.State.RUNNING, Supervision.State.RESTARTING));
    go.countDown();
    eventually(() ->
        assertThat(shown(sup))
            .extracting(Supervision.Kept::state, Supervision.Kept::restarts)
            .containsExactly(
                tuple(Supervision.State.RUNNING, 0), tuple(Supervision.State.RUNNING, 1)));
    Supervision seen = Processes.supervision(sup, 1).orElseThrow();
    assertThat(seen.strategy()).isEqualTo("one_for_one");
    assertThat(seen.children()).isEqualTo(2);
    assertThat(seen.shown()).extracting(Supervision.Kept::id).containsExactly("a");
    stop(sup);
    assertThat(Processes.supervision(sup, 1)).isEmpty();
  }

  private static List<Supervision.Kept> shown(Pid<Supervisor> sup) {
    return Processes.supervision(sup, 9).orElseThrow().shown();
  }

  @Test
  void the_busiest_of_many_are_found_without_asking_them() {
    CountDownLatch go = new CountDownLatch(1);
    List<ChildSpec> specs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      specs.add(Children.of(i, Probe::new));
    }
    Pid<Supervisor> sup =
        Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), specs, StartOptions.defaults()).orThrow();
    for (int i = 0; i < 4; i++) {
      Pid<Probe> held = Children.as(pid(sup, i));
      held.cast(new Probe.Tell(go::await));
      for (int n = 0; n <= 10 * i; n++) {
        Processes.send(held, n);
      }
    }
    eventually(() ->
        assertThat(Processes.busiest(sup, 3))
            .extracting(info -> info.mailbox())
            .containsExactly(31, 21, 11));
    Pid<?> busiest = Processes.busiest(sup, 1).getFirst().pid();
    assertThat(busiest).isEqualTo(pid(sup, 3));
    assertThat(Processes.find(busiest.toString())).isEqualTo(Optional.of(busiest));
    assertThat(Processes.find("<0.0>")).isEmpty();
    assertThat(Processes.ties(busiest, 9).links()).containsExactly(sup);
    assertThat(Processes.ties(sup, 9).links()).hasSize(9);
    go.countDown();
    eventually(() -> assertThat(Processes.busiest(sup, 3)).isEmpty());
    stop(sup);
  }

  @Test
  void who_waits_hears_at_once_and_who_reads_too_slowly_sees_the_gap() throws Exception {
    CompletableFuture<List<Story.Event>> heard = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        heard.complete(Story.await(before, ofSeconds(50)));
      } catch (InterruptedException e) {
        heard.completeExceptionally(e);
      }
    });
    int many = Story.KEPT + 10;
    List<Thread> tellers = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      tellers.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < many; i++) {
              Story.tell(new Happening.Told("test", "once upon a time"));
            }
          }));
    }
    assertThat(heard.join()).isNotEmpty();
    for (Thread teller : tellers) {
      teller.join();
    }
    List<Long> kept = Story.after(before).stream().map(Story.Event::number).toList();
    assertThat(kept)
        .hasSize(Story.KEPT)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(kept.getFirst(), kept.getLast()).boxed().toList());
    assertThat(kept.getLast()).isGreaterThanOrEqualTo(before + 2L * many);
    assertThat(Story.await(told(), Duration.ofMillis(1))).isEmpty();
  }
}
