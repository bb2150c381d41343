package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A process that the JVM has no thread for ends with that reason and leaves nothing. Each test has
 * a JVM of its own, whose address space has room for some ten threads.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoThreadTest {
  private static final String LIMITED = "ulimit -v 8000000 && exec \"$@\"";

  /** With no more carriers than there are: who wants more, and cannot have them, dies of that. */
  private static List<String> run(String mode) throws IOException, InterruptedException {
    return run(mode, "fixed");
  }

  private static List<String> run(String mode, String carriers)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                LIMITED,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss256m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:CompressedClassSpaceSize=32m",
                "-Xlog:disable",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-Ddev.tend.otp.carriers=" + carriers,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NoThreadProgram.class.getName(),
                mode)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void its_start_fails_and_leaves_nothing() throws Exception {
    assertThat(run("start"))
        .containsExactly(
            "failed: OutOfMemoryError", "has the name: Optional.empty", "left: []", "new");
  }

  @Test
  void the_first_of_all_is_started_once_there_is_a_thread_and_is_watched() throws Exception {
    assertThat(run("first"))
        .containsExactly(
            "failed: OutOfMemoryError", "new", "long: 1", "normal", "its timer inherits null");
  }

  @Test
  void who_is_linked_to_it_hears_of_it_and_resources_are_closed_all_the_same() throws Exception {
    assertThat(run("spawn"))
        .containsExactly("OutOfMemoryError", "closed in spite of all", "normal");
  }

  @Test
  void carriers_are_added_again_once_there_are_threads_for_them() throws Exception {
    assertThat(run("carriers", "")).containsExactly("who held the carrier: normal");
  }

  @Test
  void a_supervisor_that_restarts_it_counts_that_and_gives_up() throws Exception {
    String failed = "failed: OutOfMemoryError";
    assertThat(run("supervise"))
        .containsExactly("started", failed, failed, failed, "supervisor: shutdown");
  }
}
