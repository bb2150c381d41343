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
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that hold every carrier, each time in a JVM of its own. */
class CarriersTest {

  private static List<String> run(int carriers, String setting, int seconds) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Ddev.tend.otp.carriers=" + setting,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CarriersProgram.class.getName(),
                Integer.toString(seconds))
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
  @ValueSource(ints = {1, 2, 5})
  void others_are_served_and_the_added_carriers_taken_back(int carriers) throws Exception {
    assertThat(run(carriers, "added", 60)).containsExactly("answered", "as before");
  }

  @Test
  void with_a_fixed_number_of_carriers_nobody_else_is_served() throws Exception {
    assertThat(run(2, "fixed", 1)).containsExactly("Timeout[begun=false]", "as before");
  }
}
