package dev.tend.bench.http;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link Subject} in a JVM of its own, as {@code ./tend} starts one. */
final class Child implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 30;

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final Thread ending;
  private final int port;
  private final String path;

  private Child(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    List<String> ready = List.of(line().split(" "));
    this.port = Integer.parseInt(ready.get(1));
    this.path = ready.get(2);
  }

  static List<String> options() {
    return List.of("-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");
  }

  static Child start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=dev/tend/bench/runtime/logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            Subject.class.getName()));
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  int port() {
    return port;
  }

  /** Of the list's entries. */
  String path() {
    return path;
  }

  /** The CPU time it has used, in nanoseconds. */
  long cpu() throws IOException {
    in.write("cpu\n");
    in.flush();
    return Long.parseLong(line());
  }

  private String line() throws IOException {
    @Nullable String line = out.readLine();
    if (line == null) {
      close();
      throw new IOException("the server has ended; what it wrote above says why");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    try (in) {
      // Its input ends.
    }
    try {
      process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(ending);
  }
}
