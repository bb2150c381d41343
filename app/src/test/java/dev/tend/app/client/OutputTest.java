package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Main;
import dev.tend.app.Tend;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands of which nobody reads what they write, or that are broken off. */
class OutputTest {
  private static final int ENTRIES = 20_000;

  @TempDir private static Path folder;
  private static Tend tend;
  private static Cli cli;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(TypedShell.has("bash", "head"), "no bash here");
    tend = Tend.start(folder.resolve("data"), OptionalInt.of(0));
    String server = "http://127.0.0.1:" + tend.port().orElseThrow();
    cli = new Cli(Main::commandLine, server);
    TypedShell.start(folder, server, "");
    Files.writeString(folder.resolve("many.csv"), csv("Thing"));
    Files.writeString(folder.resolve("others.csv"), csv("Other"));
    assertThat(cli.run("import", folder.resolve("many.csv").toString(), "--list", "Many").status())
        .isZero();
  }

  private static String csv(String title) {
    return IntStream.range(0, ENTRIES)
        .mapToObj(i -> "2026-12-04," + title + " " + i + "\n")
        .collect(Collectors.joining());
  }

  @AfterAll
  static void stop() {
    if (tend != null) {
      tend.close();
    }
  }

  /** Runs a line in bash, in which {@code $tend} is the command. */
  private static Process bash(String line) throws Exception {
    String script = ". '" + folder.resolve("start") + "'; " + line.replace("$tend", "really");
    return new ProcessBuilder("bash", "-c", script).start();
  }

  private static String text(InputStream in) throws Exception {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"show Many", "export Many", "export Many --format ics", "history Many -n 20000"})
  void whoeverReadsMayStopInTheMiddle(String command) throws Exception {
    Process bash = bash("$tend " + command + " | head -n 1; exit ${PIPESTATUS[0]}");
    assertThat(text(bash.getInputStream()).lines()).hasSize(1);
    assertThat(text(bash.getErrorStream())).isEmpty();
    assertThat(bash.waitFor()).isEqualTo(141);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show Many", "export Many", "lists --json"})
  void whatCannotBeWrittenIsSaid(String command) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    Process bash = bash("$tend " + command + " >/dev/full");
    assertThat(text(bash.getErrorStream())).startsWith("tend: the output is not whole");
    assertThat(bash.waitFor()).isEqualTo(1);
  }

  @Test
  void anImportThatIsInterruptedSaysHowItGoesOn() throws Exception {
    String file = folder.resolve("others.csv").toString();
    Process bash = bash("$tend import '" + file + "' --list Others");
    eventually(
        Duration.ofSeconds(60),
        () -> assertThat(list("Others").path("size").asInt(0)).isGreaterThan(1_000));
    new ProcessBuilder("kill", "-INT", "" + bash.pid()).start().waitFor();
    assertThat(text(bash.getErrorStream()))
        .contains("tend: stopped after ", "of 20,000 entries; the same command again goes on");
    assertThat(bash.waitFor()).isEqualTo(130);
    assertThat(list("Others").path("size").asInt(0)).isLessThan(ENTRIES);
    assertThat(cli.run("import", file, "--list", "Others").status()).isZero();
    JsonNode entries =
        Server.JSON.readTree(cli.run("show", "Others", "--json").out()).path("entries");
    assertThat(entries.valueStream().map(it -> it.path("title").stringValue()))
        .hasSize(ENTRIES)
        .doesNotHaveDuplicates();
  }

  private static JsonNode list(String name) throws Exception {
    Server server = new Server(new Address().convert(cli.server()), Duration.ZERO);
    return server.get(new Wanted(server).list(name).path()).body();
  }
}
