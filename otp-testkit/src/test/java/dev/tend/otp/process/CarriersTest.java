package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that keep every carrier, each time in a JVM of its own. */
class CarriersTest {

  private static List<String> run(int carriers, String setting, int seconds, String way)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Ddev.tend.otp.carriers=" + setting,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CarriersProgram.class.getName(),
                Integer.toString(seconds),
                way)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    CompletableFuture.delayedExecutor(90, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return lines.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, compute", "2, compute", "5, compute", "1, talk", "2, talk", "5, talk"})
  void others_are_served_and_the_added_carriers_taken_back(int carriers, String way)
      throws Exception {
    assertThat(run(carriers, "added", 60, way)).containsExactly("answered", "as before");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void for_processes_that_only_call_each_other_none_are_added(int carriers) throws Exception {
    assertThat(run(carriers, "added", 60, "call"))
        .containsExactly("answered", "none added", "as before");
  }

  @Test
  void with_a_fixed_number_of_carriers_nobody_else_is_served() throws Exception {
    assertThat(run(2, "fixed", 1, "compute")).containsExactly("Timeout[begun=false]", "as before");
  }

  /** Two that are in touch keep two carriers until they hear that somebody waits for one. */
  @Test
  void with_a_fixed_number_of_carriers_no_two_keep_in_touch() throws Exception {
    assertThat(run(2, "fixed", 1, "look")).containsExactly("lets go of its carrier");
  }
}
