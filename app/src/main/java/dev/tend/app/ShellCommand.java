package dev.tend.app;

import dev.tend.app.shell.Shell;
import dev.tend.web.WebConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tend shell}. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Start the system under a Java shell (JShell) in its own JVM.",
    description =
        "Look at its processes, use its lists, let any part of it crash; /help says how. Where"
            + " standard input is no terminal it is read as plain text.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend shell",
      "  tend shell --data /tmp/try --port 0",
      "  echo 'tree()' | tend shell"
    })
final class ShellCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "<port>",
      converter = PortNumber.class,
      description = "serve HTTP as well; 0 takes a free port (default: no HTTP)")
  @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "where the lists are kept (default: a temporary folder, removed at the end)")
  @Nullable Path data;

  @Option(
      names = {"-v", "--verbose"},
      description = "show where exceptions were thrown")
  boolean verbose;

  @Override
  public Integer call() throws CannotStart, IOException {
    Optional<WebConfig> where = Optional.ofNullable(port).map(WebConfig::onPort);
    Service service =
        data == null ? temporary(where) : Service.start(TendConfig.of(data, where), () -> {});
    Thread.ofPlatform().daemon().name("tend-guard").start(service::guard);
    Shell.run(welcome(service.tend()), verbose);
    return 0;
  }

  private static Service temporary(Optional<WebConfig> http) throws CannotStart, IOException {
    Path folder = Files.createTempDirectory("tend-shell-");
    try {
      return Service.start(TendConfig.of(folder, http), () -> Folders.remove(folder));
    } catch (CannotStart nothing) {
      Folders.remove(folder);
      throw nothing;
    }
  }

  private static String welcome(Tend tend) {
    String address =
        tend.port().isPresent() ? " at http://127.0.0.1:" + tend.port().getAsInt() : "";
    return "Tend %s runs%s  data: %s%n/help says what you can do here, Ctrl-D leaves."
        .formatted(Version.TEXT, address, tend.data());
  }
}
