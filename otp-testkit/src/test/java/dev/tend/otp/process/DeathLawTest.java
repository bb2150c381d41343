package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws 1 and 2: death is one step of the record, and a zombie does nothing. */
@OtpTest
class DeathLawTest {
  private static final ServerName<Probe> NAME = ServerName.local("victim");

  /** Who is told of it may ask back: it is like any that is gone. */
  @Test
  void a_thread_that_is_no_process_sends_exit_signals_as_a_dead_one() {
    ExitReason reason = new ExitReason.Term("from outside");
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<?> self = Processes.self();
      Thread.ofPlatform().start(() -> Processes.exit(self, reason));
      Exit exit = (Exit) Processes.receive();
      assertThat(exit.reason()).isEqualTo(reason);
      assertThat(exit.from().isAlive()).isFalse();
      assertThat(Processes.awaitExit(exit.from(), ofSeconds(20))).isPresent();
      Processes.send(exit.from(), "why?");
      MonitorRef ref = Processes.monitor(exit.from());
      assertThat(((Down) Processes.receive()).ref()).isEqualTo(ref);
    });
  }

  /** Kill acts whatever the victim does. */
  @Nested
  class Kill {
    private final AtomicBoolean release = new AtomicBoolean();
    private final CountDownLatch busy = new CountDownLatch(1);

    private void killed(Pid<?> victim) throws InterruptedException {
      busy.await();
      try (ExitRecorder recorder = new ExitRecorder().monitor(victim)) {
        Processes.register(NAME, victim);
        Processes.exit(victim, ExitReason.KILL);
        assertThat(victim.exitReason()).contains(ExitReason.KILLED);
        assertThat(Processes.registered()).doesNotContain("victim");
        recorder.await(1);
        assertThat(recorder.reasons()).containsExactly(ExitReason.KILLED);
      } finally {
        release.set(true);
      }
    }

    private void spin() {
      busy.countDown();
      while (!release.get()) {
        Thread.onSpinWait();
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void while_it_loops_on_the_processor(boolean platform) throws InterruptedException {
      StartOptions options = StartOptions.defaults();
      killed(Processes.spawn(platform ? options.onPlatformThread() : options, this::spin));
    }

    @Test
    void while_a_server_loops_on_the_processor() throws InterruptedException {
      Pid<Probe> server = Probe.started();
      server.cast(new Probe.Tell(this::spin));
      killed(server);
    }

    @Test
    void while_it_waits_in_receive() throws InterruptedException {
      killed(
          Processes.spawn(() -> {
            busy.countDown();
            Processes.receive();
          }));
    }

    @Test
    void while_it_is_idle() throws InterruptedException {
      busy.countDown();
      killed(Probe.started());
    }

    @Test
    void while_it_calls() throws InterruptedException {
      Pid<Probe> silent = Probe.started();
      killed(
          Processes.spawn(() -> {
            busy.countDown();
            silent.call(new Probe.Handle<>((from, state) -> Probe.on(state)), ofSeconds(60));
          }));
      Processes.exit(silent, ExitReason.KILL);
    }

    @Test
    void while_it_is_in_init() throws InterruptedException {
      AtomicReference<Pid<?>> self = new AtomicReference<>();
      Probe slow =
          new Probe()
              .init(() -> {
                self.set(Processes.self());
                spin();
                return Init.ok("never");
              });
      AtomicReference<StartResult<?>> result = new AtomicReference<>();
      Thread starter =
          Thread.startVirtualThread(() -> result.set(slow.start(StartOptions.defaults())));
      busy.await();
      killed(self.get());
      starter.join();
      assertThat(result.get()).isEqualTo(new StartResult.Failed<>(ExitReason.KILLED));
    }

    @Test
    void behind_a_million_messages() throws InterruptedException {
      Pid<?> deaf =
          Processes.spawn(() -> {
            busy.countDown();
            Processes.receive(message -> message.equals("never") ? message : null);
          });
      for (int i = 0; i < 1_000_000; i++) {
        Processes.send(deaf, i);
      }
      killed(deaf);
    }

    @Test
    void of_one_that_traps_exits() throws InterruptedException {
      killed(
          Processes.spawn(() -> {
            Processes.trapExit(true);
            busy.countDown();
            Processes.receive();
          }));
    }

    @Test
    void before_its_thread_has_run() {
      for (int i = 0; i < 2_000; i++) {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);
        Pid<?> victim =
            Processes.spawn(() -> {
              try {
                ran.countDown();
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
        Processes.exit(victim, ExitReason.KILL);
        eventually(() -> assertThat(ran.getCount() > 0 || interrupted.get()).isTrue());
      }
    }
  }

  /** What a zombie attempts throws and has no effect. */
  @Nested
  class Zombie {
    private static final SetName<String, String> TABLE = new SetName<>("zombie's");

    private void refused(ThrowingAct act) throws InterruptedException {
      refused(() -> {}, act);
    }

    private void refused(Runnable before, ThrowingAct act) throws InterruptedException {
      CountDownLatch ready = new CountDownLatch(1);
      AtomicBoolean dead = new AtomicBoolean();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Pid<?> zombie =
          Processes.spawn(() -> {
            before.run();
            ready.countDown();
            while (!dead.get()) {
              Thread.onSpinWait();
            }
            try {
              act.run();
            } catch (Throwable t) {
              thrown.set(t);
              throw new IllegalStateException("swallowed");
            }
            thrown.set(new AssertionError("it worked"));
          });
      ready.await();
      Processes.exit(zombie, ExitReason.KILL);
      assertThat(Processes.snapshot().zombies()).isNotEmpty();
      dead.set(true);
      eventually(() -> assertThat(thrown.get()).isInstanceOf(DeadProcess.class));
      eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
    }

    interface ThrowingAct {
      void run() throws Exception;
    }

    @Test
    void sends_calls_and_casts_nothing() throws InterruptedException {
      Probe probe = new Probe();
      Pid<Probe> server = probe.start();
      refused(() -> Processes.send(server, "ghost"));
      refused(() -> server.cast(new Probe.Tell(() -> probe.seen.add("ghost"))));
      refused(() -> server.call(new Probe.Run<>(() -> probe.seen.add("ghost"))));
      refused(() -> Processes.sendRequest(server, new Probe.Run<>(() -> probe.seen.add("ghost"))));
      refused(() -> Processes.exit(server, ExitReason.KILL));
      refused(() -> Processes.sendAfter(ofSeconds(0), server, "ghost"));
      refused(() -> Processes.stop(server, ExitReason.NORMAL, ofSeconds(1)));
      server.call(new Probe.State());
      assertThat(probe.seen).isEmpty();
      Processes.exit(server, ExitReason.KILL);
    }

    @Test
    void registers_and_unregisters_nothing() throws InterruptedException {
      Pid<Probe> other = Probe.started();
      refused(() -> Processes.register(NAME, Processes.self()));
      refused(() -> Processes.register(NAME, other));
      assertThat(NAME.whereis()).isEmpty();
      assertThat(Processes.register(NAME, other)).isTrue();
      refused(() -> NAME.via().unregister(NAME.key()));
      assertThat(NAME.whereis()).contains(other);
      Processes.exit(other, ExitReason.KILL);
    }

    @Test
    void writes_no_table_and_makes_none() throws InterruptedException {
      TestProcess.run(() -> {
        SetTable<String, String> open = Table.newSet(Access.PUBLIC, (String row) -> row);
        refused(() -> open.insert("ghost"));
        refused(() -> open.insertNew("ghost"));
        assertThat(open.size()).isZero();
        refused(() -> Table.newSet(TABLE, Access.PUBLIC, row -> row));
        refused(() -> Table.newSet(Access.PUBLIC, (String row) -> row));
        assertThat(TABLE.whereis()).isEmpty();
      });
    }

    @Test
    void replies_nothing() throws InterruptedException {
      Pid<Probe> server = Probe.started();
      AtomicReference<ReplyTo<String>> asked = new AtomicReference<>();
      AtomicReference<String> answer = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(() ->
              answer.set(
                  server.call(
                      new Probe.Handle<String>((from, state) -> {
                        asked.set(from);
                        return Probe.on(state);
                      }))));
      eventually(() -> assertThat(asked.get()).isNotNull());
      refused(() -> asked.get().reply("ghost"));
      asked.get().reply("alive");
      caller.join();
      assertThat(answer.get()).isEqualTo("alive");
      Processes.exit(server, ExitReason.KILL);
    }

    @Test
    void links_monitors_and_starts_nothing() throws InterruptedException {
      Pid<Probe> other = Probe.started();
      int before = Processes.snapshot().processes().size();
      refused(() -> Processes.link(other));
      refused(() -> Processes.unlink(other));
      refused(() -> Processes.monitor(other));
      refused(() -> Processes.spawn(() -> {}));
      refused(() -> Processes.spawnLink(() -> {}));
      refused(() -> new Probe().start(StartOptions.defaults()));
      refused(() -> Processes.own(() -> {}));
      refused(() -> Processes.trapExit(true));
      refused(() -> Processes.receive());
      assertThat(Processes.snapshot().processes()).hasSize(before);
      Processes.exit(other, ExitReason.KILL);
    }

    @Test
    void never_runs_terminate() throws InterruptedException {
      Probe probe = new Probe();
      Pid<Probe> server = probe.start();
      CountDownLatch blocked = new CountDownLatch(1);
      server.cast(
          new Probe.Tell(() -> {
            blocked.countDown();
            new LinkedBlockingQueue<>().take();
          }));
      blocked.await();
      Processes.exit(server, ExitReason.KILL);
      eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
      assertThat(probe.seen).isEmpty();
    }

    @Test
    void that_returns_in_peace_is_counted_no_more() throws InterruptedException {
      CountDownLatch ready = new CountDownLatch(1);
      AtomicBoolean dead = new AtomicBoolean();
      Pid<?> zombie =
          Processes.spawn(() -> {
            ready.countDown();
            while (!dead.get()) {
              Thread.onSpinWait();
            }
          });
      ready.await();
      Processes.exit(zombie, ExitReason.KILL);
      assertThat(Processes.snapshot().zombies()).hasSize(1);
      dead.set(true);
      eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
    }

    @Test
    void of_a_failed_start_leaves_its_successor_the_name() throws InterruptedException {
      CountDownLatch blocked = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      AtomicReference<Pid<?>> self = new AtomicReference<>();
      Probe stuck =
          new Probe()
              .init(() -> {
                self.set(Processes.self());
                blocked.countDown();
                while (true) {
                  try {
                    goOn.await();
                    throw new IllegalStateException("late");
                  } catch (InterruptedException e) {
                    // deaf
                  }
                }
              });
      Thread starter = Thread.startVirtualThread(() -> stuck.start(StartOptions.named(NAME)));
      blocked.await();
      Processes.exit(self.get(), ExitReason.KILL);
      Pid<Probe> successor = new Probe().start(StartOptions.named(NAME)).orThrow();
      goOn.countDown();
      starter.join();
      eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
      assertThat(NAME.whereis()).contains(successor);
      Processes.exit(successor, ExitReason.KILL);
    }
  }

  @Nested
  class Estates {
    @Test
    void names_and_tables_are_free_when_links_and_monitors_hear() {
      SetName<String, String> table = new SetName<>("heirless");
      TestProcess.run(() -> {
        Processes.trapExit(true);
        for (int i = 0; i < 2_000; i++) {
          CountDownLatch ready = new CountDownLatch(1);
          Pid<?> holder =
              Processes.spawnLink(() -> {
                Table.newSet(table, Access.PROTECTED, row -> row);
                Processes.register(NAME, Processes.self());
                ready.countDown();
                Processes.receive();
              });
          if (i % 2 == 0) {
            Processes.unlink(holder);
            Processes.monitor(holder);
          }
          ready.await();
          Pid<?> killer = Processes.spawn(() -> Processes.exit(holder, ExitReason.KILL));
          Object news = Processes.receive();
          assertThat(news.toString()).contains("killed").contains(holder.toString());
          assertThat(Processes.register(NAME, Processes.self())).isTrue();
          Table.newSet(table, Access.PROTECTED, row -> row).delete();
          NAME.via().unregister(NAME.key());
          assertThat(NAME.whereis()).isEmpty();
          Processes.awaitExit(killer, ofSeconds(5));
        }
      });
    }

    @Test
    void names_and_tables_are_free_when_exit_returns_even_of_two_at_once() throws Exception {
      SetName<String, String> table = new SetName<>("heirless");
      for (int i = 0; i < 1_000; i++) {
        CountDownLatch ready = new CountDownLatch(1);
        Pid<?> holder =
            Processes.spawn(() -> {
              Table.newSet(table, Access.PROTECTED, row -> row);
              Processes.register(NAME, Processes.self());
              ready.countDown();
              Processes.receive();
            });
        ready.await();
        Runnable kill =
            () -> {
              Processes.exit(holder, ExitReason.KILL);
              assertThat(NAME.whereis()).isEmpty();
              assertThat(table.whereis()).isEmpty();
            };
        List<Throwable> failures = inThreads(kill, kill);
        assertThat(failures).isEmpty();
        TestProcess.run(() -> Table.newSet(table, Access.PRIVATE, row -> row));
      }
    }

    /** Seen while the holder is dead and its name is not yet released. */
    @Test
    void a_name_of_a_dead_one_is_not_registered() {
      AtomicReference<Set<Object>> seen = new AtomicReference<>();
      Pid<?> holder = Processes.spawn(Processes::receive);
      Processes.hold(holder, () -> seen.set(Processes.registered()), () -> true);
      Processes.register(NAME, holder);
      assertThat(Processes.registered()).contains(NAME.key());
      Processes.exit(holder, ExitReason.KILL);
      assertThat(seen.get()).doesNotContain(NAME.key());
      assertThat(LocalNames.TABLE.holders).doesNotContainKey(NAME.key());
    }

    @Test
    void a_request_that_crosses_the_death_of_its_server_is_answered() throws Exception {
      for (int i = 0; i < 5_000; i++) {
        Pid<Probe> server = Probe.started();
        List<Throwable> failures =
            inThreads(
                () -> server.cast(new Probe.Do(() -> Probe.end(ExitReason.NORMAL, 0))),
                () -> {
                  try {
                    server.call(new Probe.State(), ofSeconds(30));
                  } catch (CallFailed e) {
                    assertThat(e.why()).isNotInstanceOf(CallFailed.Timeout.class);
                  }
                });
        assertThat(failures).isEmpty();
      }
    }

    @Test
    void a_dead_process_keeps_nothing_but_its_reason() {
      AtomicReference<WeakReference<Object>> state = new AtomicReference<>();
      Probe probe =
          new Probe()
              .init(() -> {
                Object value = new Object();
                state.set(new WeakReference<>(value));
                return Init.ok(value);
              });
      Pid<Probe> server = probe.start();
      server.call(new Probe.Run<>(() -> true));
      assertThat(state.get().get()).isNotNull();
      Processes.exit(server, ExitReason.KILL);
      eventually(() -> {
        System.gc();
        assertThat(state.get().get()).isNull();
      });
      assertThat(server.exitReason()).contains(ExitReason.KILLED);
    }

    private static void isForgotten(WeakReference<?> what) {
      eventually(() -> {
        System.gc();
        assertThat(what.get()).isNull();
      });
    }

    @Test
    void a_process_that_has_started_forgets_its_starters_thread() throws InterruptedException {
      AtomicReference<Pid<Probe>> server = new AtomicReference<>();
      Thread starter = Thread.startVirtualThread(() -> server.set(Probe.started()));
      starter.join();
      WeakReference<Thread> thread = new WeakReference<>(starter);
      starter = null;
      isForgotten(thread);
      Processes.exit(server.get(), ExitReason.KILL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_dead_server_keeps_neither_its_tracers_nor_its_log(boolean traced) {
      Pid<Probe> server = Probe.started();
      WeakReference<Object> kept = traced ? tracer(server) : logged(server);
      assertThat(kept.get()).isNotNull();
      Processes.exit(server, ExitReason.KILL);
      isForgotten(kept);
      assertThat(server.isAlive()).isFalse();
    }

    private static WeakReference<Object> tracer(Pid<Probe> server) {
      List<SystemEvent> events = new ArrayList<>();
      new SystemRequest.Install(events::add).call(server, ofSeconds(5));
      return new WeakReference<>(events);
    }

    private static WeakReference<Object> logged(Pid<Probe> server) {
      Sys.log(server, 10);
      Object message = new Object();
      Processes.send(server, message);
      server.call(new Probe.State());
      return new WeakReference<>(message);
    }

    @Test
    void one_that_was_killed_before_it_ran_forgets_what_it_was_to_run() {
      AtomicBoolean ran = new AtomicBoolean(true);
      for (int i = 0; i < 10_000 && ran.get(); i++) {
        ran.set(false);
        Object held = new Object();
        WeakReference<Object> body = new WeakReference<>(held);
        Pid<?> victim = Processes.spawn(runs(ran, held));
        Processes.exit(victim, ExitReason.KILL);
        held = null;
        eventually(() -> assertThat(victim.core.thread()).isNull());
        if (!ran.get()) {
          isForgotten(body);
        }
        assertThat(victim.isAlive()).isFalse();
      }
      assertThat(ran).as("none was killed before it ran").isFalse();
    }

    private static Runnable runs(AtomicBoolean ran, Object held) {
      return () -> {
        ran.set(true);
        assertThat(held).isNotNull();
      };
    }

    @Test
    void what_throws_in_a_report_does_not_keep_a_process_alive() {
      Object poison =
          new Object() {
            @Override
            public String toString() {
              throw new AssertionError("no text");
            }
          };
      Pid<?> pid = Processes.spawn(() -> Processes.exit(new ExitReason.Term(poison)));
      assertThat(Processes.awaitExit(pid, ofSeconds(10)).orElseThrow())
          .satisfies(reason -> assertThat(reason instanceof ExitReason.Term).isTrue());
    }

    @Test
    void a_via_that_does_not_unregister_hides_the_dead() {
      Map<Object, Pid<?>> entries = new ConcurrentHashMap<>();
      Via forgetful =
          new Via() {
            @Override
            public boolean register(Object key, Pid<?> pid) {
              return entries.compute(key, (k, old) -> old != null && old.isAlive() ? old : pid)
                  == pid;
            }

            @Override
            public void unregister(Object key) {}

            @Override
            public Optional<Pid<?>> whereis(Object key) {
              return Optional.ofNullable(entries.get(key));
            }
          };
      ServerName<Probe> name = ServerName.via(forgetful, "x");
      Pid<Probe> first = new Probe().start(StartOptions.named(name)).orThrow();
      assertThat(new Probe().start(StartOptions.named(name)))
          .isEqualTo(new StartResult.AlreadyStarted<>(first));
      Processes.exit(first, ExitReason.KILL);
      assertThat(name.whereis()).isEmpty();
      assertThatThrownBy(() -> name.call(new Probe.State())).isInstanceOf(CallFailed.class);
      Pid<Probe> second = new Probe().start(StartOptions.named(name)).orThrow();
      assertThat(name.whereis()).contains(second);
      Processes.exit(second, ExitReason.KILL);
    }
  }

  /** A runaway recursion is a crash of its process alone. */
  @Nested
  class StackOverflow {
    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static int dive(Runnable step, int depth) {
      step.run();
      return dive(step, depth + 1) + 1;
    }

    @Test
    void is_an_exit() {
      Pid<Probe> server = Probe.started();
      try (ExitRecorder recorder = new ExitRecorder().link(server)) {
        assertThatThrownBy(() -> server.call(new Probe.Run<>(() -> dive(() -> {}, 0))))
            .isInstanceOfSatisfying(
                CallFailed.class,
                e -> assertThat(e.why().toString()).contains("StackOverflowError"));
        assertThat(recorder.await(1)).hasSize(1);
        assertThat(recorder.reasons().getFirst().toString()).contains("StackOverflowError");
      }
    }

    @Test
    void amid_operations_leaves_the_others_whole() {
      for (int i = 0; i < 200; i++) {
        Pid<Probe> sibling = Probe.started();
        Pid<Probe> diver = Probe.started();
        diver.cast(new Probe.Tell(() -> dive(() -> sibling.cast(new Probe.Tell(() -> {})), 0)));
        assertThat(Processes.awaitExit(diver, ofSeconds(20))).isPresent();
        assertThat(sibling.call(new Probe.Run<>(() -> "well"), ofSeconds(20))).isEqualTo("well");
        Processes.exit(sibling, ExitReason.KILL);
        assertThat(sibling.isAlive()).isFalse();
      }
    }
  }

  static List<Throwable> inThreads(Runnable... bodies) throws InterruptedException {
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    CountDownLatch together = new CountDownLatch(bodies.length);
    List<Thread> threads = new ArrayList<>();
    for (Runnable body : bodies) {
      threads.add(
          Thread.startVirtualThread(() -> {
            together.countDown();
            try {
              together.await();
              body.run();
            } catch (Throwable t) {
              failures.add(t);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return failures;
  }

  @Test
  void a_call_that_waits_while_its_server_ends_gets_the_reason() throws InterruptedException {
    Pid<Probe> server = Probe.started();
    ExitReason why = new ExitReason.Term("why");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    server.cast(
        new Probe.Do(() -> {
          inside.countDown();
          leave.await();
          return Probe.end(why, "last");
        }));
    inside.await();
    AtomicReference<CallFailed.Why> failure = new AtomicReference<>();
    Thread.startVirtualThread(() -> {
      try {
        server.call(new Probe.State());
      } catch (CallFailed failed) {
        failure.set(failed.why());
      }
    });
    eventually(() -> assertThat(server.core.info().mailbox()).isEqualTo(1));
    leave.countDown();
    eventually(() -> assertThat(failure).hasValue(new CallFailed.Exit(why, false)));
  }

  /** A server that never answers, and forgets who has asked: as a pool does whose client died. */
  @Test
  void calls_of_the_dead_do_not_gather_in_a_server_that_never_answers() {
    Pid<Probe> server = Probe.started();
    List<WeakReference<Object>> requests = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      CountDownLatch asked = new CountDownLatch(1);
      Pid<?> client = Processes.spawn(() -> ask(server, requests, asked));
      eventually(() -> assertThat(asked.getCount()).isZero());
      Processes.exit(client, ExitReason.KILL);
    }
    eventually(() -> {
      System.gc();
      assertThat(requests.stream().filter(r -> r.get() != null).count()).isLessThan(150);
    });
    Processes.exit(server, ExitReason.KILL);
  }

  private static void ask(
      Pid<Probe> server, List<WeakReference<Object>> requests, CountDownLatch asked) {
    Probe.Handle<Object> request =
        new Probe.Handle<>((from, state) -> {
          asked.countDown();
          return Probe.on(state);
        });
    synchronized (requests) {
      requests.add(new WeakReference<>(request));
    }
    server.call(request, ofSeconds(60));
  }
}
