package dev.tend.app.config;

import dev.tend.app.DataDirectory;
import dev.tend.app.log.LogFormat;
import dev.tend.app.log.LogLevel;
import dev.tend.todo.Pruner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All settings that there are, in the order of the documentation: sections together. */
public final class Settings {
  private static final List<Setting<?>> TABLE = new ArrayList<>();

  /** On a telephone's keys this spells TEND. */
  private static final String PORT = "8363";

  public static final Setting<Integer> HTTP_PORT =
      row(
          Setting.of(
                  "http.port",
                  Kind.number(0, 65_535),
                  PORT,
                  "The port on which the server listens; 0 takes any free one.")
              .orBy("--port"));

  public static final Setting<String> HTTP_ADDRESS =
      row(
          Setting.of(
              "http.address",
              Kind.address(),
              "127.0.0.1",
              "The address on which the server listens. There is no sign-in yet: whoever reaches an"
                  + " address can read and change every list."));

  public static final Setting<List<String>> HTTP_HOSTS =
      row(
          Setting.of(
              "http.hosts",
              Kind.hosts(),
              "",
              "The names by which browsers and programs reach the server, where they are not"
                  + " localhost or the address above: those of a proxy or of a container's host."
                  + " Requests for other names are refused. A name without a port stands for"
                  + " any."));

  public static final Setting<Path> DATA_FOLDER =
      row(
          Setting.of(
                  "data.folder",
                  Kind.folder(),
                  "",
                  "Where the lists are kept. It is made for its owner alone.")
              .initially(
                  () -> DataDirectory.ofUser().toString(),
                  "`tend` in the user's data folder, such as `~/.local/share/tend`",
                  "/var/lib/tend/data")
              .orBy("--data"));

  public static final Setting<Integer> DATA_SHARDS =
      row(
          Setting.of(
              "data.shards",
              Kind.number(1, 64),
              "4",
              "Over how many files the lists of a new data folder are spread, each with a writer of"
                  + " its own; without effect on a folder that is there already."));

  public static final Setting<Duration> DATA_CHECK =
      row(
          Setting.of(
              "data.check",
              Kind.time(Duration.ofMinutes(1), Duration.ofDays(365)),
              "1d",
              "How often all files are looked through for damage, beside the work on them. The"
                  + " lists of a damaged file are refused, and no others."));

  public static final Setting<Duration> LISTS_IDLE =
      row(
          Setting.of(
              "lists.idle",
              Kind.time(Duration.ofSeconds(1), Duration.ofDays(365)),
              "10m",
              "After how long without a request a list's process stops and frees its memory; the"
                  + " next request starts it."));

  public static final Setting<Optional<Duration>> HISTORY_KEEP =
      row(
          Setting.of(
              "history.keep",
              Kind.time(Pruner.SHORTEST, Duration.ofDays(36_500)).or("forever"),
              "forever",
              "For how long the changes of a list are kept, to be looked at and undone. What the"
                  + " list is stays; what is older cannot be brought back."));

  public static final Setting<Optional<Duration>> BACKUP_EVERY =
      row(
          Setting.of(
              "backup.every",
              Kind.time(Duration.ofMinutes(1), Duration.ofDays(365)).or("never"),
              "never",
              "How often a backup is made by itself, while the server works."));

  public static final Setting<Integer> BACKUP_KEEP =
      row(
          Setting.of(
              "backup.keep",
              Kind.number(1, 10_000),
              "7",
              "How many of the backups that are made by themselves are kept: the newest. One that"
                  + " somebody asked for stays until somebody deletes it."));

  public static final Setting<Optional<Path>> BACKUP_FOLDER =
      row(
          Setting.of(
              "backup.folder",
              Kind.folder().or("data"),
              "data",
              "Where backups are kept; data stands for the folder backups in the data folder. One"
                  + " on another disk is safer, and may hold those of other data folders too."));

  public static final Setting<Duration> STOP_WITHIN =
      row(
          Setting.of(
              "stop.within",
              Kind.time(Duration.ofSeconds(2), Duration.ofHours(1)),
              "30s",
              "How long the server may take to stop: to answer the requests that have come, to end"
                  + " event streams and to close its files. No body of a request and no answer may"
                  + " take longer than a third of it, or 10 s."));

  public static final Setting<LogLevel> LOG_LEVEL =
      row(
          Setting.of(
                  "log.level",
                  Kind.oneOf(LogLevel.class),
                  "info",
                  "What is logged, on standard error: things of this level and worse ones.")
              .orBy("--log-level"));

  public static final Setting<LogFormat> LOG_FORMAT =
      row(
          Setting.of(
                  "log.format",
                  Kind.oneOf(LogFormat.class),
                  "text",
                  "Whether the log is for people, or one JSON object a line for programs.")
              .orBy("--log-format"));

  private Settings() {}

  private static <T> Setting<T> row(Setting<T> setting) {
    TABLE.add(setting);
    return setting;
  }

  public static List<Setting<?>> all() {
    return List.copyOf(TABLE);
  }
}
