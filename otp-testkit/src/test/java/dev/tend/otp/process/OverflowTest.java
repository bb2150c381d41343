package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread whose stack overflows in the midst of an operation, at whatever depth, and that goes on
 * as if nothing had been: the operation takes effect wholly or not at all, and nobody else feels
 * it.
 */
@OtpTest
class OverflowTest {
  /** How many frames may be left, and by how many fewer at each round. */
  private static final int ROOM = 500;

  private static final int STRIDE = Boolean.getBoolean("tend.long") ? 1 : 5;
  private static final long STACK = 256 * 1024;
  private static final ServerName<Probe> NAME = ServerName.local("overflown");
  private static final ServerName<Probe> OTHER = ServerName.local("overflown too");
  private static final SetName<String, String> TABLE = new SetName<>("overflown");
  private static final List<String> ROWS = List.of("one", "two", "three");

  private final Duration before = WatchDog.limit();

  @BeforeEach
  void lookOften() {
    WatchDog.setLimit(Duration.ofMillis(4));
  }

  @AfterEach
  void lookAsBefore() {
    WatchDog.setLimit(before);
  }

  /** What is tried with little stack left. */
  enum Operation {
    KILL(world -> Processes.exit(world.server, ExitReason.KILL)),
    KILL_WHO_IS_LINKED(world -> Processes.exit(world.peer, ExitReason.KILL)),
    CAST(world -> world.server.cast(new Probe.Tell(() -> {}))),
    CALL(world -> world.server.call(new Probe.Run<>(() -> "called"))),
    SEND(world -> Processes.send(world.peer, "hello")),
    SEND_LATER(world -> Processes.sendAfter(Duration.ZERO, world.peer, "hello")),
    REPLY(world -> world.asked.get().reply("well")),
    SPAWN(world -> Processes.spawn(() -> {})),
    START(world -> new Probe().start(StartOptions.named(OTHER))),
    REGISTER(world -> Processes.register(OTHER, world.server)),
    UNREGISTER(world -> NAME.via().unregister(NAME.key())),
    INSERT(world -> world.table.insert("row")),
    INSERT_ALL(world -> world.table.insertAll(ROWS));

    @SuppressWarnings("ImmutableEnumChecker") // none of them keeps anything
    private final Consumer<World> act;

    Operation(Consumer<World> act) {
      this.act = act;
    }
  }

  /** What only a process can try. */
  enum OwnOperation {
    LINK(world -> Processes.link(world.server)),
    UNLINK(world -> Processes.unlink(world.peer)),
    MONITOR(world -> Processes.monitor(world.server)),
    DEMONITOR(world -> Processes.demonitor(Processes.monitor(world.server))),
    SPAWN_LINK(world -> Processes.spawnLink(() -> {})),
    SPAWN_MONITOR(world -> Processes.spawnMonitor(() -> {})),
    NEW_TABLE(world -> Table.newSet(Access.PUBLIC, (String row) -> row)),
    GIVE_AWAY(
        world -> Table.newSet(Access.PUBLIC, (String row) -> row).giveAway(world.server, "gift")),
    RECEIVE(world -> Processes.receive(Duration.ZERO, message -> null));

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<World> act;

    OwnOperation(Consumer<World> act) {
      this.act = act;
    }
  }

  @ParameterizedTest
  @EnumSource
  void in_a_thread_leaves_all_whole(Operation operation) {
    rounds(operation, operation.act, World::inThread);
  }

  @ParameterizedTest
  @EnumSource
  void in_a_process_that_swallows_it_leaves_all_whole(Operation operation) {
    rounds(operation, operation.act, World::inProcess);
  }

  @ParameterizedTest
  @EnumSource
  void in_an_operation_of_its_own_leaves_all_whole(OwnOperation operation) {
    rounds(operation, operation.act, World::inProcess);
  }

  private static void rounds(
      Enum<?> operation, Consumer<World> act, BiConsumer<World, Runnable> run) {
    for (int room = ROOM; room >= 0; room -= STRIDE) {
      int frames = room;
      try (World world = new World()) {
        run.accept(world, () -> new Diver(() -> act.accept(world)).dive(frames));
        world.isWhole(operation + " with room for " + room);
      }
    }
  }

  /** Recurses until the stack overflows, then again until it nearly does. */
  private static final class Diver {
    private static final int BOTTOMLESS = 10_000_000;

    private final Runnable code;
    private int left;

    Diver(Runnable code) {
      this.code = code;
    }

    void dive(int room) {
      swallow(BOTTOMLESS);
      int depth = BOTTOMLESS - left;
      swallow(depth - room);
    }

    private void swallow(int frames) {
      try {
        down(frames);
      } catch (StackOverflowError e) {
        // goes on as if nothing had been
      }
    }

    private int down(int frames) {
      left = frames;
      if (frames > 0) {
        return down(frames - 1) + 1;
      }
      code.run();
      return 0;
    }
  }

  /** A server with a name and a table, one that is linked to it, and those who wait for it. */
  private static final class World implements AutoCloseable {
    final AtomicReference<ReplyTo<String>> asked = new AtomicReference<>();
    final CompletableFuture<Object> called = new CompletableFuture<>();
    final CompletableFuture<ExitReason> ended = new CompletableFuture<>();
    final ExitRecorder watcher = new ExitRecorder();
    final Pid<Probe> server;
    final Pid<?> peer;
    final SetTable<String, String> table;
    final Set<Pid<?>> processes;
    private @Nullable Pid<?> diver;

