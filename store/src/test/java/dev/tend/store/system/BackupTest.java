package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.Backup;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Standstill;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoServer;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a running system, restored and looked at. */
class BackupTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @TempDir Path temp;

  @Test
  void aRestoredListHasANewIncarnationAndTheSameEntries() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Made made = place().make(NOON, true, Headway.UNSEEN);
    assertThat(made.lists()).isEqualTo(1);
    assertThat(made.entries()).isEqualTo(1);
    bob.add("b", "after it");
    Path restored = temp.resolve("restored");
    Backup.open(made.path()).restore(restored, false, NOON, Headway.UNSEEN);
    system.stop();
    system.startOn(restored);

    assertThat(bob.titles()).containsExactly("Dentist");
    Reading.Found found = (Reading.Found) ListClient.read(bob.id());
    assertThat(found.published().catalog().incarnation()).isNotEqualTo(bob.list().incarnation());
    String tag = bob.list().incarnation() + "-1";
    assertThat(ListClient.call(bob.id(), new TodoServer.Delete(Client.command("d", tag), 1)))
        .isInstanceOf(Outcome.Stale.class);
    assertThat(bob.add("a", "Dentist")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactly("Dentist");
  }

  @Test
  void aWorkerKilledWhileItStandsStillMakesTheCutBeginAgain() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Standstill standstill = begun();
    long epoch = standstill.shardEpoch(bob.list().shard());
    Processes.exit(DatabaseWorker.of(bob.list().shard()).whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> assertThat(bob.add("b", "written")).isInstanceOf(Outcome.Changed.class));
    standstill.close();
    try (Standstill later = begun()) {
      assertThat(later.shardEpoch(bob.list().shard())).isGreaterThan(epoch);
    }
  }

  @Test
  void aStandstillThatNobodyEndsEndsByItself() {
    Client bob = Client.of("Bob's list");
    Standstill abandoned = begun();
    assertThat(bob.add("a", "Dentist")).isInstanceOf(Outcome.Changed.class);
    assertThat(abandoned.lasts()).isFalse();
  }

  @Test
  void whileOneFileCannotBeOpenedThereIsNoBackupAndNothingIsLeftOfIt() throws Exception {
    Path shard = system.data().path().resolve("shard-2.db");
    system.stop();
    Files.move(shard, temp.resolve("elsewhere"));
    system.start();
    assertThatThrownBy(() -> place().make(NOON, true, Headway.UNSEEN))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("shard-2.db");
    assertThat(place().finished()).isEmpty();
    assertThat(backups().toFile().list()).isEmpty();
    Files.move(temp.resolve("elsewhere"), shard);
  }

  @Test
  void theNewestAreKeptAndWhatIsUnfinishedIsNone() throws Exception {
    Path left = backups().resolve("tend-20261101T000000Z.unfinished");
    Files.createDirectories(left);
    Files.createFile(left.resolve("unfinished-of-" + TodoSystem.catalog(system.data().path())));
    Files.createDirectories(backups().resolve("mine"));
    for (int hour = 0; hour < 4; hour++) {
      place().make(NOON.plusSeconds(3_600L * hour), true, Headway.UNSEEN);
    }
    place().keep(2, NOON.plusSeconds(10_800));
    assertThat(place().finished().stream().map(Made::name))
        .containsExactly("tend-20261128T150000Z", "tend-20261128T140000Z");
    assertThat(backups().toFile().list())
        .containsExactlyInAnyOrder("tend-20261128T150000Z", "tend-20261128T140000Z", "mine");
  }

  @Test
  void ofABackupWhoseProcessIsKilledNothingIsLeftThatLooksWhole() throws Exception {
    Client.of("Bob's list").add("a", "Dentist");
    Gate copying = new Gate();
    AtomicBoolean first = new AtomicBoolean(true);
    Pid<?> making =
        Processes.spawn(
            StartOptions.defaults().onPlatformThread(),
            () -> {
              try {
                place()
                    .make(
                        NOON,
                        true,
                        (_, _) -> {
                          if (first.compareAndSet(true, false)) {
                            copying.pass();
                          }
                        });
              } catch (BackupFailed expected) {
                // It was interrupted.
              }
            });
    copying.awaitReached();
    assertThat(backups().toFile().list()).containsExactly("tend-20261128T120000Z.unfinished");
    assertThat(place().finished()).isEmpty();
    Path unfinished = backups().resolve("tend-20261128T120000Z.unfinished");
    assertThatThrownBy(() -> Backup.open(unfinished)).hasMessageContaining("unfinished");
    Processes.exit(making, ExitReason.KILL);
    copying.open();
    eventually(() -> assertThat(backups().toFile().list()).isEmpty());
    place().make(NOON, true, Headway.UNSEEN);
    assertThat(place().finished()).hasSize(1);
  }

  /** One that lasted when all stood still; a shard may be opening still, or be too slow for it. */
  private Standstill begun() {
    AtomicReference<Standstill> begun = new AtomicReference<>();
    eventually(() -> {
      Stored<Standstill> answer = Standstill.begin(system.data().store().shards());
      assertThat(answer).isInstanceOf(Stored.Done.class);
      Standstill standstill = ((Stored.Done<Standstill>) answer).value();
      boolean lasts = standstill.lasts();
      if (!lasts) {
        standstill.close();
      }
      assertThat(lasts).isTrue();
      begun.set(standstill);
    });
    return begun.get();
  }

  private Path backups() {
    return temp.resolve("backups");
  }

  private BackupPlace place() {
    return system.data().backups(backups(), "test");
  }
}
