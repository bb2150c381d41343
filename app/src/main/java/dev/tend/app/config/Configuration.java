package dev.tend.app.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is in force: option before environment before file before default. */
public final class Configuration {
  private final Optional<Path> file;
  private final Map<Setting<?>, InForce<?>> values = new LinkedHashMap<>();

  private Configuration(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Reads all that there is. A value that is wrong is refused even where another hides it.
   *
   * @param options texts given by options
   * @param named the file that was asked for; none: {@code TEND_CONFIG}, or the usual places
   */
  public static Configuration read(
      Map<Setting<?>, String> options, Optional<Path> named, Map<String, String> environment)
      throws BadConfiguration {
    Configuration read = new Configuration(Places.file(named, environment));
    read.values.putAll(Sources.defaults());
    if (read.file.isPresent()) {
      read.values.putAll(Sources.file(read.file.get()));
    }
    read.values.putAll(Sources.environment(environment));
    read.values.putAll(Sources.options(options));
    return read;
  }

  public <T> T get(Setting<T> setting) {
    return inForce(setting).value();
  }

  /** Where the value comes from. */
  public Origin origin(Setting<?> setting) {
    return inForce(setting).origin();
  }

  /** The value as one would write it. */
  String text(Setting<?> setting) {
    return inForce(setting).text();
  }

  /** The file that was read, if there is one. */
  public Optional<Path> file() {
    return file;
  }

  @SuppressWarnings("unchecked") // a setting's value is what its kind has read
  private <T> InForce<T> inForce(Setting<T> setting) {
    InForce<?> found = values.get(setting);
    if (found == null) {
      throw new IllegalArgumentException(setting.key() + " is not in the table");
    }
    return (InForce<T>) found;
  }
}
