package dev.tend.app;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tend serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Start the server.",
    description =
        "Once ready it prints one line with its address and its data folder. Only programs on this"
            + " machine can reach it. Ctrl-C or SIGTERM stops it in order.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend serve",
      "  tend serve --port 0 --data /tmp/try     any free port, another folder",
      "  curl http://127.0.0.1:8363/health/ready"
    })
final class Serve implements Callable<Integer> {

  /** On a telephone's keys this spells TEND. */
  static final int PORT = 8363;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "" + PORT,
      converter = PortNumber.class,
      description = "where it listens; 0 takes a free one (default: ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "where the lists are kept (default: ${DEFAULT-VALUE})")
  Path data = DataDirectory.ofUser();

  @Override
  public Integer call() throws CannotStart {
    Service service = Service.start(data, OptionalInt.of(port), () -> {});
    Tend tend = service.tend();
    System.out.println(
        "Tend is at http://127.0.0.1:%d  data: %s"
            .formatted(tend.port().orElseThrow(), tend.data()));
    service.guard();
    return 0;
  }
}
