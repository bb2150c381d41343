package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that start Tend, with this build's classes. */
class LauncherTest {
  @TempDir private Path folder;

  /** Cron and systemd start programs so. */
  @ParameterizedTest
  @CsvSource({"tend, tend, C", "tend, tend, ''", "deploy/tend, bin/tend, POSIX"})
  void whatIsTypedArrivesWhereTheLocaleNamesNoEncoding(String script, String as, String locale)
      throws Exception {
    assumeTrue(Programs.has("sh", "find", "sed"), "no shell here");
    install(script, as);
    Path typed =
        Files.writeString(
            folder.resolve("typed"), "'%s' lists --server Grüße".formatted(folder.resolve(as)));
    ProcessBuilder tend = new ProcessBuilder("sh", typed.toString());
    tend.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    tend.environment().put("LC_ALL", locale);
    tend.environment().put("TEND_JAVA_HOME", folder.resolve("java").toString());
    Process process = tend.start();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("'Grüße' is no server's address");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /** As it is after a build. */
  private void install(String script, String as) throws Exception {
    for (String made : List.of("java/bin", "bin", "target", "app/target/run", "bench/target/run")) {
      Files.createDirectories(folder.resolve(made));
    }
    Path tend = Files.copy(Path.of("..", script), folder.resolve(as));
    Path home = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path java =
        Files.writeString(
            folder.resolve("java/bin/java"),
            """
            #!/bin/sh
            while [ "$1" != dev.tend.app/dev.tend.app.Main ]; do shift; done
            shift
            exec '%s' -cp '%s' dev.tend.app.Main "$@"
            """
                .formatted(home, classes));
    Path javac = Files.createFile(folder.resolve("java/bin/javac"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25\"\n");
    Files.createFile(folder.resolve("pom.xml"));
    Files.createFile(folder.resolve("target/tend.built"));
    for (Path program : List.of(tend, java, javac)) {
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_VERSION=\"21.0.4\", '', is 21",
    "'', openjdk version \"17.0.9\" 2023-10-17, is 17",
    "'', java version \"1.8.0_402\", is 8",
    "'', What a strange program this is, is none"
  })
  void anOldJavaIsOneSentenceThatSaysWhichIsNeeded(String release, String version, String said)
      throws Exception {
    assumeTrue(Programs.has("sh", "sed"), "no shell here");
    install("deploy/tend", "bin/tend");
    Files.writeString(folder.resolve("java/release"), release);
    Files.writeString(
        folder.resolve("java/bin/java"), "#!/bin/sh\necho '%s' >&2\nexit 1\n".formatted(version));
    assertRefused(said, Map.of());
  }

  @Test
  void noJavaIsOneSentenceThatSaysWhichIsNeeded() throws Exception {
    assumeTrue(Programs.has("sh", "sed"), "no shell here");
    install("deploy/tend", "bin/tend");
    Files.delete(folder.resolve("java/bin/java"));
    assertRefused("is none", Map.of("JAVA_HOME", folder.resolve("nowhere").toString()));
  }

  private void assertRefused(String said, Map<String, String> environment) throws Exception {
    ProcessBuilder tend = new ProcessBuilder(folder.resolve("bin/tend").toString(), "lists");
    tend.environment().putAll(environment);
    Process process = tend.start();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("tend: Tend needs Java 25 or newer, and ")
        .contains(said);
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void aFolderThatJavaCannotNameIsOneSentenceAndNothingIsBuilt() throws Exception {
    Path checkout = Files.createDirectory(folder.resolve("a:b"));
    Path script = Files.copy(Path.of("..", "tend"), checkout.resolve("tend"));
    File said = folder.resolve("said").toFile();
    Process tend =
        new ProcessBuilder("sh", script.toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    assertThat(tend.waitFor()).isEqualTo(1);
    assertThat(Files.readAllLines(said.toPath(), StandardCharsets.UTF_8))
        .singleElement()
        .asString()
        .contains("tend: Tend cannot run in", "a:b", "rename the folder");
    assertThat(checkout).isDirectoryNotContaining("glob:**/target");
  }
}
