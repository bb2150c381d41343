package dev.tend.app;

import dev.tend.app.config.BadConfiguration;
import dev.tend.app.config.Configuration;
import dev.tend.app.config.Listing;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tend config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Show the configuration that is in force, and where each value comes from.",
    description = {
      "An option comes before an environment variable, that before the file, that before the"
          + " default. With the options of serve it shows what serve would do with them. Nothing is"
          + " started or changed; where something is wrong it says so and ends with status 78."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend config",
      "  tend config --config /etc/tend/tend.toml",
      "  tend config --example > ~/.config/tend/tend.toml     all settings, explained"
    })
final class ConfigCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private final SettingOptions settings = new SettingOptions();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Option(
      names = "--example",
      description = "print a configuration file in which every setting is explained")
  private boolean example;

  @Override
  public Integer call() throws BadConfiguration {
    PrintWriter out = command.commandLine().getOut();
    if (example) {
      out.print(Listing.example());
    } else {
      Configuration configuration = settings.configuration();
      out.print(json ? Listing.json(configuration) : Listing.text(configuration, System.getenv()));
    }
    return 0;
  }
}
