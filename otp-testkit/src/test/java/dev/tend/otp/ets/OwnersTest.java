package dev.tend.otp.ets;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whose a table is: names, death, heirs, and tables that are given away. */
@OtpTest
class OwnersTest {
  private static final SetName<String, String> NAME = new SetName<>("owned");

  /** A server that owns a table, and has done this with it. */
  private static Pid<Probe> owner(
      AtomicReference<SetTable<String, String>> table,
      Consumer<SetTable<String, String>> beginning) {
    return new Probe()
        .init(() -> {
          table.set(Table.newSet(NAME, Access.PROTECTED, row -> row));
          table.get().insert("first");
          beginning.accept(table.get());
          return Probe.ready();
        })
        .start();
  }

  private static <R> R in(Pid<Probe> server, java.util.concurrent.Callable<R> code) {
    return server.call(new Probe.Run<>(code));
  }

  private static void kill(Pid<?> pid) {
    Processes.exit(pid, ExitReason.KILL);
  }

  // ---- names ----

  @Test
  void a_name_made_again_does_not_revive_the_old_table() {
    TestProcess.run(() -> {
      SetTable<String, String> old = Table.newSet(NAME, Access.PUBLIC, row -> row);
      assertThat(NAME.whereis()).containsSame(old);
      old.delete();
      SetTable<String, String> made = Table.newSet(NAME, Access.PUBLIC, row -> row);
      assertThat(NAME.whereis()).containsSame(made);
      made.insert("new");
      assertThat(NAME.lookup("new")).contains("new");
      assertThatThrownBy(() -> old.lookup("new"))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("owned")
          .hasMessageContaining("not exist");
      assertThatThrownBy(old::delete).isInstanceOf(BadTable.class);
      assertThat(TableName.taken()).contains(NAME);
    });
    assertThat(TableName.taken()).doesNotContain(NAME);
    assertThat(NAME.lookup("new")).isEmpty();
  }

  @Test
  void a_name_of_another_type_is_told_by_table_and_type() {
    TestProcess.run(() -> {
      Table.newSet(NAME, Access.PUBLIC, row -> row);
      assertThatThrownBy(() -> new BagName<String, String>("owned").whereis())
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("owned")
          .hasMessageContaining("SET")
          .hasMessageContaining("BagName");
      assertThatThrownBy(() -> new OrderedSetName<String, String>("owned").lookup("x"))
          .isInstanceOf(BadTable.class);
      assertThatThrownBy(
              () -> Table.newBag(new BagName<>("owned"), Access.PUBLIC, (String row) -> row))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("taken");
    });
  }

  // ---- death ----

  @Test
  void who_hears_of_the_owners_death_finds_no_table_and_a_free_name() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    Pid<Probe> owner = owner(table, made -> {});
    TestProcess.run(() -> {
      Processes.monitor(owner);
      kill(owner);
      Processes.receive(message -> message instanceof Down down ? down : null);
      assertThat(NAME.whereis()).isEmpty();
      assertThat(NAME.lookup("first")).isEmpty();
      Table.newSet(NAME, Access.PUBLIC, (String row) -> row);
    });
  }

  // ---- heirs ----

  @Test
  void an_heir_is_told_before_it_hears_of_the_death_and_writes_at_once() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<Probe> owner = owner(table, made -> made.setHeir(self, "yours"));
      Processes.monitor(owner);
      kill(owner);
      assertThat(Processes.receive()).isEqualTo(new EtsTransfer(table.get(), owner, "yours"));
      assertThat(Processes.receive()).isInstanceOf(Down.class);
      assertThat(table.get().owner()).isEqualTo(self);
      table.get().insert("second");
      assertThat(NAME.lookup("first")).contains("first");
      assertThat(table.get().info().heir()).contains(self);
    });
    assertThat(NAME.whereis()).isEmpty();
  }

  @Test
  void the_table_goes_with_its_owner_where_the_heir_is_dead_or_taken_back() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    Pid<Probe> heir = Probe.started();
    Pid<Probe> owner = owner(table, made -> made.setHeir(heir, ""));
    kill(heir);
    kill(owner);
    assertThat(NAME.whereis()).isEmpty();
    Pid<Probe> second = Probe.started();
    Pid<Probe> other = owner(table, made -> made.setHeir(second, ""));
    in(
        other,
        () -> {
          table.get().removeHeir();
          return "";
        });
    kill(other);
    assertThat(NAME.whereis()).isEmpty();
    kill(second);
  }

  @Test
  void it_goes_on_from_heir_to_heir() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    Pid<Probe> last = Probe.started();
    Pid<Probe> next = Probe.started();
    Pid<Probe> owner = owner(table, made -> made.setHeir(next, ""));
    kill(owner);
    in(
        next,
        () -> {
          table.get().setHeir(last, "");
          table.get().insert("second");
          return "";
        });
    kill(next);
    assertThat(in(last, () -> table.get().size())).isEqualTo(2);
    assertThat(table.get().owner()).isEqualTo(last);
    kill(last);
    assertThat(NAME.whereis()).isEmpty();
  }

  // ---- given away ----

  @Test
  void a_table_given_away_is_the_others_with_its_message_and_its_heir() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    Pid<Probe> heir = Probe.started();
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<Probe> owner =
          owner(
              table,
              made -> {
                made.setHeir(heir, "");
                made.giveAway(self, "a present");
              });
      assertThat(Processes.receive()).isEqualTo(new EtsTransfer(table.get(), owner, "a present"));
      table.get().insert("second");
      assertThatThrownBy(() ->
              in(
                  owner,
                  () -> {
                    table.get().insert("third");
                    return "";
                  }))
          .isInstanceOf(RuntimeException.class);
      assertThat(table.get().info().heir()).contains(heir);
      kill(owner);
      assertThat(NAME.whereis()).as("no longer that one's to take along").isPresent();
    });
    assertThat(table.get().owner()).as("its heir's, at the new owner's end").isEqualTo(heir);
    kill(heir);
    assertThat(NAME.whereis()).isEmpty();
  }

  @Test
  void only_the_owner_gives_away_and_only_to_the_living_and_others() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    Pid<Probe> dead = Probe.started();
    kill(dead);
    Pid<Probe> owner = owner(table, made -> {});
    TestProcess.run(() -> {
      assertThatThrownBy(() -> table.get().giveAway(Processes.self(), ""))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("only its owner");
      SetTable<String, String> mine = Table.newSet(Access.PROTECTED, row -> row);
      assertThatThrownBy(() -> mine.giveAway(dead, ""))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("dead");
      assertThatThrownBy(() -> mine.giveAway(Processes.self(), ""))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("itself");
      mine.insert("still mine");
    });
    kill(owner);
  }

  @Test
  void a_zombie_writes_nothing_into_what_was_its_table() {
    AtomicReference<SetTable<String, String>> table = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean go = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<Probe> owner = owner(table, made -> made.setHeir(self, ""));
      owner.cast(
          new Probe.Tell(() -> {
            begun.countDown();
            while (!go.get()) {
              Thread.onSpinWait();
            }
            try {
              table.get().insert("too late");
            } catch (DeadProcess e) {
              thrown.set(e);
              throw e;
            }
          }));
      eventually(() -> assertThat(begun.getCount()).isZero());
      kill(owner);
      Processes.receive();
      go.set(true);
      eventually(() -> assertThat(thrown.get()).isInstanceOf(DeadProcess.class));
      assertThat(table.get().rows()).containsExactly("first");
    });
  }
}
