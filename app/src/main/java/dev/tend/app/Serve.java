package dev.tend.app;

import dev.tend.web.WebConfig;
import java.nio.file.Path;
import java.util.Optional;
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

  @Option(
      names = "--dev",
      description =
          "for developers: prints a token with which processes can be killed on the status page")
  boolean dev;

  @Override
  public Integer call() throws CannotStart {
    Optional<String> token = dev ? Optional.of(DevToken.fresh()) : Optional.empty();
    WebConfig config =
        token.map(WebConfig.onPort(port)::withDevToken).orElseGet(() -> WebConfig.onPort(port));
    Service service = Service.start(data, Optional.of(config), () -> {});
    Tend tend = service.tend();
    System.out.println(
        "Tend is at http://127.0.0.1:%d  data: %s"
            .formatted(tend.port().orElseThrow(), tend.data()));
    token.ifPresent(secret ->
        System.out.println(
            "Processes can be killed at http://127.0.0.1:%d/status#token=%s"
                .formatted(tend.port().orElseThrow(), secret)));
    service.guard();
    return 0;
  }
}
