package dev.tend.otp.agent;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OtpTest
class AgentSuiteTest {
  private static final StartOptions DEFAULTS = StartOptions.defaults();

  private static Pid<Agent<Integer>> counter() {
    return Agent.start(() -> 0, DEFAULTS).orThrow();
  }

  private static void stop(Pid<?> agent) {
    assertThat(Processes.stop(agent, ExitReason.NORMAL, ofSeconds(10))).contains(ExitReason.NORMAL);
  }

  private static ProcessInfo info(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid().equals(pid))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Case("Agent: can be supervised directly")
  void can_be_supervised_directly() {
    ServerName<Agent<String>> name = ServerName.local("agent");
    ChildSpec spec =
        ChildSpec.worker("agent", () -> Agent.startLink(() -> "ok", StartOptions.named(name)));
    Pid<Supervisor> supervisor =
        Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), List.of(spec), DEFAULTS).orThrow();
    assertThat(Agent.<String, String>get(name, state -> state)).isEqualTo("ok");
    Processes.stop(supervisor, ExitReason.SHUTDOWN, ofSeconds(10));
    assertThat(name.whereis()).isEmpty();
  }

  @Test
  @Case("Agent: generates child_spec/1")
  void its_child_specification_is_a_workers_and_can_be_changed() {
    ChildSpec spec = ChildSpec.worker("agent", () -> Agent.startLink(() -> 0, DEFAULTS));
    assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
    assertThat(spec.shutdown()).isEqualTo(new Shutdown.Within(ofSeconds(5)));
    ChildSpec custom = spec.withRestart(Restart.TEMPORARY).withShutdown(new Shutdown.Infinity());
    TestProcess.run(() -> {
      Pid<Supervisor> supervisor =
          Supervisor.startLink(Flags.of(Strategy.ONE_FOR_ONE), List.of(custom), DEFAULTS).orThrow();
      ChildInfo child = Supervisor.whichChildren(supervisor).getFirst();
      assertThat(child.id()).isEqualTo("agent");
      assertThat(child.state()).isInstanceOf(ChildInfo.Running.class);
    });
  }

  @Test
  @Case("Agent: start_link/2 workflow with unregistered name and anonymous functions")
  void start_link_workflow() {
    TestProcess.run(() -> {
      Pid<Agent<Map<String, String>>> agent =
          Agent.<Map<String, String>>startLink(Map::of, DEFAULTS).orThrow();
      assertThat(info(agent).links()).isEqualTo(1);
      assertThat(info(agent).kind()).isEqualTo("Agent");
      Agent.update(agent, map -> Map.of("hello", "world"));
      assertThat(Agent.<Map<String, String>, String>get(agent, ofSeconds(30), m -> m.get("hello")))
          .isEqualTo("world");
      String popped =
          Agent.getAndUpdate(
              agent, ofSeconds(30), map -> new Agent.Next<>(map.get("hello"), Map.of()));
      assertThat(popped).isEqualTo("world");
      assertThat(Agent.<Map<String, String>, Boolean>get(agent, Map::isEmpty)).isTrue();
      stop(agent);
      assertThat(agent.isAlive()).isFalse();
    });
  }

  @Test
  @Case("Agent: start_link/2 with spawn_opt")
  void start_link_with_options_of_the_process() {
    TestProcess.run(() -> {
      Pid<Agent<Integer>> agent = Agent.startLink(() -> 0, DEFAULTS.onPlatformThread()).orThrow();
      assertThat(Agent.<Integer, Boolean>get(agent, n -> Thread.currentThread().isVirtual()))
          .isFalse();
    });
  }

  private static Map<String, String> hello(Map<String, String> state) {
    return Map.of("hello", "world");
  }

  @Test
  @Case("Agent: start/2 workflow with registered name and module functions")
  void start_workflow_with_a_name() {
    ServerName<Agent<Map<String, String>>> name = ServerName.local("agent");
    Pid<Agent<Map<String, String>>> agent =
        Agent.<Map<String, String>>start(Map::of, StartOptions.named(name)).orThrow();
    assertThat(name.whereis()).contains(agent);
    Agent.cast(name, AgentSuiteTest::hello);
    assertThat(Agent.<Map<String, String>, String>get(name, map -> map.get("hello")))
        .isEqualTo("world");
    String popped = Agent.getAndUpdate(name, map -> new Agent.Next<>(map.get("hello"), Map.of()));
    assertThat(popped).isEqualTo("world");
    assertThat(Agent.get(name, UnaryOperator.identity())).isEqualTo(Map.of());
    stop(agent);
    assertThat(name.whereis()).isEmpty();
  }

  @Test
  void functions_run_in_the_agent_one_at_a_time_and_in_order() {
    TestProcess.run(() -> {
      Pid<Agent<Integer>> agent = Agent.startLink(() -> 0, DEFAULTS).orThrow();
      for (int i = 0; i < 1_000; i++) {
        int expected = i;
        Agent.cast(agent, n -> n == expected ? n + 1 : -1);
      }
      assertThat(Agent.<Integer, Integer>get(agent, n -> n)).isEqualTo(1_000);
      assertThat(Agent.<Integer, Object>get(agent, n -> Processes.self())).isEqualTo(agent);
    });
  }

  @Test
  void no_update_is_lost_among_many_callers() throws InterruptedException {
    Pid<Agent<Integer>> counter = counter();
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Thread.startVirtualThread(() -> {
                  for (int n = 0; n < 500; n++) {
                    Agent.update(counter, ofSeconds(60), state -> state + 1);
                  }
                }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(Agent.<Integer, Integer>get(counter, n -> n)).isEqualTo(4_000);
    stop(counter);
  }

  @Test
  void a_function_that_throws_is_the_agents_crash_and_the_callers_failure() {
    Pid<Agent<Integer>> agent = counter();
    IllegalStateException oops = new IllegalStateException("oops");
    CallFailed failed =
        catchThrowableOfType(
            CallFailed.class,
            () ->
                Agent.update(
                    agent,
                    n -> {
                      throw oops;
                    }));
    assertThat(failed.why()).isEqualTo(new CallFailed.Exit(new ExitReason.Crash(oops), true));
    assertThat(agent.exitReason()).contains(new ExitReason.Crash(oops));
  }

  @Test
  void an_agent_whose_first_state_cannot_be_had_does_not_start() {
    IllegalStateException oops = new IllegalStateException("oops");
    StartResult<Agent<Integer>> result =
        Agent.start(
            () -> {
              throw oops;
            },
            DEFAULTS);
    assertThat(result).isEqualTo(new StartResult.Failed<>(new ExitReason.Crash(oops)));
  }

  @Test
  void a_caller_waits_as_long_as_it_says_and_no_longer() {
    ManualTime time = new ManualTime();
    Pid<Agent<Integer>> agent = counter();
    CountDownLatch go = new CountDownLatch(1);
    Agent.cast(
        agent,
        n -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return n + 1;
        });
    TestProcess.run(
        DEFAULTS.withTime(time),
        () -> {
          Thread.startVirtualThread(() -> {
            eventually(() -> assertThat(time.pending()).isEqualTo(1));
            time.advance(ofSeconds(5));
          });
          CallFailed failed =
              catchThrowableOfType(
                  CallFailed.class, () -> Agent.<Integer, Integer>get(agent, n -> n));
          assertThat(failed.why()).isEqualTo(new CallFailed.Timeout(false));
        });
    go.countDown();
    assertThat(Agent.<Integer, Integer>get(agent, Duration.ofSeconds(60), n -> n)).isEqualTo(1);
    stop(agent);
  }
}
