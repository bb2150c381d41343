package dev.tend.app.config;

import java.util.Optional;
import java.util.stream.Collectors;

/** The table as documentation: what {@code tend config --example} prints, and a page. */
final class Reference {
  private static final int WIDTH = 88;

  private Reference() {}

  /** A file in which every setting is written down with its default, and commented out. */
  static String example() {
    StringBuilder out = new StringBuilder();
    out.append("# Tend's configuration. What is commented out is the default.\n");
    out.append("# Each setting can be given by an environment variable too, which comes first.\n");
    String section = "";
    for (Setting<?> setting : Settings.all()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        out.append("\n[").append(section).append("]\n");
      } else {
        out.append('\n');
      }
      comment(setting.sentence(), out);
      comment(upper(setting.kind().expected()) + ". " + setting.variable(), out);
      out.append("# ").append(setting.name()).append(" = ").append(initial(setting)).append('\n');
    }
    return out.toString();
  }

  /** The default as TOML; where it is the user's own, a value that could be. */
  private static String initial(Setting<?> setting) {
    String text = setting.own().map(Setting.Own::sample).orElseGet(setting.initial());
    return Typed.value(setting.kind().form(), text).toString();
  }

  private static void comment(String text, StringBuilder out) {
    int width = 0;
    for (String word : text.split(" ", -1)) {
      if (width == 0 || width + 1 + word.length() > WIDTH) {
        out.append(width == 0 ? "# " : "\n# ").append(word);
        width = word.length();
      } else {
        out.append(' ').append(word);
        width += 1 + word.length();
      }
    }
    out.append('\n');
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** The settings as a table of Markdown, a section each. */
  static String tables() {
    return Settings.all().stream()
        .map(Setting::section)
        .distinct()
        .map(Reference::table)
        .collect(Collectors.joining("\n"));
  }

  private static String table(String section) {
    return "## `[%s]`\n\n| setting | what it is for | value | default |\n|---|---|---|---|\n"
            .formatted(section)
        + Settings.all().stream()
            .filter(setting -> setting.section().equals(section))
            .map(Reference::row)
            .collect(Collectors.joining());
  }

  private static String row(Setting<?> setting) {
    Optional<String> option = setting.option().map(name -> ", `serve " + name + "`");
    return "| `%s`<br>`%s`%s | %s | %s | %s |\n"
        .formatted(
            setting.key(),
            setting.variable(),
            option.orElse(""),
            setting.sentence(),
            setting.kind().expected(),
            told(setting));
  }

  private static String told(Setting<?> setting) {
    return setting
        .own()
        .map(Setting.Own::words)
        .orElseGet(() -> "`" + Typed.value(setting.kind().form(), setting.initial().get()) + "`");
  }
}
