package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Deadline;
import dev.tend.todo.Outcome;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Shard;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who commits, or opens, is killed before or after the disk has it, and nobody has been told yet.
 */
class KilledInCommitTest {
  private static final AtomicReference<Hold> HOLD = new AtomicReference<>();

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(KilledInCommitTest::holding);

  enum Moment {
    BEFORE,
    AFTER
  }

  /** The next work of that name waits there. */
  private record Hold(String work, Moment moment, Gate gate) {
    static Gate next(Moment moment) {
      return next("commit", moment);
    }

    static Gate next(String work, Moment moment) {
      Gate gate = new Gate();
      HOLD.set(new Hold(work, moment, gate));
      return gate;
    }

    static @Nullable Hold of(String work) {
      Hold hold = HOLD.get();
      return hold != null && hold.work().equals(work) && HOLD.compareAndSet(hold, null)
          ? hold
          : null;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRetryThatComesWhileItHangsWaitsWithTheFirstAndIsTheSameChange(Moment moment)
      throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = Hold.next(moment);
    CompletableFuture<Outcome> first = bob.addLater("key", "Dentist");
    gate.awaitReached();
    CompletableFuture<Outcome> retry = bob.addLater("key", "Dentist");
    killAndAwaitTheNext(DatabaseWorker.of(bob.list().shard()));

    assertThat(((Outcome.Changed) first.get()).revision()).isEqualTo(2);
    assertThat(((Outcome.Changed) retry.get()).revision()).isEqualTo(2);
    gate.open();
    assertThat(bob.titles()).containsExactly("first", "Dentist");
  }

  @ParameterizedTest
  @EnumSource
  void ifTheListDiesWithItItsClientKnowsNothingAndTheRetryActsOnce(Moment moment) throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = Hold.next(moment);
    CompletableFuture<Outcome> first = bob.addLater("key", "Dentist");
    gate.awaitReached();
    Pid<?> server = TodoCache.serverProcess("Bob's list");
    Processes.exit(server, ExitReason.KILL);
    killAndAwaitTheNext(DatabaseWorker.of(bob.list().shard()));

    assertThat(first.get()).isInstanceOf(Outcome.Unknown.class);
    eventually(
        () -> assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2));
    gate.open();
    eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
    assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2);
    assertThat(((Outcome.Changed) bob.add("next", "Movies")).revision()).isEqualTo(3);
    system.stop();
    system.start();
    assertThat(bob.titles()).containsExactly("first", "Dentist", "Movies");
  }

  @Test
  void aListWhoseMakingTheCatalogueDidNotLiveToTellIsMadeOnce() throws Exception {
    Client.of("another");
    Gate gate = Hold.next(Moment.AFTER);
    CompletableFuture<Stored<Catalogued>> first = makeLater("Bob's list", "key");
    gate.awaitReached();
    killAndAwaitTheNext(Catalog.NAME);
    assertThat(first.get()).isNotInstanceOf(Stored.Done.class);
    gate.open();

    CatalogEntry made = made("Bob's list", "key");
    assertThat(made("Bob's list", "key")).isEqualTo(made);
    assertThat(names()).containsExactly("Bob's list", "another");
  }

  @Test
  void whatAWorkerOpensAsItIsKilledIsClosedAgain() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    int shard = bob.list().shard();
    Gate gate = Hold.next("openShard", Moment.AFTER);
    killAndAwaitTheNext(DatabaseWorker.of(shard));
    gate.awaitReached();
    killAndAwaitTheNext(DatabaseWorker.of(shard));
    gate.open();
    eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());

    system.stop();

    Path log = Path.of(system.file(shard) + "-wal");
    assertThat(log).doesNotExist();
    system.start();
    eventually(() -> assertThat(log).exists());
  }

  private static CatalogEntry made(String name, String key) {
    AtomicReference<CatalogEntry> made = new AtomicReference<>();
    eventually(() -> {
      Stored<Catalogued> answer = make(name, key);
      Object value = answer instanceof Stored.Done<Catalogued> done ? done.value() : answer;
      switch (value) {
        case Catalogued.Entered(CatalogEntry entry) -> made.set(entry);
        case Catalogued.Repeated(CatalogEntry entry) -> made.set(entry);
        default -> throw new AssertionError("made: " + value);
      }
    });
    return made.get();
  }

  private static Stored<Catalogued> make(String name, String key) {
    return Catalog.change(
        new CatalogWish.NewList(
            Command.LOCAL, name, Instant.EPOCH, Client.command(key).origin(), false),
        Deadline.in(Duration.ofSeconds(20)));
  }

  private static CompletableFuture<Stored<Catalogued>> makeLater(String name, String key) {
    CompletableFuture<Stored<Catalogued>> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> answer.complete(make(name, key)));
    return answer;
  }

  private static List<String> names() {
    return switch (Catalog.page(Command.LOCAL, false, new CatalogPlace("", ""), 10)) {
      case Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> page) ->
          page.stream().map(CatalogEntry::name).toList();
      default -> throw new AssertionError("the catalogue does not answer");
    };
  }

  private static void killAndAwaitTheNext(ServerName<?> name) {
    Pid<?> killed = name.whereis().orElseThrow();
    TodoSystem.kill(name);
    eventually(() -> assertThat(name.whereis()).isPresent().get().isNotEqualTo(killed));
  }

  // ---- a store whose next work can be held ----

  private static ListStore holding(ListStore real) {
    HOLD.set(null);
    return around(ListStore.class, real);
  }

  /** Whatever it opens is held as well. */
  private static <T> T around(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            real.getClass().getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Hold hold = Hold.of(method.getName());
              if (hold != null && hold.moment() == Moment.BEFORE) {
                hold.gate().pass();
              }
              try {
                Object answer = method.invoke(real, arguments);
                if (hold != null && hold.moment() == Moment.AFTER) {
                  hold.gate().pass();
                }
                return switch (answer) {
                  case Shard shard -> around(Shard.class, shard);
                  case CatalogFile file -> around(CatalogFile.class, file);
                  case null, default -> answer;
                };
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }
}
