package dev.tend.app;

import dev.tend.app.config.Configuration;
import dev.tend.app.config.Settings;
import dev.tend.web.WebConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link Tend} is started with.
 *
 * @param data the data folder, made if it is missing
 * @param shards how many a new folder gets
 * @param idle after how long without a request a list's process stops
 * @param history for how long changes are kept; empty: for ever
 * @param check how long after the files were looked through that is done again
 * @param stop how long it may take to stop
 * @param http empty: HTTP is not served
 */
record TendConfig(
    Path data,
    int shards,
    Duration idle,
    Optional<Duration> history,
    Duration check,
    Duration stop,
    Optional<WebConfig> http) {

  /** As it is without any configuration. */
  static TendConfig of(Path data, Optional<WebConfig> http) {
    return new TendConfig(
        data,
        4,
        Duration.ofMinutes(10),
        Optional.empty(),
        Duration.ofDays(1),
        Duration.ofSeconds(30),
        http);
  }

  /** As it is configured. */
  static TendConfig of(Configuration configuration) {
    Duration stop = configuration.get(Settings.STOP_WITHIN);
    WebConfig http =
        WebConfig.onPort(configuration.get(Settings.HTTP_PORT))
            .reachedAt(
                configuration.get(Settings.HTTP_ADDRESS), configuration.get(Settings.HTTP_HOSTS))
            .withGrace(stop.multipliedBy(5).dividedBy(6));
    return new TendConfig(
        configuration.get(Settings.DATA_FOLDER),
        configuration.get(Settings.DATA_SHARDS),
        configuration.get(Settings.LISTS_IDLE),
        configuration.get(Settings.HISTORY_KEEP),
        configuration.get(Settings.DATA_CHECK),
        stop,
        Optional.of(http));
  }

  TendConfig withHttp(Optional<WebConfig> other) {
    return new TendConfig(data, shards, idle, history, check, stop, other);
  }
}