    World() {
      AtomicReference<SetTable<String, String>> made = new AtomicReference<>();
      Probe probe = new Probe();
      probe.init(() -> {
        made.set(Table.newSet(TABLE, Access.PUBLIC, row -> row));
        return Probe.ready();
      });
      server = probe.start(StartOptions.named(NAME)).orThrow();
      table = made.get();
      watcher.monitor(server);
      CompletableFuture<Boolean> linked = new CompletableFuture<>();
      peer =
          Processes.spawn(
              StartOptions.defaults().withMailboxLimit(1),
              () -> {
                Processes.link(server);
                linked.complete(true);
                answerAll();
              });
      Thread.startVirtualThread(() -> called.complete(askForLater()));
      Thread.startVirtualThread(() -> ended.complete(Processes.awaitExit(server)));
      eventually(() -> {
        assertThat(asked.get()).isNotNull();
        assertThat(linked).isDone();
      });
      processes = living();
    }

    private Object askForLater() {
      Probe.Callback<String> keep =
          (from, state) -> {
            asked.set(from);
            return Probe.on(state);
          };
      try {
        return server.call(new Probe.Handle<>(keep));
      } catch (CallFailed e) {
        return e.why();
      }
    }

    private static void answerAll() {
      while (true) {
        if (Processes.receive() instanceof CompletableFuture<?> question) {
          question.complete(null);
        }
      }
    }

    private Set<Pid<?>> living() {
      return Processes.snapshot().processes().stream()
          .map(ProcessInfo::pid)
          .filter(pid -> pid != diver)
          .collect(Collectors.toSet());
    }

    void inThread(Runnable code) {
      Thread thread = new Thread(null, code, "diver", STACK);
      thread.start();
      eventually(() -> assertThat(thread.getState()).isEqualTo(Thread.State.TERMINATED));
    }

    void inProcess(Runnable code) {
      CompletableFuture<Boolean> swallowed = new CompletableFuture<>();
      diver =
          Processes.spawn(() -> {
            Processes.trapExit(true);
            code.run();
            swallowed.complete(true);
            Processes.receive(message -> message == this ? true : null);
          });
      eventually(() -> assertThat(swallowed).isDone());
    }

    void isWhole(String what) {
      eventually(() -> {
        // Whose start was not waited for to its end may come to its name later.
        OTHER.whereis().filter(pid -> pid != server).ifPresent(World::end);
        assertThat(isSettled(server) && isSettled(peer)).as(what + ": settled").isTrue();
        assertThat(peer.isAlive()).as(what + ": linked").isEqualTo(server.isAlive());
        if (server.isAlive()) {
          assertThat(living()).as(what).isEqualTo(processes);
        }
      });
      if (server.isAlive()) {
        isServed(what);
      }
      end(server);
      eventually(() -> {
        assertThat(called).as(what + ": its caller").isDone();
        assertThat(ended).as(what).isCompletedWithValue(ExitReason.KILLED);
        assertThat(peer.exitReason()).as(what).contains(ExitReason.KILLED);
        assertThat(NAME.whereis()).as(what).isEmpty();
        assertThat(OTHER.whereis()).as(what).isEmpty();
        assertThat(TABLE.whereis()).as(what).isEmpty();
        assertThat(LocalNames.TABLE.holders).as(what).doesNotContainValue(server);
        assertThat(ProcessCore.LIVE).as(what).doesNotContain(server.core, peer.core);
      });
      watcher.await(1);
      Pid<?> swallower = diver;
      if (swallower != null) {
        goesOn(swallower, what);
      }
    }

    /** It hears all that it is told, and owes nobody anything. */
    private void goesOn(Pid<?> swallower, String what) {
      eventually(() -> {
        ProcessInfo info = swallower.core.info();
        assertThat(List.of(info.links(), info.monitors())).as(what).containsOnly(0);
      });
      Processes.send(swallower, this);
      eventually(() -> {
        assertThat(swallower.exitReason()).as(what).contains(ExitReason.NORMAL);
        assertThat(ProcessCore.LIVE).as(what).doesNotContain(swallower.core);
      });
    }

    /** Nothing waits for the watch-dog any more. */
    private static boolean isSettled(Pid<?> pid) {
      synchronized (pid.core) {
        return !pid.core.hasMail();
      }
    }

    private void isServed(String what) {
      assertThat(server.call(new Probe.Run<>(() -> "well"))).as(what).isEqualTo("well");
      CompletableFuture<Void> question = new CompletableFuture<>();
      eventually(() -> assertThat(peer.core.info().mailbox()).as(what).isZero());
      Processes.send(peer, question);
      table.insert("row");
      table.insertAll(ROWS);
      eventually(() -> {
        assertThat(question).as(what + ": the linked one").isDone();
        assertThat(server.core.info().mailbox()).as(what).isZero();
      });
      assertThat(table.size()).as(what).isEqualTo(1 + ROWS.size());
      asked.get().reply("well");
      eventually(() -> assertThat(called).as(what).isCompletedWithValue("well"));
    }

    private static void end(Pid<?> pid) {
      Processes.exit(pid, ExitReason.KILL);
    }

    @Override
    public void close() {
      end(server);
      end(peer);
      watcher.close();
    }
  }
}
