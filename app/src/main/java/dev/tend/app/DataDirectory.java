package dev.tend.app;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a user's data belongs on this operating system. */
public final class DataDirectory {
  private DataDirectory() {}

  /** Tend's folder in the user's data directory. */
  public static Path ofUser() {
    return of(System.getProperty("os.name"), System.getProperty("user.home"), System.getenv());
  }

  static Path of(String system, String userHome, Map<String, String> environment) {
    String home = home(userHome, environment);
    if (system.startsWith("Windows")) {
      String roaming = environment.get("APPDATA");
      return roaming == null
          ? Path.of(home, "AppData", "Roaming", "Tend")
          : Path.of(roaming, "Tend");
    }
    if (system.startsWith("Mac")) {
      return Path.of(home, "Library", "Application Support", "Tend");
    }
    String data = environment.get("XDG_DATA_HOME");
    return isAbsolute(data) ? Path.of(data, "tend") : Path.of(home, ".local", "share", "tend");
  }

  /** An empty variable says nothing. */
  public static String home(String userHome, Map<String, String> environment) {
    String given = environment.getOrDefault("HOME", "");
    return given.isEmpty() ? userHome : given;
  }

  /** The XDG specification has a relative path ignored. */
  private static boolean isAbsolute(@Nullable String path) {
    return path != null && path.startsWith("/");
  }
}
