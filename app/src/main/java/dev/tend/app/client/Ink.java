package dev.tend.app.client;

import java.util.Map;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Colours, where they are wanted.
 *
 * @param on whether there are any
 */
record Ink(boolean on) {

  /** As one can ask for them. */
  enum When {
    auto,
    always,
    never
  }

  /** Unless asked for, colours are only for a person at a terminal who has not turned them off. */
  static Ink of(When when, boolean terminal, Map<String, String> environment) {
    return new Ink(
        switch (when) {
          case always -> true;
          case never -> false;
          case auto ->
              terminal
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb");
        });
  }

  String bold(String text) {
    return in(Style.bold, text);
  }

  String faint(String text) {
    return in(Style.faint, text);
  }

  String red(String text) {
    return in(Style.fg_red, text);
  }

  private String in(IStyle style, String text) {
    return on && !text.isEmpty() ? style.on() + text + Style.reset.on() : text;
  }
}
