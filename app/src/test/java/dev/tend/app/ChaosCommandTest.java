package dev.tend.app;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tend chaos} on a machine that has a Tend of its own. */
class ChaosCommandTest {
  @TempDir private Path folder;

  /** No address of any machine; and a shard where there are four otherwise. */
  @Test
  void itsServerIsNotConfiguredAsTheUsersIs() throws Exception {
    Path config = Files.writeString(folder.resolve("mine.toml"), "[data]\nshards = 1\n");
    Map<String, String> mine =
        Map.of("TEND_CONFIG", config.toString(), "TEND_HTTP_ADDRESS", "192.0.2.1");
    Path data = folder.resolve("data");
    try (TendCommand chaos =
        TendCommand.start(
            mine,
            "chaos",
            "--seconds",
            "1",
            "--clients",
            "2",
            "--lists",
            "1",
            "--data",
            data.toString())) {
      assertThat(chaos.status()).as("standard error: %s", chaos.errors()).isZero();
    }
    assertThat(data).isDirectoryContaining("glob:**/shard-4.db");
  }

  @Test
  void atSigtermNothingIsLeftOfAServerThatWasStartingJustThen() throws Exception {
    List<ProcessHandle> servers = new ArrayList<>();
    Map<String, String> temporary = TendCommand.temporaryIn(folder);
    try (TendCommand chaos = TendCommand.start(temporary, "chaos")) {
      eventually(() -> {
        servers.addAll(chaos.children());
        assertThat(servers).isNotEmpty();
      });
      chaos.terminate();
      assertThat(chaos.status()).isEqualTo(143);
      eventually(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
      assertThat(folder).isDirectoryNotContaining("glob:**/tend-chaos-*");
    } finally {
      servers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aFileInsteadOfAFolderIsOneSentenceAndNothingIsLeft() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Map<String, String> temporary = TendCommand.temporaryIn(folder);
    try (TendCommand chaos = TendCommand.start(temporary, "chaos", "--data", file.toString())) {
      assertThat(chaos.status()).isEqualTo(2);
      assertThat(chaos.errors()).hasSize(2).last().asString().contains(file + " is no folder");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**/tend-chaos-*");
  }
}
