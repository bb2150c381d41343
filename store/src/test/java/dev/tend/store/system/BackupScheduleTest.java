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
import dev.tend.store.DataFolder;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.BackupRun;
import dev.tend.todo.backup.BackupSchedule;
import dev.tend.todo.backup.Backups;
import dev.tend.todo.backup.Headway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Backups made every six hours, of which three are kept, by a clock that the test moves. */
class BackupScheduleTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @TempDir Path temp;
  @TempDir Path others;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-28T00:00:00Z"));
  private BackupPlace place;
  private Pid<?> supervisor;

  @BeforeEach
  void start() {
    place = system.data().backups(temp, "test");
    Backups.Plan plan =
        new Backups.Plan(
            place,
            Optional.of(new BackupSchedule(Duration.ofHours(6), 3)),
            now::get,
            Duration.ofMillis(5));
    supervisor =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(30)),
                List.of(Backups.child(plan)),
                StartOptions.defaults())
            .orThrow();
  }

  @AfterEach
  void stop() {
    Processes.stop(supervisor, ExitReason.SHUTDOWN, Duration.ofSeconds(30));
  }

  private List<String> names() throws Exception {
    return place.finished().stream().map(Made::name).toList();
  }

  @Test
  void theFirstIsMadeAtOnceTheOthersWhenTheirTimeHasComeAndTheOldestGo() throws Exception {
    eventually(() -> assertThat(names()).containsExactly("tend-20261128T000000Z"));
    now.set(Instant.parse("2026-11-28T06:00:00Z"));
    eventually(() -> assertThat(names()).hasSize(2));
    now.set(Instant.parse("2026-11-28T12:00:00Z"));
    eventually(() -> assertThat(names()).hasSize(3));
    now.set(Instant.parse("2026-11-28T18:30:00Z"));
    eventually(() ->
        assertThat(names())
            .containsExactly(
                "tend-20261128T183000Z", "tend-20261128T120000Z", "tend-20261128T060000Z"));
  }

  @Test
  void whatSomebodyAskedForNeitherGoesNorMakesOthersGo() throws Exception {
    eventually(() -> assertThat(names()).containsExactly("tend-20261128T000000Z"));
    for (int hour = 1; hour < 5; hour++) {
      now.set(Instant.parse("2026-11-28T0%d:00:00Z".formatted(hour)));
      String key = "asked at " + hour;
      eventually(() ->
          assertThat(Backups.make(key))
              .isInstanceOfSatisfying(
                  BackupRun.Finished.class, run -> assertThat(run.key()).isEqualTo(key)));
    }
    assertThat(names()).hasSize(5);
    for (int hour : List.of(10, 16, 22)) {
      now.set(Instant.parse("2026-11-28T%d:00:00Z".formatted(hour)));
      String made = "tend-20261128T%d0000Z".formatted(hour);
      eventually(() -> assertThat(names()).contains(made));
    }
    eventually(() ->
        assertThat(names())
            .containsExactly(
                "tend-20261128T220000Z",
                "tend-20261128T160000Z",
                "tend-20261128T100000Z",
                "tend-20261128T040000Z",
                "tend-20261128T030000Z",
                "tend-20261128T020000Z",
                "tend-20261128T010000Z"));
  }

  @Test
  void oneOfAnotherDataFolderIsNoReasonToMakeNone() throws Exception {
    eventually(() -> assertThat(names()).containsExactly("tend-20261128T000000Z"));
    Instant next = Instant.parse("2026-11-28T06:00:00Z");
    Path other = others.resolve("data");
    DataFolder.open(other, 1).close();
    Backup.make(other, temp, "test", next, Headway.UNSEEN);
    now.set(next);
    eventually(() ->
        assertThat(names()).containsExactly("tend-20261128T060000Z-2", "tend-20261128T000000Z"));
  }

  @Test
  void aRestartedProcessGoesByWhatIsThere() throws Exception {
    eventually(() -> assertThat(names()).hasSize(1));
    Pid<?> first = Backups.NAME.whereis().orElseThrow();
    Processes.exit(first, ExitReason.KILL);
    eventually(() -> assertThat(Backups.NAME.whereis()).isPresent().get().isNotEqualTo(first));
    now.set(Instant.parse("2026-11-28T06:00:00Z"));
    eventually(() ->
        assertThat(names()).containsExactly("tend-20261128T060000Z", "tend-20261128T000000Z"));
  }

  @Test
  void afterTheClockWasPutBackNewBackupsReplaceThoseOfTheWrongTime() throws Exception {
    for (String time : List.of("2031-01-01T00:00:00Z", "2031-01-01T06:00:00Z")) {
      now.set(Instant.parse(time));
      eventually(() -> assertThat(place.finished().getFirst().made()).isEqualTo(now.get()));
    }
    now.set(Instant.parse("2026-11-28T06:00:00Z"));
    eventually(() -> assertThat(names()).contains("tend-20261128T060000Z"));
    now.set(Instant.parse("2026-11-28T12:00:00Z"));
    eventually(() ->
        assertThat(Backups.latest())
            .containsInstanceOf(BackupRun.Finished.class)
            .get()
            .satisfies(
                run -> assertThat(((BackupRun.Finished) run).made().made()).isEqualTo(now.get())));
    assertThat(names()).contains("tend-20261128T060000Z", "tend-20261128T120000Z").hasSize(3);
  }

  @Test
  void whoAsksTwiceWithOneKeyGetsOneBackup() throws Exception {
    eventually(() -> assertThat(Backups.latest()).containsInstanceOf(BackupRun.Finished.class));
    eventually(() -> {
      assertThat(Backups.make("key").key()).isEqualTo("key");
      assertThat(Backups.latest()).containsInstanceOf(BackupRun.Finished.class);
    });
    BackupRun again = Backups.make("key");
    assertThat(again).isInstanceOf(BackupRun.Finished.class);
    assertThat(names()).hasSize(2);
  }
}
