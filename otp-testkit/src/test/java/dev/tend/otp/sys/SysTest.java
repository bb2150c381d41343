package dev.tend.otp.sys;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Statistics;
import dev.tend.otp.process.Step;
import dev.tend.otp.process.SystemEvent;
import dev.tend.otp.process.SystemRequest;
import dev.tend.otp.process.SystemStatus;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OTP's {@code sys}: what can be asked of a behaviour whatever runs in it. */
@OtpTest
class SysTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private final Probe probe = new Probe();
  private final List<Pid<?>> started = new ArrayList<>();

  private Pid<Probe> start(StartOptions options) {
    Pid<Probe> server = probe.start(options).orThrow();
    started.add(server);
    return server;
  }

  private Pid<Probe> start() {
    return start(StartOptions.defaults());
  }

  @AfterEach
  void end() {
    started.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
  }

  private static CallFailed.Why failure(Runnable call) {
    return catchThrowableOfType(CallFailed.class, call::run).why();
  }

  @Test
  @Case("gen_server_SUITE: get_state")
  void get_state() {
    ServerName<Probe> name = ServerName.local("get_state");
    Pid<Probe> server = start(StartOptions.named(name));
    for (ServerRef<Probe> ref : List.of(name, server)) {
      assertThat(Sys.getState(ref)).isEqualTo("new");
      assertThat(Sys.getState(ref, ofSeconds(5))).isEqualTo("new");
    }
    Sys.suspend(server);
    assertThat(Sys.getState(server)).isEqualTo("new");
    Sys.resume(server);
  }

  @Test
  @Case("gen_server_SUITE: replace_state")
  void replace_state() {
    Pid<Probe> server = start(StartOptions.named(ServerName.local("replace_state")));
    assertThat(Sys.replaceState(ServerName.<Probe>local("replace_state"), old -> "replaced"))
        .isEqualTo("replaced");
    assertThat(Sys.replaceState(server, old -> old + " again", ofSeconds(5)))
        .isEqualTo("replaced again");
    RuntimeException fault = new IllegalStateException("fail");
    assertThatThrownBy(() ->
            Sys.replaceState(
                server,
                old -> {
                  throw fault;
                }))
        .isInstanceOf(CallbackFailed.class)
        .hasCause(fault);
    assertThat(Sys.getState(server)).isEqualTo("replaced again");
    Sys.suspend(server);
    assertThat(Sys.replaceState(server, old -> old + " and again"))
        .isEqualTo("replaced again and again");
    Sys.resume(server);
    assertThat(server.call(new Probe.State())).isEqualTo("replaced again and again");
  }

  /** State types need no cast: a server's own is known from its class. */
  static final class Counter extends GenServer<Integer, Counter.Next, NoCasts> {
    record Next() implements Call<Counter, Integer> {}

    @Override
    protected Init<Integer> init() {
      return Init.ok(1);
    }

    @Override
    protected Handled<Integer> handleCall(Next next, Caller caller, Integer state) {
      return reply(next, caller, state, state + 1);
    }
  }

  @Test
  void a_state_has_its_servers_type() {
    Pid<Counter> counter = GenServer.start(new Counter(), StartOptions.defaults()).orThrow();
    started.add(counter);
    int state = Sys.getState(counter);
    assertThat(Sys.replaceState(counter, n -> n + state)).isEqualTo(2);
    assertThat(counter.call(new Counter.Next())).isEqualTo(2);
  }

  @Test
  void a_suspended_server_keeps_all_but_system_messages_waiting_in_order() {
    Pid<Probe> server = start();
    Sys.suspend(server);
    Sys.suspend(server);
    assertThat(Sys.getStatus(server).suspended()).isTrue();
    TestProcess.run(() -> {
      for (int i = 0; i < 1_000; i++) {
        Processes.send(server, i);
        if (i % 100 == 0) {
          assertThat(Sys.getState(server)).isEqualTo("new");
        }
      }
      assertThat(failure(() -> server.call(new Probe.State(), ZERO)))
          .as("it has not been begun")
          .isEqualTo(new CallFailed.Timeout(false));
      assertThat(Sys.getStatus(server).suspended()).isTrue();
      assertThat(probe.seen).isEmpty();
      Sys.resume(server);
      Sys.resume(server);
      assertThat(server.call(new Probe.State())).isEqualTo("new");
    });
    assertThat(probe.seen).hasSize(1_000).first().isEqualTo(0);
    assertThat(probe.seen).isSortedAccordingTo((a, b) -> Integer.compare((int) a, (int) b));
    assertThat(Sys.getStatus(server).suspended()).isFalse();
  }

  @Test
  void what_was_passed_over_while_suspended_is_not_lost_by_a_second_suspension() {
    Pid<Probe> server = start();
    TestProcess.run(() -> {
      for (int i = 0; i < 100; i++) {
        Sys.suspend(server);
        Processes.send(server, i);
        Sys.getState(server);
        Sys.resume(server);
      }
      server.call(new Probe.State());
    });
    assertThat(probe.seen).hasSize(100);
  }

  @Test
  void a_suspended_server_can_be_killed_and_stopped() {
    for (ExitReason reason : List.of(ExitReason.KILL, ExitReason.SHUTDOWN)) {
      Pid<Probe> server = new Probe().start();
      Sys.suspend(server);
      Processes.exit(server, reason);
      assertThat(Processes.awaitExit(server, ofSeconds(10))).isPresent();
    }
    Pid<Probe> server = start();
    Sys.suspend(server);
    assertThat(Processes.stop(server, BOOM, ofSeconds(10))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate boom new");
  }

  @Test
  void a_suspended_server_hears_its_parents_exit_and_no_other() {
    Probe child =
        probe.init(() -> {
          Processes.trapExit(true);
          return Probe.ready();
        });
    CompletableFuture<Pid<Probe>> pid = new CompletableFuture<>();
    Pid<?> parent =
        Processes.spawn(() -> {
          pid.complete(child.startLink());
          Processes.receive();
        });
    Sys.suspend(pid.join());
    TestProcess.run(() -> Processes.exit(pid.join(), BOOM));
    Sys.getState(pid.join());
    assertThat(probe.seen).isEmpty();
    Processes.exit(parent, ExitReason.SHUTDOWN);
    assertThat(Processes.awaitExit(pid.join(), ofSeconds(10))).contains(ExitReason.SHUTDOWN);
    assertThat(probe.seen).containsExactly("terminate shutdown new");
  }

  @Test
  void no_idle_time_passes_while_suspended() {
    ManualTime time = new ManualTime();
    probe.init(() -> Probe.ready().timeout(ofSeconds(10)));
    Pid<Probe> server = start(StartOptions.defaults().withTime(time));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    Sys.suspend(server);
    time.advance(ofSeconds(60));
    Sys.getState(server);
    assertThat(probe.seen).isEmpty();
    assertThat(time.pending()).isZero();
    Sys.resume(server);
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(10));
    eventually(() -> assertThat(probe.seen).containsExactly("timeout"));
  }

  @Test
  void a_suspension_that_came_too_late_never_happens() throws InterruptedException {
    Pid<Probe> server = start();
    CountDownLatch go = new CountDownLatch(1);
    server.cast(new Probe.Tell(go::await));
    assertThat(failure(() -> Sys.suspend(server, ZERO))).isEqualTo(new CallFailed.Timeout(false));
    go.countDown();
    assertThat(server.call(new Probe.State())).isEqualTo("new");
  }

  @Test
  void a_full_mailbox_has_a_place_for_system_messages() {
    Pid<Probe> server = start(StartOptions.defaults().withMailboxLimit(1));
    Sys.suspend(server);
    Processes.send(server, "waits");
    assertThat(failure(() -> server.call(new Probe.State())))
        .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL));
    assertThat(Sys.getState(server)).isEqualTo("new");
    Sys.resume(server);
    Sys.getState(server);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    assertThat(probe.seen).containsExactly("waits");
  }

  static Stream<Consumer<ServerRef<?>>> requests() {
    return Stream.of(
        Sys::getStatus,
        Sys::suspend,
        Sys::resume,
        server -> Sys.terminate(server, BOOM),
        server -> Sys.statistics(server, true),
        Sys::statistics,
        server -> Sys.log(server, 1),
        server -> Sys.trace(server, event -> {}));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void where_there_is_no_behaviour_a_request_is_refused(Consumer<ServerRef<?>> request) {
    Pid<Probe> dead = Probe.started();
    Processes.exit(dead, ExitReason.KILL);
    for (ServerRef<?> gone : List.of(dead, ServerName.local("nobody"))) {
      assertThat(failure(() -> request.accept(gone)))
          .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS));
    }
    Pid<?> plain = Processes.spawn(Processes::receive);
    started.add(plain);
    assertThat(failure(() -> request.accept(plain)))
        .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NOT_A_BEHAVIOUR));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_behaviour_that_ends_first_is_why_a_request_fails(Consumer<ServerRef<?>> request)
      throws InterruptedException {
    Pid<Probe> server = start();
    CountDownLatch busy = new CountDownLatch(1);
    server.cast(
        new Probe.Tell(() -> {
          busy.countDown();
          new CountDownLatch(1).await();
        }));
    busy.await();
    CompletableFuture<CallFailed.Why> why = new CompletableFuture<>();
    Thread.startVirtualThread(() -> why.complete(failure(() -> request.accept(server))));
    eventually(() -> assertThat(waiting(server)).isPositive());
    Processes.exit(server, ExitReason.KILL);
    assertThat(why.join()).isEqualTo(new CallFailed.Exit(ExitReason.KILLED, false));
  }

  private static int waiting(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == pid)
        .findFirst()
        .orElseThrow()
        .mailbox();
  }

  @Test
  void terminate_ends_it_in_an_orderly_way() {
    Pid<Probe> server = start();
    Sys.terminate(server, BOOM);
    assertThat(Processes.awaitExit(server, ofSeconds(10))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate boom new");
  }

  @Test
  void the_state_of_a_supervisor_is_its_children() {
    ChildSpec child =
        ChildSpec.worker("a", () -> GenServer.startLink(new Probe(), StartOptions.defaults()));
    Pid<Supervisor> supervisor =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 1, ofSeconds(1)),
                List.of(child),
                StartOptions.defaults())
            .orThrow();
    started.add(supervisor);
    SystemStatus status = Sys.getStatus(supervisor);
    assertThat(status.kind()).startsWith("Supervisor");
    List<ChildInfo> children = Supervisor.whichChildren(supervisor);
    assertThat(status.status().state()).isEqualTo(children);
    Sys.suspend(supervisor);
    Pid<?> before = ((ChildInfo.Running) children.getFirst().state()).pid();
    Processes.exit(before, ExitReason.KILL);
    assertThat(Sys.getStatus(supervisor).status().state()).isEqualTo(children);
    Sys.resume(supervisor);
    assertThat(Supervisor.whichChildren(supervisor)).isNotEqualTo(children);
    Processes.stop(supervisor, ExitReason.SHUTDOWN, ofSeconds(10));
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> dynamic =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
      DynamicSupervisor.startChild(dynamic, child);
      assertThat(Sys.getStatus(dynamic).parent()).contains(Processes.self());
      assertThat(Sys.getStatus(dynamic).status().state())
          .isEqualTo(DynamicSupervisor.whichChildren(dynamic));
    });
  }

  @Test
  void statistics_count_while_they_are_on() {
    Pid<Probe> server = start();
    assertThat(Sys.statistics(server)).isEmpty();
    server.call(new Probe.State());
    Sys.statistics(server, true);
    for (int i = 0; i < 5; i++) {
      Processes.send(server, i);
    }
    server.call(new Probe.State());
    Statistics counted = Sys.statistics(server).orElseThrow();
    assertThat(counted.messagesIn()).isEqualTo(6);
    assertThat(counted.messagesOut()).isEqualTo(1);
    Sys.statistics(server, false);
    assertThat(Sys.statistics(server)).isEmpty();
  }

  @Test
  void a_step_that_a_server_continues_with_is_no_message_and_an_idle_time_is_one() {
    ManualTime time = new ManualTime();
    Pid<Probe> server = start(StartOptions.defaults().withTime(time));
    Sys.statistics(server, true);
    Processes.send(server, (Callable<Object>) () -> Probe.on("next").continueWith("step"));
    assertThat(Sys.statistics(server).orElseThrow().messagesIn()).isEqualTo(1);
    Processes.send(server, (Callable<Object>) () -> Probe.on("idle").timeout(ofSeconds(1)));
    assertThat(Sys.statistics(server).orElseThrow().messagesIn()).isEqualTo(2);
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(1));
    eventually(() -> assertThat(probe.seen).contains("timeout"));
    assertThat(Sys.statistics(server).orElseThrow().messagesIn()).isEqualTo(3);
  }

  @Test
  void a_trace_tells_every_event_and_answer_in_order() {
    Pid<Probe> server = start();
    List<SystemEvent> told = new CopyOnWriteArrayList<>();
    Probe.State get = new Probe.State();
    TestProcess.run(() -> {
      try (Trace trace = Sys.trace(server, told::add)) {
        Processes.send(server, "hello");
        Processes.send(server, (Callable<Object>) () -> Probe.on("next").continueWith("step"));
        server.call(get);
        eventually(() -> assertThat(told).hasSize(8));
        assertThat(trace.isOpen()).isTrue();
      }
      assertThat(told.get(0)).isEqualTo(new SystemEvent.In(new Event.Info("hello")));
      assertThat(told.get(1)).isEqualTo(new SystemEvent.NoReply());
      assertThat(told.get(4)).isEqualTo(new SystemEvent.In(new Event.Continued("step")));
      assertThat(told.get(6))
          .isInstanceOfSatisfying(
              SystemEvent.In.class, in -> assertThat(in.event().message()).isSameAs(get));
      assertThat(told.get(7))
          .isEqualTo(new SystemEvent.Out(get, "next", Optional.of(Processes.self())));
      server.call(get);
      assertThat(told).hasSize(8);
    });
  }

  @Test
  void a_listener_that_throws_is_removed_and_harms_nobody() {
    Pid<Probe> server = start();
    List<SystemEvent> told = new CopyOnWriteArrayList<>();
    Trace throwing =
        Sys.trace(
            server,
            event -> {
              throw new IllegalStateException("listener");
            });
    try (Trace other = Sys.trace(server, told::add)) {
      server.call(new Probe.State());
      eventually(() -> assertThat(throwing.isOpen()).isFalse());
      server.call(new Probe.State());
      eventually(() -> assertThat(told).hasSize(4));
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void a_listener_that_is_slow_holds_nobody_up_and_is_removed() {
    Pid<Probe> server = start();
    try (Logs logs = new Logs()) {
      CountDownLatch never = new CountDownLatch(1);
      Trace slow =
          Sys.trace(
              server,
              event -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      for (int i = 0; i < 6_000; i++) {
        server.call(new Probe.State());
      }
      assertThat(slow.isOpen()).isFalse();
      assertThat(logs.with("trace of " + server)).hasSize(1);
    }
  }

  @Test
  void a_trace_ends_with_what_it_traces() {
    Pid<Probe> server = start();
    List<SystemEvent> told = new CopyOnWriteArrayList<>();
    Trace trace = Sys.trace(server, told::add);
    server.cast(new Probe.Do(() -> Probe.end(BOOM, "last")));
    eventually(() -> assertThat(trace.isOpen()).isFalse());
    assertThat(told).hasSize(2);
  }

  @Test
  void a_log_keeps_the_last_events() {
    Pid<Probe> server = start();
    Sys.log(server, 3);
    for (int i = 0; i < 5; i++) {
      Processes.send(server, i);
    }
    assertThat(Sys.getStatus(server).status().log())
        .containsExactly(
            new SystemEvent.NoReply(),
            new SystemEvent.In(new Event.Info(4)),
            new SystemEvent.NoReply());
    Sys.log(server, 0);
    server.call(new Probe.State());
    assertThat(Sys.getStatus(server).status().log()).isEmpty();
  }

  @Test
  void a_behaviour_whose_state_throws_ends_in_an_orderly_way() {
    List<ExitReason> terminated = new CopyOnWriteArrayList<>();
    RuntimeException fault = new IllegalStateException("no state");
    Behaviour broken =
        new Behaviour() {
          @Override
          public Initialised init() {
            return new Initialised.Ready(Step.await(), null);
          }

          @Override
          public Step handle(Event event) {
            return Step.await();
          }

          @Override
          public void terminate(ExitReason reason) {
            terminated.add(reason);
          }

          @Override
          public Object state() {
            throw fault;
          }
        };
    Pid<Behaviour> pid = Processes.<Behaviour>start(broken, StartOptions.defaults()).orThrow();
    ExitReason crash = new ExitReason.Crash(fault);
    assertThatThrownBy(() -> new SystemRequest.GetState().call(pid, ofSeconds(20)))
        .isInstanceOfSatisfying(
            CallFailed.class,
            failed -> assertThat(failed.why()).isEqualTo(new CallFailed.Exit(crash, true)));
    assertThat(terminated).containsExactly(crash);
  }
}
