package dev.tend.app.client;

import static dev.tend.app.Ready.ready;

import dev.tend.app.Main;
import dev.tend.app.Tend;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs {@code tend} commands in this JVM against one server. */
final class Cli {
  private final Supplier<CommandLine> tend;
  private final String server;

  /** What a command has left behind. */
  record Ran(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Cli(Supplier<CommandLine> tend, String server) {
    this.tend = tend;
    this.server = server;
  }

  /** Returns when this server is ready for commands. */
  static Cli of(Tend tend) {
    String server = "http://127.0.0.1:" + tend.port().orElseThrow();
    ready(server);
    return new Cli(Main::commandLine, server);
  }

  /** Runs a command; the server is named for it, unless it names one. */
  Ran run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--server")) {
      all.add(1, "--server");
      all.add(2, server);
    }
    return runAsIs(all.toArray(String[]::new));
  }

  /** Runs a command that knows its server. */
  Ran runAsIs(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = tend.get();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = command.execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  /** Runs a command that has this on its standard input. */
  Ran runWith(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
