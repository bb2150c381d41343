package dev.tend.store;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are ended while they make a backup. */
class EndedBackupTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path temp;

  /** Makes a backup, or copies one, and does not come beyond its first part. */
  static final class Halfway {
    public static void main(String[] args) throws Exception {
      Path from = Path.of(args[1]);
      Path to = Path.of(args[2]);
      Headway held =
          (_, _) -> {
            while (true) {
              LockSupport.park();
            }
          };
      if (args[0].equals("make")) {
        Backup.make(from, to, "test", NOON, held);
      } else {
        Backup.open(from).copyTo(to, held);
      }
    }
  }

  /** Is told to end when all is written, and gives the backup its name while it is deleted. */
  static final class AtTheEnd {
    private static final int FILES = 20_000;

    public static void main(String[] args) throws Exception {
      Draft.write(
          Path.of(args[0]),
          "tend-20261128T120000Z",
          "uuid",
          draft -> {
            for (int file = 0; file < FILES; file++) {
              Files.createFile(draft.resolve("%05d".formatted(file)));
            }
            Thread.ofPlatform().start(() -> System.exit(3));
            while (Files.exists(draft.resolve("%05d".formatted(0)))) {
              Thread.onSpinWait();
            }
          });
    }
  }

  private Path data() throws DataFolderException {
    Path data = temp.resolve("data");
    DataFolder.open(data, 1).close();
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"make", "copy"})
  void oneThatIsToldToEndLeavesNothing(String way) throws Exception {
    Path from = data();
    if (way.equals("copy")) {
      from = Backup.make(from, temp.resolve("backups"), "test", NOON, Headway.UNSEEN).path();
    }
    Path to = temp.resolve("to");
    Process process = halfway(way, from, to);
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(to).isEmptyDirectory();
  }

  @Test
  void oneThatIsBeingDeletedGetsNoName() throws Exception {
    Path to = temp.resolve("to");
    assertThat(started(AtTheEnd.class, to.toString()).waitFor()).isEqualTo(3);
    assertThat(to).isEmptyDirectory();
  }

  @Test
  void whatOneThatIsKilledLeavesIsNamedAndNotInTheWay() throws Exception {
    Path data = data();
    Path to = temp.resolve("to");
    Path left = to.resolve("tend-20261128T120000Z.unfinished");
    Claim claim = new Claim(left, Marker.read(data.resolve(Marker.NAME)).catalog());
    Process process = halfway("make", data, to);
    assertThat(claim.inherit()).isFalse();
    process.destroyForcibly().waitFor();
    assertThat(new Claim(left, "another").inherit()).isFalse();
    assertThat(claim.inherit()).isTrue();
    claim.release();
    assertThat(Backup.unfinished(to)).containsExactly(left);
    Backup made = Backup.make(data, to, "test", NOON, Headway.UNSEEN);
    assertThat(made.path()).isEqualTo(to.resolve("tend-20261128T120000Z-2"));
    assertThat(Backup.unfinished(to)).containsExactly(left);
    assertThat(Backup.unfinished(temp.resolve("nowhere"))).isEmpty();
  }

  @RepeatedTest(200)
  void oneThatFailsLeavesTheNextOfItsNameAlone() throws Exception {
    Path next = temp.resolve("tend-20261128T120000Z.unfinished");
    Thread other =
        new Thread(() -> {
          while (!next.toFile().mkdir()) {
            Thread.onSpinWait();
          }
        });
    assertThatThrownBy(() ->
            Draft.write(
                temp,
                "tend-20261128T120000Z",
                "uuid",
                _ -> {
                  other.start();
                  throw new IOException("no space");
                }))
        .hasMessage("no space");
    other.join();
    assertThat(next).exists();
  }

  private Process halfway(String way, Path from, Path to) throws Exception {
    Process process = started(Halfway.class, way, from.toString(), to.toString());
    eventually(() -> {
      assertThat(process.isAlive()).isTrue();
      assertThat(to).isDirectoryRecursivelyContaining(path -> path.endsWith("catalog.db"));
    });
    return process;
  }

  private static Process started(Class<?> program, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
