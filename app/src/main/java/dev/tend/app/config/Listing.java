package dev.tend.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in force, shown. */
public final class Listing {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Listing() {}

  /** For a person: a line each. */
  public static String text(Configuration configuration, Map<String, String> environment) {
    List<Setting<?>> all = Settings.all();
    int keys = all.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
    int texts =
        all.stream().mapToInt(setting -> configuration.text(setting).length()).max().orElse(0);
    String format = "%-" + keys + "s  %-" + Math.max(texts, 1) + "s  %s%n";
    String lines =
        all.stream()
            .map(setting ->
                format.formatted(
                    setting.key(), configuration.text(setting), configuration.origin(setting)))
            .collect(Collectors.joining());
    return head(configuration, environment) + lines;
  }

  private static String head(Configuration configuration, Map<String, String> environment) {
    return configuration
        .file()
        .map("Configuration file: %s%n"::formatted)
        .orElseGet(() ->
            "No configuration file; it could be %s.%n"
                .formatted(
                    Places.usual(environment).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(" or "))));
  }

  /** For a program: one object. */
  public static String json(Configuration configuration) {
    ObjectNode whole = JSON.createObjectNode();
    configuration.file().ifPresent(file -> whole.put("file", file.toString()));
    ArrayNode settings = whole.putArray("settings");
    for (Setting<?> setting : Settings.all()) {
      ObjectNode one = settings.addObject().put("key", setting.key());
      one.set("value", Typed.value(setting.kind().form(), configuration.text(setting)));
      ObjectNode origin = one.putObject("origin");
      switch (configuration.origin(setting)) {
        case Origin.Option(String name) -> origin.put("kind", "option").put("option", name);
        case Origin.Environment(String variable) ->
            origin.put("kind", "environment").put("variable", variable);
        case Origin.File(Path path, int line) ->
            origin.put("kind", "file").put("file", path.toString()).put("line", line);
        case Origin.Default() -> origin.put("kind", "default");
      }
    }
    return JSON.writeValueAsString(whole) + System.lineSeparator();
  }

  /** A configuration file in which every setting is explained, and none is set. */
  public static String example() {
    return Reference.example();
  }
}
