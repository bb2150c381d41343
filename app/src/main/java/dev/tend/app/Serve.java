package dev.tend.app;

import dev.tend.app.config.BadConfiguration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tend serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Start the server.",
    description =
        "Once ready it prints one line with its address and its data folder. Only programs on this"
            + " machine can reach it. Ctrl-C or SIGTERM stops it in order. There are more settings"
            + " than options: tend config shows them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend serve",
      "  tend serve --port 0 --data /tmp/try     any free port, another folder",
      "  curl http://127.0.0.1:8363/health/ready"
    })
final class Serve implements Callable<Integer> {

  @Mixin private final SettingOptions settings = new SettingOptions();

  @Option(
      names = "--dev",
      description =
          "for developers: prints a token with which processes can be killed on the status page")
  boolean dev;

  @Override
  public Integer call() throws CannotStart, BadConfiguration {
    TendConfig config = TendConfig.of(settings.configuration());
    Optional<String> token = dev ? Optional.of(DevToken.fresh()) : Optional.empty();
    Service service =
        Service.start(
            token
                .map(
                    secret -> config.withHttp(config.http().map(http -> http.withDevToken(secret))))
                .orElse(config),
            () -> {});
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
