package dev.tend.app.config;

import dev.tend.app.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  public static final Setting<Path> DATA_FOLDER =
      row(
          Setting.of("data.folder", Kind.folder(), "", "Where the lists are kept.")
              .initially(
                  () -> DataDirectory.ofUser().toString(),
                  "`tend` in the user's data folder, such as `~/.local/share/tend`",
                  "/var/lib/tend")
              .orBy("--data"));

  public static final Setting<Integer> DATA_SHARDS =
      row(
          Setting.of(
              "data.shards",
              Kind.number(1, 64),
              "4",
              "Over how many files the lists of a new data folder are spread, each with a writer of"
                  + " its own; without effect on a folder that is there already."));

  public static final Setting<Duration> LISTS_IDLE =
      row(
          Setting.of(
              "lists.idle",
              Kind.time(Duration.ofSeconds(1), Duration.ofDays(365)),
              "10m",
              "After how long without a request a list's process stops and frees its memory; the"
                  + " next request starts it."));

  private Settings() {}

  private static <T> Setting<T> row(Setting<T> setting) {
    TABLE.add(setting);
    return setting;
  }

  public static List<Setting<?>> all() {
    return List.copyOf(TABLE);
  }
}
