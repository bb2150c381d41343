package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoCache;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole system on a disk that takes no more for a while: a preloaded library, failing_io.c. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final Path SOURCE = Path.of("src/test/c/failing_io.c").toAbsolutePath();

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"28, the disk is full", "30, SQLITE_IOERR_WRITE"})
  void changesAreRefusedReadsGoOnAndItRecoversByItself(int errno, String reason) throws Exception {
    assumeTrue(Files.exists(SOURCE) && Files.isExecutable(Path.of("/usr/bin/cc")), "needs cc");
    Path library = temp.resolve("failing_io.so");
    run(
        new ProcessBuilder(
            "cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl"));

    ProcessBuilder server =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            OnFullDisk.class.getName(),
            library.toString(),
            String.valueOf(errno),
            reason);
    server.environment().put("LD_PRELOAD", library.toString());
    server.environment().put("FAILING_IO", "shard-1.db");
    assertThat(run(server)).contains("as it should be");
  }

  private static String run(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** What happens on that disk. */
  static final class OnFullDisk {
    private OnFullDisk() {}

    @SuppressWarnings("restricted") // the library is our own
    public static void main(String[] args) throws Throwable {
      MethodHandle failIo =
          Linker.nativeLinker()
              .downcallHandle(
                  SymbolLookup.libraryLookup(Path.of(args[0]), Arena.global())
                      .find("fail_io")
                      .orElseThrow(),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_INT));
      TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(2);
      system.beforeEach(null);
      Client bob = Client.of("on shard 1");
      Client alice = Client.of("on shard 2");
      assertThat(bob.list().shard()).isEqualTo(1);
      List<String> kept = new ArrayList<>();
      add(bob, "before", kept);
      alice.add("before", "before");
      Pid<?> worker = DatabaseWorker.of(1).whereis().orElseThrow();

      long _ = (long) failIo.invokeExact(1L, Integer.parseInt(args[1]), 1);
      for (int i = 0; i < 100; i++) {
        assertThat(bob.add("refused " + i, "refused " + i))
            .isInstanceOfSatisfying(
                Outcome.Unavailable.class,
                refused -> {
                  assertThat(refused.reason()).contains("shard-1.db", args[2]);
                  assertThat(refused.retryAfter()).isPositive();
                });
        assertThat(bob.titles()).containsExactlyElementsOf(kept);
      }
      assertThat(alice.add("meanwhile", "meanwhile")).isInstanceOf(Outcome.Changed.class);
      Processes.exit(TodoCache.serverProcess("on shard 1"), ExitReason.KILL);
      eventually(() -> assertThat(bob.titles()).as("read anew").containsExactlyElementsOf(kept));
      assertThat(Database.unavailable()).as("reads go on").isEmpty();

      long _ = (long) failIo.invokeExact(0L, 0, 0);
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
