package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.store.Preloaded;
import dev.tend.todo.Database;
import dev.tend.todo.Outcome;
import dev.tend.todo.journal.Shard;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void aSyncThatFailsAtCommitIsUnknownAndTheHeadOfTheJournalDecides() throws Exception {
    ProcessBuilder server = server("eio");
    server.environment().put("FAILING_SYNC", temp.resolve("control").toString());
    run(server);
  }

  private List<String> acknowledgedWithoutSync(String synchronous) throws Exception {
    ProcessBuilder server = server(synchronous);
    Path log = temp.resolve("log");
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

  private ProcessBuilder server(String mode) throws Exception {
    Path library = Preloaded.compiled("failing_sync", temp).library();
    ProcessBuilder server =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            temp.toString(),
            mode);
    server.environment().put("LD_PRELOAD", library.toString());
    return server;
  }

  private static void run(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** The system and a client, in a JVM of their own. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws Exception {
      Path temp = Path.of(args[0]);
      TodoSystem system = TodoSystem.withFaults(FaultyStore::new);
      system.beforeEach(null);
      switch (args[1]) {
        case "full" -> changes(temp.resolve("log"));
        case "off" -> {
          FaultyStore.commit =
              (shard, batch) -> {
                synchronousOff(shard);
                return shard.commit(batch);
              };
          changes(temp.resolve("log"));
        }
        default -> failingSync(temp.resolve("control"), system);
      }
      system.afterEach(null);
    }

    private static void changes(Path log) throws Exception {
      Client bob = Client.of("Bob's list");
      for (int i = 0; i < CHANGES; i++) {
        note(log, "ask " + i);
        assertThat(bob.add("key " + i, "entry " + i)).isInstanceOf(Outcome.Changed.class);
        note(log, "ack " + i);
      }
    }

    private static void failingSync(Path control, TodoSystem system) throws Exception {
      Client bob = Client.of("Bob's list");
      bob.add("first", "first");
      Files.writeString(control, "fail shard-" + bob.list().shard() + ".db-wal");
      CompletableFuture<Outcome> unknown = bob.addLater("key", "Dentist");
      eventually(Duration.ofSeconds(60), () -> assertThat(Database.unavailable()).hasSize(1));
      assertThat(unknown).as("nothing is told while nothing is known").isNotDone();
      assertThat(bob.titles()).containsExactly("first");
      Files.delete(control);
      assertThat(((Outcome.Changed) unknown.get()).revision()).isEqualTo(2);
      assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2);
      system.stop();
      system.start();
      assertThat(bob.titles()).containsExactly("first", "Dentist");
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
