package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.todo.Outcome;
import dev.tend.todo.journal.Shard;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * No acknowledgement precedes its sync. {@code kill -9} cannot show that (the page cache survives),
 * so a preloaded library notes each sync of the server's JVM in the same log in which its client
 * notes what it asked and what was acknowledged.
 */
@EnabledOnOs(OS.LINUX)
class SyncedBeforeAcknowledgedTest {
  private static final Path SOURCE = Path.of("src/test/c/failing_sync.c").toAbsolutePath();
  private static final int CHANGES = 50;

  @TempDir Path temp;

  @Test
  void everyAcknowledgementComesAfterASyncOfTheJournal() throws Exception {
    assertThat(acknowledgedWithoutSync("full")).isEmpty();
  }

  @Test
  void withSynchronousOffThisTestIsRed() throws Exception {
    assertThat(acknowledgedWithoutSync("off")).isNotEmpty();
  }

  private List<String> acknowledgedWithoutSync(String synchronous) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "needs a C compiler");
    Path library = temp.resolve("failing_sync.so");
    run(
        new ProcessBuilder(
            "cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl"));
    Path log = temp.resolve("log");
    ProcessBuilder server =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            log.toString(),
            synchronous);
    server.environment().put("LD_PRELOAD", library.toString());
    server.environment().put("SYNC_LOG", log.toString());
    run(server);

    List<String> early = new ArrayList<>();
    boolean synced = false;
    int acknowledged = 0;
    for (String line : Files.readAllLines(log)) {
      if (line.startsWith("ask")) {
        synced = false;
      } else if (line.startsWith("sync shard-") && line.endsWith(".db-wal")) {
        synced = true;
      } else if (line.startsWith("ack")) {
        acknowledged++;
        if (!synced) {
          early.add(line);
        }
      }
    }
    assertThat(acknowledged).isEqualTo(CHANGES);
    return early;
  }

  private static void run(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The system and one client that has one change on its way at a time. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws Exception {
      Path log = Path.of(args[0]);
      TodoSystem system = TodoSystem.withFaults(FaultyStore::new);
      system.beforeEach(null);
      if (args[1].equals("off")) {
        FaultyStore.commit =
            (shard, batch) -> {
              synchronousOff(shard);
              return shard.commit(batch);
            };
      }
      Client bob = Client.of("Bob's list");
      for (int i = 0; i < CHANGES; i++) {
        note(log, "ask " + i);
        if (!(bob.add("key " + i, "entry " + i) instanceof Outcome.Changed)) {
          throw new AssertionError("not acknowledged: " + i);
        }
        note(log, "ack " + i);
      }
      system.afterEach(null);
    }

    private static void note(Path log, String line) throws Exception {
      Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Through the back door: the product has no such setting. */
    private static void synchronousOff(Shard shard) {
      try {
        Object file = field(shard, "file");
        try (Statement sql = ((Connection) field(file, "connection")).createStatement()) {
          sql.executeUpdate("PRAGMA synchronous = OFF");
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static Object field(Object owner, String name) throws Exception {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    }
  }
}
