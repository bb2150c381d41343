package dev.tend.app;

import dev.tend.app.config.Configuration;
import dev.tend.app.config.Settings;
import dev.tend.todo.backup.BackupSchedule;
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
 * @param schedule empty: backups are made only when they are asked for
 * @param backups the folder that they are kept in; empty: one in the data folder
 * @param stop how long it may take to stop
 * @param http empty: HTTP is not served
 */
record TendConfig(
    Path data,
    int shards,
    Duration idle,
    Optional<Duration> history,
    Duration check,
    Optional<BackupSchedule> schedule,
    Optional<Path> backups,
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
        Optional.empty(),
        Optional.empty(),
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
        configuration
            .get(Settings.BACKUP_EVERY)
            .map(every -> new BackupSchedule(every, configuration.get(Settings.BACKUP_KEEP))),
        configuration.get(Settings.BACKUP_FOLDER),
        stop,
        Optional.of(http));
  }

  TendConfig withHttp(Optional<WebConfig> other) {
    return new TendConfig(data, shards, idle, history, check, schedule, backups, stop, other);
  }
}
