package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.store.Backup;
import dev.tend.store.FailingIo;
import dev.tend.store.Preloaded;
import dev.tend.todo.Outcome;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupRun;
import dev.tend.todo.backup.BackupSchedule;
import dev.tend.todo.backup.Backups;
import dev.tend.todo.backup.Headway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the backups is full while one is made: a preloaded library, failing_io.c. */
@EnabledOnOs(OS.LINUX)
class FullBackupDiskTest {
  @TempDir Path temp;

  @Test
  void nothingIsLeftOfABackupThatDidNotFitItIsToldAndTheServerGoesOn() throws Exception {
    Preloaded library = Preloaded.compiled("failing_io", temp);
    String said =
        library.run(
            Map.of("FAILING_IO", ".unfinished/"),
            OnFullDisk.class,
            library.library(),
            temp.resolve("backups"),
            Boolean.getBoolean("tend.long") ? 1 : 9);
    assertThat(said).contains("as it should be");
  }

  /** What happens on that disk. */
  static final class OnFullDisk {
    private static final int NO_SPACE = 28;
    private static final String REASONS =
        "the disk is full|No space left on device|it is missing or cannot be opened"
            + "|the disk has failed: [^\\n]+";
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final FailingIo disk;
    private final Path folder;
    private final TodoSystem system = TodoSystem.onDisk().shards(2);
    private final List<String> kept = new ArrayList<>();
    private Client bob;
    private BackupPlace place;

    private OnFullDisk(FailingIo disk, Path folder) {
      this.disk = disk;
      this.folder = folder;
    }

    public static void main(String[] args) throws Throwable {
      OnFullDisk test = new OnFullDisk(FailingIo.of(Path.of(args[0])), Path.of(args[1]));
      test.system.beforeEach(null);
      test.bob = Client.of("Bob's list");
      test.place = test.system.data().backups(test.folder, "test");
      test.whicheverWriteIsTheFirstThatDoesNotFit(Integer.parseInt(args[2]));
      test.aScheduledOneIsToldAndTheNextIsMade();
      test.system.afterEach(null);
      System.out.println("as it should be");
    }

    private void add() {
      String title = "entry " + kept.size();
      assertThat(bob.add(title, title)).isInstanceOf(Outcome.Changed.class);
      kept.add(title);
    }

    private void whicheverWriteIsTheFirstThatDoesNotFit(int step) throws Throwable {
      add();
      Path whole = place.make(NOON.minusSeconds(60), true, Headway.UNSEEN).path();
      List<String> before = List.of(whole.getFileName().toString());
      boolean met = true;
      int failures = 0;
      for (int n = 1; met; n += step) {
        add();
        disk.fail(n, NO_SPACE, true);
        AtomicBoolean first = new AtomicBoolean(true);
        try {
          place.make(
              NOON,
              true,
              (_, _) -> {
                if (first.getAndSet(false)) {
                  add();
                }
              });
        } catch (BackupFailed failed) {
          failures++;
          assertThat(failed.getMessage())
              .as("call " + n)
              .matches("No backup could be written to " + folder + ": (" + REASONS + ")\\.");
          assertThat(folder).as("call " + n).isDirectoryContaining(whole::equals);
          assertThat(folder.toFile().list()).as("call " + n).hasSize(1);
          place.keep(1, Instant.MAX);
          assertThat(names()).as("call " + n).isEqualTo(before);
        }
        met = disk.heal() >= n;
        add();
        assertThat(bob.titles()).containsExactlyElementsOf(kept);
      }
      assertThat(failures).isGreaterThan(9);
      Backup.open(whole).verify(Headway.UNSEEN);
      Backup.open(place.finished().getFirst().path()).verify(Headway.UNSEEN);
    }

    private List<String> names() throws BackupFailed {
      return place.finished().stream().map(BackupPlace.Made::name).toList();
    }

    private void aScheduledOneIsToldAndTheNextIsMade() throws Throwable {
      for (String name : names()) {
        try (var files = Files.newDirectoryStream(folder.resolve(name))) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
        Files.delete(folder.resolve(name));
      }
      AtomicReference<Instant> now = new AtomicReference<>(NOON);
      disk.fail(9, NO_SPACE, true);
      Backups.Plan plan =
          new Backups.Plan(
              place,
              Optional.of(new BackupSchedule(Duration.ofHours(6), 3)),
              now::get,
              Duration.ofMillis(5));
      Pid<?> supervisor =
          Supervisor.start(
                  new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(30)),
                  List.of(Backups.child(plan)),
                  StartOptions.defaults())
              .orThrow();
      eventually(() ->
          assertThat(Backups.latest())
              .containsInstanceOf(BackupRun.Failed.class)
              .map(run -> ((BackupRun.Failed) run).reason())
              .get()
              .asString()
              .startsWith("No backup could be written to " + folder + ": "));
      assertThat(names()).isEmpty();
      add();
      disk.heal();
      now.set(NOON.plus(Duration.ofMinutes(37)));
      eventually(() -> assertThat(names()).containsExactly("tend-20261128T123700Z"));
      eventually(() -> assertThat(Backups.latest()).containsInstanceOf(BackupRun.Finished.class));
      Processes.stop(supervisor, ExitReason.SHUTDOWN, Duration.ofSeconds(30));
    }
  }
}
