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
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.Backup;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.BackupRun;
import dev.tend.todo.backup.BackupSchedule;
import dev.tend.todo.backup.Backups;
import dev.tend.todo.backup.Headway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Old backups, and beginnings of some, that cannot be deleted: a disk station adds to folders. */
class UndeletableBackupTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final Logger LOG = Logger.getLogger("dev.tend.store.BackupFolder");

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @TempDir Path temp;

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          said.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(log);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(log);
  }

  private BackupPlace place() {
    return system.data().backups(temp, "test");
  }

  @Test
  void aBeginningIsNamedInTheLogAndTheNextBackupIsMade() throws Exception {
    Path full = Files.createDirectory(temp.resolve("tend-20261101T000000Z.unfinished"));
    Files.createFile(full.resolve("unfinished-of-" + TodoSystem.catalog(system.data().path())));
    Files.createFile(full.resolve("catalog.db"));
    Files.createDirectory(full.resolve("@eaDir"));
    Path file = Files.createFile(temp.resolve("tend-20261102T000000Z.unfinished"));
    for (int hour = 0; hour < 2; hour++) {
      said.clear();
      Made made = place().make(NOON.plusSeconds(3_600L * hour), true, Headway.UNSEEN);
      Backup.open(made.path()).verify(Headway.UNSEEN);
      assertThat(said)
          .containsExactly(
              "WARNING The backup %s was not finished and could not be deleted: it holds a folder @eaDir. If it is not just being made, delete it yourself."
                  .formatted(full),
              "WARNING The backup %s was not finished and does not say of which data folder it is. If it is not just being made, delete it yourself."
                  .formatted(file));
    }
    assertThat(full.resolve("catalog.db")).doesNotExist();
  }

  @Test
  void anOldOneIsNamedInTheLogAndTheNewOneIsABackup() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    Backups.Plan plan =
        new Backups.Plan(
            place(),
            Optional.of(new BackupSchedule(Duration.ofHours(6), 1)),
            now::get,
            Duration.ofMillis(5));
    Pid<?> supervisor =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(30)),
                List.of(Backups.child(plan)),
                StartOptions.defaults())
            .orThrow();
    try {
      eventually(() -> assertMade("tend-20261128T120000Z"));
      Files.createDirectory(temp.resolve("tend-20261128T120000Z").resolve("@eaDir"));
      now.set(NOON.plus(Duration.ofHours(6)));
      eventually(() -> assertMade("tend-20261128T180000Z"));
      assertThat(said)
          .containsExactly(
              "WARNING The backup %s is not kept and could not be deleted: it holds a folder @eaDir. Delete it yourself."
                  .formatted(temp.resolve("tend-20261128T120000Z.unfinished")));
      now.set(NOON.plus(Duration.ofHours(12)));
      eventually(() -> assertMade("tend-20261129T000000Z"));
      assertThat(place().finished())
          .extracting(Made::name)
          .containsExactly("tend-20261129T000000Z");
    } finally {
      Processes.stop(supervisor, ExitReason.SHUTDOWN, Duration.ofSeconds(30));
    }
  }

  /** With whatever comes after it. */
  private static void assertMade(String name) {
    assertThat(Backups.latest())
        .containsInstanceOf(BackupRun.Finished.class)
        .map(run -> ((BackupRun.Finished) run).made().name())
        .contains(name);
  }
}
