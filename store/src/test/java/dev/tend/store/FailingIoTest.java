package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each system call that the store makes on a shard's files fails, one after the other; every ninth
 * but for {@code -Plong}. A preloaded library in another JVM, see failing_io.c and {@link
 * OnFailingIo}.
 */
@EnabledOnOs(OS.LINUX)
class FailingIoTest {
  private static final Path SOURCE = Path.of("src/test/c/failing_io.c").toAbsolutePath();

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(OnFailingIo.Fault.class)
  void whichever_call_fails_what_was_acknowledged_is_there_and_what_was_refused_is_not(
      OnFailingIo.Fault fault) throws Exception {
    assumeTrue(Files.exists(SOURCE) && Files.isExecutable(Path.of("/usr/bin/cc")), "needs cc");
    Path library = temp.resolve("failing_io.so");
    run(
        new ProcessBuilder(
            "cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl"));

    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            OnFailingIo.class.getName(),
            temp.toString(),
            library.toString(),
            fault.name(),
            String.valueOf(Boolean.getBoolean("tend.long") ? 1 : 9));
    program.environment().put("LD_PRELOAD", library.toString());
    program.environment().put("FAILING_IO", "shard-1.db");
    String said = run(program);
    System.out.print(said);
    assertThat(said).contains("as it should be");
  }

  private static String run(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
