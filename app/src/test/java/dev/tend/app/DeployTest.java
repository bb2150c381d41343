package dev.tend.app;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.config.BadConfiguration;
import dev.tend.app.config.Configuration;
import dev.tend.app.config.Setting;
import dev.tend.app.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files in deploy say agrees with what Tend does. */
class DeployTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"tend.service, TimeoutStopSec=(\\d+)", "compose.yaml, stop_grace_period: (\\d+)s"})
  void whoStopsItWaitsLongerThanItMayTake(String file, String pattern) throws Exception {
    Matcher wait = Pattern.compile(pattern).matcher(Files.readString(DEPLOY.resolve(file)));
    assertThat(wait.find()).isTrue();
    assertThat(Duration.ofSeconds(Long.parseLong(wait.group(1))))
        .isGreaterThan(configuration(Map.of()).get(Settings.STOP_WITHIN).plusSeconds(10));
  }

  @Test
  void theUnitRestartsAllThatMayBecomeRight() throws Exception {
    assertThat(Files.readAllLines(DEPLOY.resolve("tend.service")))
        .contains(
            "Restart=always",
            "SuccessExitStatus=143",
            "RestartPreventExitStatus=2 " + BadConfiguration.STATUS);
  }

  @ParameterizedTest
  @CsvSource({"Containerfile, 3", "compose.yaml, 1", "tend.service, 2"})
  void theirVariablesAreSettings(String file, int count) throws Exception {
    Matcher variable =
        Pattern.compile("(TEND_[A-Z_]+)(?:=|: )(\\S+)")
            .matcher(Files.readString(DEPLOY.resolve(file)).replace("%S", "/var/lib"));
    Map<String, String> found = new TreeMap<>();
    while (variable.find()) {
      found.put(variable.group(1), variable.group(2));
    }
    assertThat(found).hasSize(count);
    configuration(found);
    assertThat(Settings.all()).extracting(Setting::variable).containsAll(found.keySet());
  }

  /** A restore renames it, and what a volume or a state directory is cannot be renamed. */
  @ParameterizedTest
  @ValueSource(strings = {"Containerfile", "tend.service"})
  void theDataFolderIsInAnother(String file) throws Exception {
    assertThat(Files.readString(DEPLOY.resolve(file)))
        .containsPattern("TEND_DATA_FOLDER=(/var/lib|%S)/tend/data\\s");
  }

  @Test
  void whatIsShownAsADataFolderIsThatOfTheUnit() throws Exception {
    Matcher folder =
        Pattern.compile("TEND_DATA_FOLDER=(\\S+)")
            .matcher(Files.readString(DEPLOY.resolve("tend.service")).replace("%S", "/var/lib"));
    assertThat(folder.find()).isTrue();
    String data = folder.group(1);
    StringWriter example = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(example)).execute("config", "--example");
    assertThat(example.toString()).contains("folder = \"" + data + "\"\n");
    assertThat(Main.commandLine().getSubcommands().get("doctor").getUsageMessage().lines())
        .contains("  tend doctor --data " + data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/Containerfile", "docs/running.md"})
  void theSmallRuntimeHasTheModulesThatOursNeed(String file) throws Exception {
    String text = Files.readString(Path.of("..").resolve(file));
    Matcher modules = Pattern.compile("--add-modules ([a-z.,]+)").matcher(text);
    assertThat(modules.find()).isTrue();
    List<String> there = List.of(modules.group(1).split(",", -1));
    for (String module : List.of("otp", "todo", "store", "web", "app")) {
      Path info = Path.of("..", module, "src", "main", "java", "module-info.java");
      Pattern.compile("requires (?:transitive )?(jdk[a-z.]+);")
          .matcher(Files.readString(info))
          .results()
          .forEach(needed -> assertThat(there).as(module).contains(needed.group(1)));
    }
  }

  /** What {@code tend import --encoding} knows in a checkout it knows installed. */
  @ParameterizedTest
  @ValueSource(strings = {"deploy/Containerfile", "docs/running.md"})
  void theSmallRuntimeHasAllEncodings(String file) throws Exception {
    String text = Files.readString(Path.of("..").resolve(file));
    for (Charset charset : Charset.availableCharsets().values()) {
      String module = charset.getClass().getModule().getName();
      if (!module.equals("java.base")) {
        assertThat(text).as(charset.name()).containsPattern("--add-modules \\S*\\b" + module + ",");
      }
    }
  }

  /** With a Maven that only adds to what is there, as it does. */
  @Test
  void theLinesThatInstallItUpgradeIt() throws Exception {
    assumeTrue(Programs.has("bash", "install"), "no bash here");
    Path checkout = Files.createDirectories(folder.resolve("checkout/deploy")).getParent();
    Files.copy(DEPLOY.resolve("tend"), checkout.resolve("deploy/tend"));
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        "#!/bin/sh\nmkdir -p app/target/run-next; touch app/target/run-next/app-$VERSION.jar");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Path installed = folder.resolve("opt/tend");
    for (String version : List.of("1", "2", "3")) {
      assertThat(install(checkout, installed, maven.getParent(), version)).isZero();
      assertThat(installed.resolve("lib"))
          .isDirectoryNotContaining(it -> !it.endsWith("app-" + version + ".jar"))
          .isNotEmptyDirectory();
      assertThat(installed.resolve("bin/tend")).isExecutable();
    }
  }

  private static int install(Path checkout, Path to, Path path, String version) throws Exception {
    String page = Files.readString(Path.of("..", "docs", "running.md"));
    Matcher lines =
        Pattern.compile("From a checkout:\\s+```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(lines.find()).isTrue();
    String script = lines.group(1).replace("sudo ", "").replace("/opt/tend", to.toString());
    ProcessBuilder bash = new ProcessBuilder("bash", "-ec", script).directory(checkout.toFile());
    bash.environment().put("VERSION", version);
    bash.environment().merge("PATH", path.toString(), (old, mine) -> mine + ":" + old);
    return bash.inheritIO().start().waitFor();
  }

  @Test
  void theHealthCheckTellsAServerFromNone() throws Exception {
    String port;
    try (TendCommand tend =
        TendCommand.start("serve", "--port", "0", "--data", folder.toString())) {
      port = tend.answer().replaceFirst("Tend is at http://127\\.0\\.0\\.1:(\\d+) .*", "$1");
      eventually(() -> assertThat(healthy(Map.of(), port)).isZero());
      eventually(() -> assertThat(healthy(Map.of("TEND_HTTP_PORT", port))).isZero());
    }
    eventually(() -> assertThat(healthy(Map.of(), port)).isEqualTo(1));
  }

  @Test
  void theHealthCheckDoesNotWaitForWhoSaysNothing() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(healthy(Map.of(), String.valueOf(mute.getLocalPort()))).isEqualTo(1);
    }
  }

  /** As in a container, whose folder is named by a variable. */
  @Test
  void theDoctorLooksOverTheFolderThatTheServerWouldUse() throws Exception {
    Path data = folder.resolve("lists");
    try (TendCommand doctor =
        TendCommand.start(Map.of("TEND_DATA_FOLDER", data.toString()), "doctor")) {
      assertThat(doctor.answer()).contains("There is no folder " + data);
    }
  }

  private static int healthy(Map<String, String> environment, String... port)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", DEPLOY.resolve("healthy").toString()));
    command.addAll(List.of(port));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(environment);
    return process.start().waitFor();
  }

  private Configuration configuration(Map<String, String> environment)
      throws IOException, BadConfiguration {
    Path none = Files.writeString(folder.resolve("none.toml"), "");
    return Configuration.read(Map.of(), Optional.of(none), environment);
  }
}
