package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that outlive their owners: inherited, or given away. */
@OtpTest
class TableHeirTest {
  private Pid<Probe> owner;
  private Table<String, Row> table;

  @BeforeEach
  void a_protected_table() {
    owner = Probe.started();
    table =
        within(
            owner,
            () -> {
              Table<String, Row> made = newTable(TableType.SET, Access.PROTECTED);
              made.insert(new Row("a", 1));
              return made;
            });
  }

  private void asOwner(Consumer<Table<String, Row>> act) {
    as(owner, act);
  }

  private void as(Pid<Probe> process, Consumer<Table<String, Row>> act) {
    within(
        process,
        () -> {
          act.accept(table);
          return true;
        });
  }

  private static List<Object> twoMessages() {
    return List.of(Processes.receive(), Processes.receive());
  }

  @Test
  @Case("ets_SUITE: heir")
  void an_heir_hears_of_the_table_before_the_owners_exit() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Processes.link(owner);
      Pid<?> me = Processes.self();
      asOwner(t -> t.setHeir(me, "yours"));
      assertThat(table.info().heir()).hasValueSatisfying(pid -> assertThat(pid).isSameAs(me));
      Processes.exit(owner, ExitReason.KILL);
      List<Object> messages = twoMessages();
      assertThat(messages.getFirst()).isEqualTo(new EtsTransfer(table, owner, "yours"));
      assertThat(messages.getLast()).isInstanceOf(Exit.class);
      assertIsMine();
    });
  }

  @Test
  @Case("ets_SUITE: heir")
  void an_heir_hears_of_the_table_before_the_owners_down() {
    TestProcess.run(() -> {
      Processes.monitor(owner);
      Pid<?> me = Processes.self();
      asOwner(t -> t.setHeir(me, "yours"));
      Processes.exit(owner, ExitReason.KILL);
      List<Object> messages = twoMessages();
      assertThat(messages.getFirst()).isEqualTo(new EtsTransfer(table, owner, "yours"));
      assertThat(messages.getLast()).isInstanceOf(Down.class);
      assertIsMine();
    });
  }

  /** That the calling process has all rights, and what was in the table. */
  private void assertIsMine() {
    assertThat(table.owner()).isSameAs(Processes.self());
    assertThat(table.rows()).containsExactly(new Row("a", 1));
    table.insert(new Row("b", 2));
    assertThat(table.size()).isEqualTo(2);
    table.delete();
  }

  @Test
  void an_heir_may_write_as_soon_as_the_owner_is_dead() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      asOwner(t -> t.setHeir(me, "yours"));
      Processes.exit(owner, ExitReason.KILL);
      assertIsMine();
    });
  }

  /** It would be the first message. */
  @Test
  @Case("ets_SUITE: heir_2")
  void an_heir_that_is_to_be_told_nothing_has_the_table_all_the_same() {
    TestProcess.run(() -> {
      Processes.monitor(owner);
      Pid<?> me = Processes.self();
      asOwner(t -> t.setHeir(me));
      Processes.exit(owner, ExitReason.KILL);
      assertThat(Processes.receive()).isInstanceOf(Down.class);
      assertIsMine();
    });
  }

  @Test
  @Case("ets_SUITE: setopts")
  void its_heir_can_be_changed_again_and_again() {
    Pid<Probe> other = Probe.started();
    asOwner(t -> {
      assertThat(t.info().heir()).isEmpty();
      t.setHeir(other);
      assertThat(t.info().heir()).hasValueSatisfying(pid -> assertThat(pid).isSameAs(other));
      t.setHeir(owner, "data");
      assertThat(t.info().heir()).hasValueSatisfying(pid -> assertThat(pid).isSameAs(owner));
      t.removeHeir();
      assertThat(t.info().heir()).isEmpty();
      assertThatThrownBy(() -> t.setHeir(other, null)).isInstanceOf(NullPointerException.class);
      assertThat(t.info().heir()).isEmpty();
      assertThat(t.info().protection()).isEqualTo(Access.PROTECTED);
    });
    kill(other);
    kill(owner);
  }

  @Test
  @Case("ets_SUITE: heir")
  void with_a_dead_heir_the_table_goes_with_its_owner() {
    Pid<Probe> heir = Probe.started();
    asOwner(t -> t.setHeir(heir, "yours"));
    kill(heir);
    assertThat(table.member("a")).isTrue();
    kill(owner);
    assertRefused(table, "it does not exist any more", () -> table.member("a"));
  }

  @Test
  void one_that_is_dead_already_becomes_no_heir_and_the_one_before_it_is_none_any_more() {
    Pid<Probe> dead = Probe.started();
    kill(dead);
    Pid<Probe> heir = Probe.started();
    asOwner(t -> t.setHeir(heir, "data"));
    asOwner(t -> t.setHeir(dead, "data"));
    assertThat(table.info().heir()).isEmpty();
    kill(owner);
    assertRefused(table, "it does not exist any more", table::owner);
    kill(heir);
  }

  @Test
  void an_owner_that_is_its_own_heir_has_none() {
    asOwner(t -> t.setHeir(owner, "mine"));
    kill(owner);
    assertRefused(table, "it does not exist any more", () -> table.member("a"));
  }

  @Test
  @Case("ets_SUITE: setopts")
  void an_heir_that_is_removed_gets_nothing() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Processes.monitor(owner);
      asOwner(t -> t.setHeir(me, "yours"));
      asOwner(Table::removeHeir);
      assertThat(table.info().heir()).isEmpty();
      Processes.exit(owner, ExitReason.KILL);
      assertThat(Processes.receive()).isInstanceOf(Down.class);
      assertRefused(table, "it does not exist any more", () -> table.member("a"));
    });
  }

  @Test
  void a_deleted_table_is_nobodys_heritage() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      Processes.monitor(owner);
      asOwner(t -> t.setHeir(me, "yours"));
      asOwner(Table::delete);
      Processes.exit(owner, ExitReason.KILL);
      assertThat(Processes.receive()).isInstanceOf(Down.class);
      assertRefused(table, "it does not exist any more", () -> table.member("a"));
    });
  }

  @Test
  @Case("ets_SUITE: give_away")
  void one_that_is_given_away_is_the_others_at_once() {
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      asOwner(t -> t.giveAway(me, "take it"));
      assertThat(Processes.receive()).isEqualTo(new EtsTransfer(table, owner, "take it"));
      TestProcess.run(
          () -> assertRefused(table, "only its owner", () -> table.insert(new Row("c", 1))));
      kill(owner);
      assertIsMine();
    });
  }

  @Test
  @Case("ets_SUITE: give_away")
  void who_has_given_it_away_has_no_rights_to_it() {
    Pid<Probe> next = Probe.started();
    asOwner(t -> {
      t.giveAway(next, "take it");
      assertRefused(t, "only its owner " + next + " may write", () -> t.insert(new Row("b", 1)));
      assertRefused(t, "only its owner " + next + " may give it away", () -> t.giveAway(next, ""));
      assertRefused(t, "only its owner " + next + " may delete it", t::delete);
    });
    kill(next);
    assertRefused(table, "it does not exist any more", () -> table.member("a"));
    kill(owner);
  }

  @Test
  @Case("ets_SUITE: give_away")
  void it_is_not_given_to_the_dead_or_to_oneself() {
    Pid<Probe> dead = Probe.started();
    kill(dead);
    asOwner(t -> {
      assertRefused(t, "which is dead", () -> t.giveAway(dead, "data"));
      assertRefused(t, "cannot give it to itself", () -> t.giveAway(owner, "data"));
      t.insert(new Row("b", 1));
    });
    assertThat(table.owner()).isSameAs(owner);
    kill(owner);
  }

  @Test
  @Case("ets_SUITE: give_away")
  void the_heir_stays_when_it_is_given_away() {
    Pid<Probe> next = Probe.started();
    TestProcess.run(() -> {
      Pid<?> me = Processes.self();
      asOwner(t -> {
        t.setHeir(me, "yours");
        t.giveAway(next, "take it");
      });
      assertThat(table.info().heir()).hasValueSatisfying(pid -> assertThat(pid).isSameAs(me));
      kill(owner);
      assertThat(table.owner()).isSameAs(next);
      Processes.exit(next, ExitReason.KILL);
      assertThat(Processes.receive()).isEqualTo(new EtsTransfer(table, next, "yours"));
      assertIsMine();
    });
  }

  /** Each is the heir of the one before it, and they die in turn. */
  @Test
  void a_table_outlives_a_chain_of_heirs() {
    Pid<Probe> last = owner;
    for (int i = 0; i < 100; i++) {
      Pid<Probe> heir = Probe.started();
      as(last, t -> t.setHeir(heir, "yours"));
      kill(last);
      assertThat(table.owner()).isSameAs(heir);
      int round = i;
      as(heir, t -> t.insert(new Row("a", round)));
      last = heir;
    }
    kill(last);
    assertRefused(table, "it does not exist any more", () -> table.member("a"));
  }

  @Test
  void an_heir_that_dies_with_the_owner_leaves_no_table_behind() {
    for (int round = 0; round < 200; round++) {
      Pid<Probe> first = Probe.started();
      Pid<Probe> heir = Probe.started();
      Table<String, Row> theirs =
          within(
              first,
              () -> {
                Table<String, Row> made = newTable(TableType.SET, "theirs");
                made.setHeir(heir, "yours");
                return made;
              });
      Pid<?> killer = Processes.spawn(() -> Processes.exit(heir, ExitReason.KILL));
      Processes.exit(first, ExitReason.KILL);
      kill(heir);
      kill(killer);
      eventually(() -> assertThat(TableName.taken()).isEmpty());
      assertRefused(theirs, "it does not exist any more", () -> theirs.member("a"));
    }
    kill(owner);
  }

  @Test
  void nobody_is_no_heir() {
    asOwner(t -> {
      assertThatThrownBy(() -> t.setHeir(null)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> t.setHeir(null, "data")).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> t.giveAway(null, "data")).isInstanceOf(NullPointerException.class);
    });
    assertThat(table.owner()).isSameAs(owner);
    kill(owner);
    assertRefused(table, "it does not exist any more", () -> table.member("a"));
  }

  /** It may be the heir's before that has been told. */
  @Test
  void a_table_that_the_heir_deletes_at_its_owners_death_is_gone() {
    kill(owner);
    for (int round = 0; round < 1_000; round++) {
      CompletableFuture<Pid<?>> heir = new CompletableFuture<>();
      CompletableFuture<Table<String, Row>> made = new CompletableFuture<>();
      Pid<?> first =
          Processes.spawn(() -> {
            Table<String, Row> mine = newTable(TableType.SET, Access.PUBLIC);
            mine.setHeir(heir.join());
            made.complete(mine);
            Processes.receive();
          });
      Pid<?> deleting =
          Processes.spawn(() -> {
            heir.complete(Processes.self());
            Table<String, Row> mine = made.join();
            Processes.send(first, "end");
            while (first.isAlive()) {
              Thread.onSpinWait();
            }
            mine.delete();
            assertThat(mine.isThere()).isFalse();
          });
      assertThat(Processes.awaitExit(deleting, ofSeconds(20))).contains(ExitReason.NORMAL);
    }
  }
}
