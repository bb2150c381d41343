package dev.tend.otp.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that is asked to end stops its applications in order, and then goes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShutdownTest {
  private static final int SIGTERM = 128 + 15;

  private static Process program(String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ShutdownProgram.class.getName(),
            mode)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What it says, and its exit status; sends SIGTERM when it has said this. */
  private static List<String> run(String mode, String until, int status) throws Exception {
    Process process = program(mode);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals(until)) {
          process.toHandle().destroy(); // leaves its streams open
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended, having said %s", said).isTrue();
      assertThat(process.exitValue()).as("exit status, having said %s", said).isEqualTo(status);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void sigterm_stops_the_last_first() throws Exception {
    assertThat(run("orderly", "ready", SIGTERM))
        .containsExactly(
            "start store",
            "start shop",
            "ready",
            "stop shop shutdown",
            "after shop",
            "stop store shutdown",
            "last");
  }

  @ParameterizedTest
  @CsvSource({"stuck, ready", "slow, starting shop"})
  void a_stop_that_takes_too_long_does_not_keep_the_jvm(String mode, String until)
      throws Exception {
    assertThat(run(mode, until, SIGTERM)).doesNotContain("stop store shutdown").contains("last");
  }

  @Test
  void the_end_of_a_permanent_one_is_the_programs_and_it_says_how() throws Exception {
    assertThat(run("dies", "never", 70))
        .containsExactly(
            "start store",
            "start shop",
            "ready",
            "stop store shutdown",
            "stop shop shutdown",
            "after shop",
            "ended store shutdown",
            "last");
  }
}
