package dev.tend.app.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server is started in a JVM of its own.
 *
 * @param command up to the main class
 * @param environment what is added to ours
 * @param beforehand what is done before each start
 */
record Launch(List<String> command, Map<String, String> environment, Runnable beforehand) {
  private static final String MAIN = "dev.tend.app.Main";
  private static final List<String> LAUNCHER =
      List.of("-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** As the launcher has started this JVM: the same Java, code and options. */
  static Launch asThis() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LAUNCHER);
    @Nullable String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      Path cache = Path.of(modules, "tend.aot");
      if (Files.exists(cache)) {
        command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off,cds=off"));
      }
    }
    String more = System.getenv().getOrDefault("TEND_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split("\\s+")));
    }
    if (modules == null) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("--class-path", System.getProperty("java.class.path"), MAIN));
    } else {
      command.add("--enable-native-access=org.xerial.sqlitejdbc,org.jline");
      command.addAll(List.of("--module-path", modules, "--module", "dev.tend.app/" + MAIN));
    }
    return new Launch(command, Map.of());
  }

  Launch(List<String> command, Map<String, String> environment) {
    this(command, environment, () -> {});
  }

  /**
   * A server on the folder, with a token that kills; what it logs is appended to the file. Whoever
   * starts us may have configured a server of theirs: this one is not, or it would keep backups in
   * their folder, and listen where theirs does.
   */
  ProcessBuilder serve(Path data, int port, Path log) throws IOException {
    Path nothing = Files.writeString(log.resolveSibling("tend.toml"), "");
    List<String> words = new ArrayList<>(command);
    words.addAll(
        List.of("serve", "--dev", "--port", String.valueOf(port), "--data", data.toString()));
    words.addAll(List.of("--config", nothing.toString()));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("TEND_"));
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }
}
