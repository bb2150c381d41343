package dev.tend.app.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** A configuration file that has been read: what it says, by key, and on which line. */
final class ConfigFile {
  private static final int MOST_BYTES = 64 * 1024;
  private static final TomlMapper TOML = new TomlMapper();

  private final Path path;
  private final String text;
  private final Map<String, JsonNode> values;

  private ConfigFile(Path path, String text, Map<String, JsonNode> values) {
    this.path = path;
    this.text = text;
    this.values = values;
  }

  static ConfigFile read(Path path) throws BadConfiguration {
    String text = text(path);
    try {
      return new ConfigFile(path, text, flat(TOML.readTree(text)));
    } catch (JacksonException e) {
      throw new BadConfiguration(
          "%s, line %d, cannot be read as TOML: %s."
              .formatted(path, e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
  }

  private static String text(Path path) throws BadConfiguration {
    try {
      if (Files.isDirectory(path)) {
        throw new BadConfiguration("%s is a folder, not a configuration file.".formatted(path));
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new BadConfiguration(
            "%s is larger than %d bytes: it is no configuration file.".formatted(path, MOST_BYTES));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadConfiguration("%s is not a text in UTF-8.".formatted(path));
    } catch (AccessDeniedException e) {
      throw new BadConfiguration(
          "The configuration file %s cannot be read by this user.".formatted(path));
    } catch (IOException e) {
      throw new BadConfiguration(
          "The configuration file %s cannot be read: %s.".formatted(path, e.getMessage()));
    }
  }

  private static Map<String, JsonNode> flat(JsonNode tables) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    flatten("", tables, flat);
    return flat;
  }

  private static void flatten(String before, JsonNode table, Map<String, JsonNode> flat) {
    table
        .properties()
        .forEach(member -> {
          String key = before + member.getKey();
          if (member.getValue().isObject() && !member.getValue().isEmpty()) {
            flatten(key + ".", member.getValue(), flat);
          } else {
            flat.put(key, member.getValue());
          }
        });
  }

  Path path() {
    return path;
  }

  /** By section and name; a section in which nothing is said by its name, as an empty object. */
  Map<String, JsonNode> values() {
    return values;
  }

  /** Where it is said: the first line with which the file's beginning says it. */
  int line(String key) {
    List<String> beginning = new ArrayList<>();
    for (String line : text.lines().toList()) {
      beginning.add(line);
      if (!line.isBlank() && says(String.join("\n", beginning), key)) {
        break;
      }
    }
    return beginning.size();
  }

  private static boolean says(String text, String key) {
    try {
      return flat(TOML.readTree(text)).containsKey(key);
    } catch (JacksonException cutShort) {
      return false;
    }
  }
}
