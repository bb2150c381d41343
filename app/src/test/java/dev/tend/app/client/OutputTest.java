package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Programs;
import dev.tend.app.Tend;
import dev.tend.store.Backup;
import dev.tend.store.DataFolder;
import dev.tend.todo.backup.Headway;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of which nobody reads what they write, or that are broken off. */
class OutputTest {
  private static final int ENTRIES = 20_000;

  @TempDir private static Path folder;
  private static Tend tend;
  private static Cli cli;
  private static Path data;
  private static Path backup;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Programs.has("bash", "head"), "no bash here");
    data = folder.resolve("data");
    DataFolder.open(data, 1).close();
    backup = Backup.make(data, folder, "test", Instant.now(), Headway.UNSEEN).path();
    tend = Tend.start(data, OptionalInt.of(0));
    String server = "http://127.0.0.1:" + tend.port().orElseThrow();
    cli = Cli.of(tend);
    TypedShell.start(folder, server, "");
    Files.writeString(folder.resolve("many.csv"), csv());
    assertThat(cli.run("import", folder.resolve("many.csv").toString(), "--list", "Many").status())
        .isZero();
  }

  private static String csv() {
    return IntStream.range(0, ENTRIES)
        .mapToObj(i -> "2026-12-04,Thing " + i + "\n")
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
    String script =
        "data='%s'; backup='%s'; . '%s'; %s"
            .formatted(data, backup, folder.resolve("start"), line.replace("$tend", "really"));
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

  /** Of a command that writes little it is found out only at its end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor --data $data",
        "verify $backup",
        "config",
        "config --example",
        "completion bash",
        "--version",
        "help add",
        "serve --help",
        ""
      })
  void whoeverReadsMayBeGoneBeforeItBegins(String command) throws Exception {
    Process bash = bash("exec 3> >(:); wait $!; $tend " + command + " >&3");
    assertThat(text(bash.getErrorStream())).isEmpty();
    assertThat(bash.waitFor()).isEqualTo(141);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show Many",
        "export Many",
        "lists --json",
        "doctor --data $data",
        "verify $backup",
        "config",
        "config --example",
        "completion bash",
        "history Many",
        "backup",
        "--version",
        "help add",
        "serve --help",
        ""
      })
  void whatCannotBeWrittenIsSaid(String command) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    Process bash = bash("$tend " + command + " >/dev/full");
    assertThat(text(bash.getErrorStream())).startsWith("tend: the output is not whole");
    assertThat(bash.waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void anImportThatIsInterruptedSaysHowItGoesOn(String signal, int status) throws Exception {
    assumeFalse(signal.equals("INT") && ignoresInterrupts(), "started where SIGINT is ignored");
    Stub.Answer none = new Stub.Answer(200, "{\"lists\": []}");
    Stub.Answer made = new Stub.Answer(201, "{\"id\": \"1\", \"name\": \"Others\"}");
    try (Stub server = new Stub(none, made, new Stub.Answer(-1, ""))) {
      String file = folder.resolve("many.csv").toString();
      Process bash = bash("$tend import '" + file + "' --list Others --server " + server.address());
      eventually(Duration.ofSeconds(60), () -> assertThat(server.keys).hasSize(3));
      new ProcessBuilder("kill", "-" + signal, "" + bash.pid()).start().waitFor();
      assertThat(text(bash.getErrorStream()))
          .contains("tend: stopped after 0 of 20,000 entries; the same command again goes on");
      assertThat(bash.waitFor()).isEqualTo(status);
    }
  }

  /** A build in the background of a script ignores them, and so do all whom it starts. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseLong(line.substring(7).strip(), 16))
            .anyMatch(ignored -> (ignored & 2) != 0);
  }

  /** As much memory as a JVM hardly starts with: the file has 40 MB. */
  @Test
  void aMillionLinesAreJudgedInLittleMemory() throws Exception {
    Path million = folder.resolve("million.json");
    try (BufferedWriter file = Files.newBufferedWriter(million)) {
      file.write("[{\"title\": \"Thing\"}");
      for (int i = 1; i < 1_000_000; i++) {
        file.write(",{\"title\": \"Thing " + i + "\", \"done\": false}");
      }
      file.write("]");
    }
    Process bash =
        bash("export JAVA_TOOL_OPTIONS=-Xmx32m; $tend import '" + million + "' --list Million");
    assertThat(text(bash.getErrorStream()))
        .contains("tend: nothing was imported", "1,000,000 would be added");
    assertThat(bash.waitFor()).isEqualTo(1);
  }
}
