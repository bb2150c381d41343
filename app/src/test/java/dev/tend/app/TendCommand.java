package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@code tend} in a JVM of its own, with the flags that the launcher gives it. */
final class TendCommand implements AutoCloseable {
  private static final long PATIENCE = 60;

  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private TendCommand(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    read(process.inputReader(StandardCharsets.UTF_8), answers::add);
    read(
        process.errorReader(StandardCharsets.UTF_8),
        line -> {
          synchronized (errors) {
            errors.add(line);
          }
        });
  }

  static TendCommand start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /**
   * With variables in its environment, of whose own none configures it: there is an empty
   * configuration file, unless another is named.
   */
  static TendCommand start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:TieredStopAtLevel=1"); // the better compiler is worth it after minutes
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dlogback.configurationFile=logback.xml"); // not a logback-test.xml
    command.add("-Dstdin.encoding=UTF-8");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("--class-path");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.tend.app.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.startsWith("TEND_"));
    process.environment().put("TEND_CONFIG", TendCommand.class.getResource("empty.toml").getPath());
    process.environment().putAll(environment);
    return new TendCommand(process.start());
  }

  /** Its temporary files are there; it says so in the first of its errors. */
  static Map<String, String> temporaryIn(Path folder) {
    return Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
  }

  private void read(BufferedReader lines, java.util.function.Consumer<String> to) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try (lines) {
                lines.lines().forEach(to);
              } catch (IOException | java.io.UncheckedIOException gone) {
                // It has ended.
              }
            }));
  }

  /** The next line of its standard output. */
  String answer() throws InterruptedException {
    String line = answers.poll(PATIENCE, TimeUnit.SECONDS);
    assertThat(line).as("an answer; standard error: %s", errors()).isNotNull();
    return line;
  }

  void type(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** Types a line and returns the first line of the answer. */
  String ask(String line) throws IOException, InterruptedException {
    type(line);
    return answer();
  }

  /** Ends its input, and waits for its own end. */
  int end() throws IOException, InterruptedException {
    input.close();
    return status();
  }

  /** The JVMs that it has started. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end and for the last of its words. */
  int status() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended").isTrue();
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  List<String> errors() {
    synchronized (errors) {
      return List.copyOf(errors);
    }
  }

  /** All that it has said and nobody has taken yet. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    answers.drainTo(rest);
    return rest;
  }

  /** SIGKILL, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
