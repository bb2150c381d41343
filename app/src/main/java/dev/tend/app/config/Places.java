package dev.tend.app.config;

import dev.tend.app.DataDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration file is: where {@code --config} says, else where {@code TEND_CONFIG}
 * says, else the first of the usual places that has one.
 */
final class Places {
  /** The environment variable that names the file. */
  static final String VARIABLE = "TEND_CONFIG";

  private static final String NAME = "tend.toml";

  private Places() {}

  /** The file to be read, if any; what was named must be there. */
  static Optional<Path> file(Optional<Path> option, Map<String, String> environment)
      throws BadConfiguration {
    if (option.isPresent()) {
      return Optional.of(named(option.get(), "--config"));
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isEmpty()) {
      return Optional.of(named(Path.of(variable), VARIABLE));
    }
    return usual(environment).stream().filter(Places::isThere).findFirst();
  }

  private static Path named(Path path, String by) throws BadConfiguration {
    if (!isThere(path)) {
      throw new BadConfiguration(
          "There is no configuration file %s, which %s names.".formatted(path, by));
    }
    return path;
  }

  /**
   * Also a link that leads nowhere is, and what a folder that may not be entered hides: passed
   * over, a server would work with another configuration than the one that was written for it.
   */
  private static boolean isThere(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (AccessDeniedException hidden) {
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  /** The usual places on this system, the user's first. */
  static List<Path> usual(Map<String, String> environment) {
    return usual(System.getProperty("os.name"), System.getProperty("user.home"), environment);
  }

  static List<Path> usual(String system, String userHome, Map<String, String> environment) {
    String home = DataDirectory.home(userHome, environment);
    List<Path> places = new ArrayList<>();
    if (system.startsWith("Windows")) {
      String roaming = environment.get("APPDATA");
      String all = environment.get("PROGRAMDATA");
      places.add(
          roaming == null
              ? Path.of(home, "AppData", "Roaming", "Tend", NAME)
              : Path.of(roaming, "Tend", NAME));
      places.add(Path.of(all == null ? "C:\\ProgramData" : all, "Tend", NAME));
      return places;
    }
    if (system.startsWith("Mac")) {
      places.add(Path.of(home, "Library", "Application Support", "Tend", NAME));
    } else {
      @Nullable String xdg = environment.get("XDG_CONFIG_HOME");
      places.add(
          xdg != null && xdg.startsWith("/")
              ? Path.of(xdg, "tend", NAME)
              : Path.of(home, ".config", "tend", NAME));
    }
    places.add(Path.of("/etc", "tend", NAME));
    return places;
  }
}
