package dev.tend.app;

import dev.tend.app.config.BadConfiguration;
import dev.tend.app.config.Configuration;
import dev.tend.app.config.Setting;
import dev.tend.app.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that {@code serve} and {@code config} share: the main settings, and the file. */
final class SettingOptions {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "<file>",
      description = "the configuration file (default: $TEND_CONFIG, or where tend config says)")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      converter = PortNumber.class,
      description = "where it listens; 0 takes a free one (setting http.port)")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "where the lists are kept (setting data.folder)")
  private @Nullable String data;

  @Option(
      names = "--log-level",
      paramLabel = "<level>",
      description = "error, warn, info, debug or trace (setting log.level)")
  private @Nullable String logLevel;

  @Option(
      names = "--log-format",
      paramLabel = "<format>",
      description = "text, or json: an object a line (setting log.format)")
  private @Nullable String logFormat;

  /** All that is in force. */
  Configuration configuration() throws BadConfiguration {
    return Configuration.read(given(), Optional.ofNullable(config), System.getenv());
  }

  private Map<Setting<?>, String> given() {
    Map<Setting<?>, String> given = new LinkedHashMap<>();
    give(given, Settings.HTTP_PORT, port);
    give(given, Settings.DATA_FOLDER, data);
    give(given, Settings.LOG_LEVEL, logLevel);
    give(given, Settings.LOG_FORMAT, logFormat);
    return given;
  }

  private void give(Map<Setting<?>, String> given, Setting<?> setting, @Nullable Object value) {
    if (value == null) {
      return;
    }
    String text = value.toString();
    if (setting.kind().reader().apply(text).isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '%s': '%s' is not %s"
              .formatted(setting.option().orElseThrow(), text, setting.kind().expected()));
    }
    given.put(setting, text);
  }
}
