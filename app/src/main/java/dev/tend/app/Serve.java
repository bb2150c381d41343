package dev.tend.app;

import dev.tend.app.config.BadConfiguration;
import dev.tend.app.config.Configuration;
import dev.tend.app.config.Settings;
import dev.tend.app.log.Logging;
import dev.tend.web.WebConfig;
import java.net.InetAddress;
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
        "Once ready it prints one line with its address and its data folder. Unless configured"
            + " otherwise only programs on this machine can reach it. Ctrl-C or SIGTERM stops it in"
            + " order. There are more settings than options: tend config shows them.",
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
    Configuration configuration = settings.configuration();
    Logging.set(configuration.get(Settings.LOG_LEVEL), configuration.get(Settings.LOG_FORMAT));
    TendConfig config = TendConfig.of(configuration);
    Optional<String> token = dev ? Optional.of(DevToken.fresh()) : Optional.empty();
    Service service =
        Service.start(
            token
                .map(
                    secret -> config.withHttp(config.http().map(http -> http.withDevToken(secret))))
                .orElse(config),
            () -> {});
    Tend tend = service.tend();
    String address = address(config.http().orElseThrow(), tend.port().orElseThrow());
    System.out.println("Tend is at %s  data: %s".formatted(address, tend.data()));
    token.ifPresent(secret ->
        System.out.println(
            "Processes can be killed at %s/status#token=%s".formatted(address, secret)));
    config.http().ifPresent(Serve::warn);
    service.guard();
    return 0;
  }

  /** Where a browser on this machine finds it. */
  private static String address(WebConfig http, int port) {
    InetAddress address = InetAddress.ofLiteral(http.host());
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : http.host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static void warn(WebConfig http) {
    if (!InetAddress.ofLiteral(http.host()).isLoopbackAddress()) {
      System.getLogger("dev.tend.app")
          .log(
              System.Logger.Level.WARNING,
              "Whoever reaches "
                  + http.host()
                  + " can read and change every list: there is no sign-in yet.");
    }
  }
}
