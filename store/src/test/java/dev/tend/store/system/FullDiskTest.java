package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.store.FailingIo;
import dev.tend.store.Preloaded;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole system on a disk that takes no more for a while: a preloaded library, failing_io.c. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"28, the disk is full", "30, SQLITE_IOERR_WRITE"})
  void changesAreRefusedReadsGoOnAndItRecoversByItself(int errno, String reason) throws Exception {
    Preloaded library = Preloaded.compiled("failing_io", temp);
    String said =
        library.run(
            Map.of("FAILING_IO", "shard-1.db"), OnFullDisk.class, library.library(), errno, reason);
    assertThat(said).contains("as it should be");
  }

  /** What happens on that disk. */
  static final class OnFullDisk {
    private OnFullDisk() {}

    public static void main(String[] args) throws Throwable {
      FailingIo disk = FailingIo.of(Path.of(args[0]));
      TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(2);
      system.beforeEach(null);
      Client bob = Client.of("on shard 1");
      Client alice = Client.of("on shard 2");
      assertThat(bob.list().shard()).isEqualTo(1);
      List<String> kept = new ArrayList<>();
      add(bob, "before", kept);
      alice.add("before", "before");
      Pid<?> worker = DatabaseWorker.of(1).whereis().orElseThrow();

      disk.fail(1, Integer.parseInt(args[1]), true);
      for (int i = 0; i < 100; i++) {
        assertThat(bob.add("refused " + i, "refused " + i))
            .isInstanceOfSatisfying(
                Outcome.Unavailable.class,
                refused -> {
                  assertThat(refused.why().sentence()).contains("shard-1.db", args[2]);
                  assertThat(refused.retryAfter()).isPositive();
                });
        assertThat(bob.titles()).containsExactlyElementsOf(kept);
      }
      assertThat(alice.add("meanwhile", "meanwhile")).isInstanceOf(Outcome.Changed.class);
      Processes.exit(TodoCache.serverProcess("on shard 1"), ExitReason.KILL);
      eventually(() -> assertThat(bob.titles()).as("read anew").containsExactlyElementsOf(kept));
      assertThat(Database.unavailable()).as("reads go on").isEmpty();

      disk.heal();
      add(bob, "after", kept);
      add(bob, "refused 1", kept); // the same command again: nothing of it had happened
      assertThat(bob.titles()).containsExactlyElementsOf(kept);
      assertThat(DatabaseWorker.of(1).whereis()).get().isEqualTo(worker);
      system.stop();
      system.start();
      assertThat(bob.titles()).containsExactlyElementsOf(kept);
      system.afterEach(null);
      System.out.println("as it should be");
    }

    private static void add(Client client, String title, List<String> kept) {
      assertThat(client.add(title, title)).isInstanceOf(Outcome.Changed.class);
      kept.add(title);
    }
  }
}
