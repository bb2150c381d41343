package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A bash or zsh with the script of {@code tend completion}. In it {@code tend} prints its
 * arguments, each in angle brackets, and {@code really} is the command itself.
 */
final class TypedShell implements AutoCloseable {
  private static final String READY = "ready> ";

  private final Process process;
  private final Writer keys;
  private final StringBuilder screen = new StringBuilder();

  private TypedShell(Process process) {
    this.process = process;
    this.keys = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().start(this::read);
  }

  /**
   * Writes what a shell is to read first.
   *
   * @param script what {@code tend completion} prints
   */
  static Path start(Path folder, String server, String script) throws IOException {
    Path options = folder.resolve("java.options");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Files.writeString(
        options,
        "-XX:TieredStopAtLevel=1 -Dstdout.encoding=UTF-8 --enable-native-access=ALL-UNNAMED -cp \"%s\" dev.tend.app.Main"
            .formatted(classes));
    return Files.writeString(
        folder.resolve("start"),
        """
        export TEND_SERVER=%s
        really() { exec %s @%s "$@"; }
        tend() {
          if [ "$1" = complete ]; then
            (really "$@")
          else
            printf '<%%s>' "$@"
            echo
          fi
        }
        %s
        PS1='%s'
        """
            .formatted(
                server,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                options,
                script,
                READY));
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TERM", "dumb"));
    return builder;
  }

  /** Opens one at a terminal of its own. */
  static TypedShell open(String shell, Path start) throws IOException {
    String command =
        shell.equals("bash") ? "bash --noprofile --rcfile '" + start + "' -i" : "zsh -f -i";
    TypedShell typed =
        new TypedShell(builder(List.of("script", "-qfec", command, "/dev/null")).start());
    if (shell.equals("zsh")) {
      typed.type("unsetopt promptcr promptsp; . '" + start + "'\n");
    }
    eventually(() -> assertThat(typed.screen()).contains(READY));
    return typed;
  }

  void type(String text) throws IOException {
    keys.write(text);
    keys.flush();
  }

  /** All that it has shown so far. */
  String screen() {
    synchronized (screen) {
      return screen.toString().replace("\r", "");
    }
  }

  private void read() {
    try (Reader shown = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int c = shown.read(); c >= 0; c = shown.read()) {
        synchronized (screen) {
          screen.append((char) c);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
