package dev.tend.app.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What each source of configuration says, judged. */
final class Sources {
  private Sources() {}

  static Map<Setting<?>, InForce<?>> defaults() throws BadConfiguration {
    Map<Setting<?>, InForce<?>> values = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      values.put(setting, judged(setting, setting.initial().get(), new Origin.Default()));
    }
    return values;
  }

  static Map<Setting<?>, InForce<?>> file(Path path) throws BadConfiguration {
    ConfigFile file = ConfigFile.read(path);
    Map<String, Setting<?>> known = new LinkedHashMap<>();
    Settings.all().forEach(setting -> known.put(setting.key(), setting));
    Map<Setting<?>, InForce<?>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> said : file.values().entrySet()) {
      Origin origin = new Origin.File(path, file.line(said.getKey()));
      Setting<?> setting = known.get(said.getKey());
      if (setting == null && isSection(said)) {
        requireKnown(said.getKey(), origin);
        continue;
      }
      if (setting == null) {
        throw unknown(origin + ": ", said.getKey(), "setting", known.keySet());
      }
      Optional<String> text = Typed.text(setting.kind().form(), said.getValue());
      if (text.isEmpty()) {
        throw wrong(setting, said.getValue().toString(), origin);
      }
      values.put(setting, judged(setting, from(path, setting, text.get()), origin));
    }
    return values;
  }

  /** One in which nothing is said. */
  private static boolean isSection(Map.Entry<String, JsonNode> said) {
    return said.getValue().isObject() && !said.getKey().contains(".");
  }

  private static void requireKnown(String section, Origin origin) throws BadConfiguration {
    Set<String> known =
        Settings.all().stream()
            .map(Setting::section)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!known.contains(section)) {
      throw unknown(origin + ": ", section, "section", known);
    }
  }

  private static String from(Path file, Setting<?> setting, String text) {
    boolean isAPath = setting.kind().form() == Kind.Form.PATH && !text.isBlank();
    return isAPath && !text.equals(setting.initial().get())
        ? file.toAbsolutePath().resolveSibling(text).normalize().toString()
        : text;
  }

  /** An empty variable is none. One that begins as ours do and is not ours is a mistake. */
  static Map<Setting<?>, InForce<?>> environment(Map<String, String> environment)
      throws BadConfiguration {
    Map<String, Setting<?>> known = new LinkedHashMap<>();
    Settings.all().forEach(setting -> known.put(setting.variable(), setting));
    Map<Setting<?>, InForce<?>> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      Setting<?> setting = known.get(name);
      if (setting != null && !variable.getValue().isEmpty()) {
        values.put(setting, judged(setting, variable.getValue(), new Origin.Environment(name)));
      } else if (setting == null
          && Settings.all().stream().anyMatch(one -> isOfSection(one, name))) {
        throw unknown("Environment variable ", name, "setting", known.keySet());
      }
    }
    return values;
  }

  private static boolean isOfSection(Setting<?> setting, String variable) {
    String whole = setting.variable();
    return variable.startsWith(whole.substring(0, whole.length() - setting.name().length()));
  }

  static Map<Setting<?>, InForce<?>> options(Map<Setting<?>, String> given)
      throws BadConfiguration {
    Map<Setting<?>, InForce<?>> values = new LinkedHashMap<>();
    for (Map.Entry<Setting<?>, String> option : given.entrySet()) {
      Setting<?> setting = option.getKey();
      Origin origin = new Origin.Option(setting.option().orElseThrow());
      values.put(setting, judged(setting, option.getValue(), origin));
    }
    return values;
  }

  // ---- judgement ----

  private static <T> InForce<T> judged(Setting<T> setting, String text, Origin origin)
      throws BadConfiguration {
    Optional<T> value = setting.kind().reader().apply(text);
    if (value.isEmpty()) {
      throw wrong(setting, '"' + text + '"', origin);
    }
    return new InForce<>(value.get(), text, origin);
  }

  private static BadConfiguration wrong(Setting<?> setting, String shown, Origin origin) {
    String where = origin instanceof Origin.File ? origin + ": " + setting.key() : origin + "";
    return new BadConfiguration(
        "%s is to be %s, not %s.".formatted(where, setting.kind().expected(), brief(shown)));
  }

  private static BadConfiguration unknown(
      String where, String name, String what, Collection<String> known) {
    return new BadConfiguration(
        "%s%s is no %s; the nearest that there is: %s."
            .formatted(where, brief(name), what, Nearest.of(name, known)));
  }

  /** On one line of a terminal, whatever the file has. */
  private static String brief(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "�");
    return visible.length() <= 100 ? visible : visible.substring(0, 100) + "…";
  }
}
