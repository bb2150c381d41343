package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.Backup;
import dev.tend.store.DataFolder;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The backups of a running system and of another data folder, in one folder. */
class SharedBackupFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @TempDir Path temp;
  private Path backups;
  private Path other;
  private BackupPlace place;

  @BeforeEach
  void share() throws Exception {
    backups = temp.resolve("backups");
    other = temp.resolve("other");
    DataFolder.open(other, 1).close();
    place = system.data().backups(backups, "test");
  }

  @Test
  void thoseOfAnotherFolderAreNeitherCountedNorDeleted() throws Exception {
    Backup archive = Backup.make(other, backups, "test", NOON.minusSeconds(60), Headway.UNSEEN);
    assertThat(place.finished()).isEmpty();
    place.make(NOON, true, Headway.UNSEEN);
    place.make(NOON.plusSeconds(3_600), true, Headway.UNSEEN);
    Backup newer = Backup.make(other, backups, "test", NOON.plusSeconds(7_200), Headway.UNSEEN);
    place.keep(1, NOON.plusSeconds(7_200));
    assertThat(place.finished()).extracting(Made::name).containsExactly("tend-20261128T130000Z");
    archive.verify(Headway.UNSEEN);
    newer.verify(Headway.UNSEEN);
    assertThat(backups.toFile().list()).hasSize(3);
  }

  @Test
  void oneThatGoesOnIsLeftAloneWhoseverItIs() throws Exception {
    Path elsewhere = temp.resolve("elsewhere");
    Made made = system.data().backups(elsewhere, "test").make(NOON, true, Headway.UNSEEN);
    Gate copying = new Gate();
    Gate making = new Gate();
    FutureTask<Backup> copy =
        begun(() -> Backup.open(made.path()).copyTo(backups, (_, _) -> copying.pass()));
    FutureTask<Backup> others =
        begun(() ->
            Backup.make(other, backups, "test", NOON.plusSeconds(1), (_, _) -> making.pass()));
    try {
      copying.awaitReached();
      making.awaitReached();
      place.make(NOON.plusSeconds(2), true, Headway.UNSEEN);
    } finally {
      copying.open();
      making.open();
    }
    copy.get(30, TimeUnit.SECONDS).verify(Headway.UNSEEN);
    others.get(30, TimeUnit.SECONDS).verify(Headway.UNSEEN);
    assertThat(place.finished())
        .extracting(Made::name)
        .containsExactly("tend-20261128T120002Z", "tend-20261128T120000Z");
  }

  private static FutureTask<Backup> begun(Callable<Backup> work) {
    FutureTask<Backup> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task;
  }

  @Test
  void ofWhatProgramsLeftThatDiedOnesOwnIsRemoved() throws Exception {
    Path own = left("tend-20261101T000000Z.unfinished");
    Files.createFile(own.resolve("unfinished-of-" + TodoSystem.catalog(system.data().path())));
    Path others = left("tend-20261102T000000Z.unfinished");
    Files.createFile(others.resolve("unfinished-of-" + TodoSystem.catalog(other)));
    Path ofAnEarlierTend = left("tend-20261103T000000Z.unfinished");
    place.make(NOON, true, Headway.UNSEEN);
    assertThat(own).doesNotExist();
    assertThat(others.resolve("catalog.db")).exists();
    assertThat(ofAnEarlierTend.resolve("catalog.db")).exists();
  }

  private Path left(String name) throws Exception {
    Path left = Files.createDirectories(backups.resolve(name));
    Files.createFile(left.resolve("catalog.db"));
    return left;
  }
}
