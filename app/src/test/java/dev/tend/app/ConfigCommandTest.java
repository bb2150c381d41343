package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code tend config}, and {@code tend serve} with a configuration. */
class ConfigCommandTest {
  @TempDir private Path folder;

  @Test
  void showsWhatIsInForceAndWhereItComesFrom() throws Exception {
    Path file = write("[lists]\nidle = '30m'\n");
    Map<String, String> environment =
        Map.of("TEND_CONFIG", file.toString(), "TEND_DATA_SHARDS", "2");
    try (TendCommand tend = TendCommand.start(environment, "config", "--port", "0")) {
      assertThat(tend.status()).isZero();
      assertThat(tend.rest())
          .contains("Configuration file: " + file)
          .anyMatch(line -> line.matches("http\\.port +0 +option --port"))
          .anyMatch(line -> line.matches("data\\.shards +2 +environment TEND_DATA_SHARDS"))
          .anyMatch(line -> line.matches("lists\\.idle +30m +" + file + ", line 2"));
      assertThat(tend.errors()).isEmpty();
    }
    try (TendCommand tend = TendCommand.start(environment, "config", "--port", "0", "--json")) {
      assertThat(tend.status()).isZero();
      JsonNode json = JsonMapper.shared().readTree(String.join("\n", tend.rest()));
      assertThat(json.path("file").asString()).isEqualTo(file.toString());
      assertThat(json.path("settings").valueStream().map(JsonNode::toString))
          .contains(
              "{\"key\":\"http.port\",\"value\":0,\"origin\":{\"kind\":\"option\",\"option\":\"--port\"}}",
              "{\"key\":\"data.shards\",\"value\":2,\"origin\":{\"kind\":\"environment\",\"variable\":\"TEND_DATA_SHARDS\"}}",
              "{\"key\":\"lists.idle\",\"value\":\"30m\",\"origin\":{\"kind\":\"file\",\"file\":\"%s\",\"line\":2}}"
                  .formatted(file));
    }
  }

  @Test
  void withoutAFileItSaysWhereOneCouldBe() throws Exception {
    Map<String, String> environment =
        Map.of("TEND_CONFIG", "", "XDG_CONFIG_HOME", folder.toString());
    try (TendCommand tend = TendCommand.start(environment, "config")) {
      assertThat(tend.status()).isZero();
      assertThat(tend.answer()).contains(folder.resolve("tend/tend.toml").toString());
      assertThat(tend.rest()).anyMatch(line -> line.matches("http\\.port +8363 +default"));
    }
  }

  @Test
  void theExampleIsAConfiguration() throws Exception {
    try (TendCommand tend = TendCommand.start("config", "--example")) {
      assertThat(tend.status()).isZero();
      Path file = write(String.join("\n", tend.rest()));
      try (TendCommand check = TendCommand.start("config", "--config", file.toString())) {
        assertThat(check.status()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "config"})
  void aWrongConfigurationIsOneSentenceAndNothingIsTouched(String command) throws Exception {
    Path data = folder.resolve("data");
    Path file = write("[http]\nprot = 1\n");
    try (TendCommand tend =
        TendCommand.start(command, "--config", file.toString(), "--data", data.toString())) {
      assertThat(tend.status()).isEqualTo(78);
      assertThat(tend.errors())
          .containsExactly(
              "tend: %s, line 2: http.prot is no setting; the nearest that there is: http.port."
                  .formatted(file));
      assertThat(tend.rest()).isEmpty();
    }
    assertThat(data).doesNotExist();
  }

  /** Whether a server answers at the usual place is up to the machine. */
  @Test
  void anEmptyVariableOfTheServersAddressSaysNothingAndAWrongOneIsNamed() throws Exception {
    try (TendCommand lists = TendCommand.start(Map.of("TEND_SERVER", ""), "lists", "--wait", "0")) {
      assertThat(lists.status()).as("standard error: %s", lists.errors()).isNotEqualTo(2);
    }
    try (TendCommand lists = TendCommand.start(Map.of("TEND_SERVER", "bob"), "lists")) {
      assertThat(lists.status()).isEqualTo(2);
      assertThat(lists.errors()).singleElement().asString().startsWith("tend: TEND_SERVER: 'bob'");
    }
  }

  @Test
  void theServerIsAsTheFileSays() throws Exception {
    Path data = folder.resolve("lists");
    Path file = write("[http]\nport = 0\n[data]\nfolder = 'lists'\nshards = 7\n");
    try (TendCommand tend = TendCommand.start("serve", "--config", file.toString())) {
      assertThat(tend.answer()).startsWith("Tend is at ").endsWith("data: " + data);
      try (var files = Files.list(data)) {
        assertThat(files.filter(one -> one.getFileName().toString().matches("shard.*\\.db")))
            .hasSize(7);
      }
      tend.terminate();
      assertThat(tend.status()).isEqualTo(143);
    }
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("tend.toml"), text);
  }
}
