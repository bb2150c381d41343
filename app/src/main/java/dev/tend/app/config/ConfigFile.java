package dev.tend.app.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** A configuration file that has been read: what it says, by key, and on which line. */
final class ConfigFile {
  private static final int MOST_BYTES = 64 * 1024;
  private static final TomlMapper TOML = new TomlMapper();

  private final Path path;
  private final Map<String, Integer> lines;
  private final Map<String, JsonNode> values;

  private ConfigFile(Path path, Map<String, JsonNode> values, Map<String, Integer> lines) {
    this.path = path;
    this.values = values;
    this.lines = lines;
  }

  static ConfigFile read(Path path) throws BadConfiguration {
    String text = text(path);
    try {
      return new ConfigFile(path, flat(TOML.readTree(text)), lines(text));
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
    } catch (NoSuchFileException e) {
      throw new BadConfiguration(
          "The configuration file %s is a link to a file that is not there.".formatted(path));
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

  /** Where it is said: the line on which that statement ends. */
  int line(String key) {
    return lines.getOrDefault(key, 1);
  }

  /** Reads it once more, a statement at a time: where it parses alone, it is over. */
  private static Map<String, Integer> lines(String text) {
    Map<String, Integer> lines = new HashMap<>();
    String table = "";
    StringBuilder statement = new StringBuilder();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      statement.append(line).append('\n');
      @Nullable Map<String, JsonNode> said = parsed(statement.toString());
      if (said == null) {
        continue;
      }
      boolean isHeader = statement.toString().strip().startsWith("[");
      String before = isHeader ? "" : table;
      for (String key : said.keySet()) {
        lines.putIfAbsent(before + key, number);
        table = isHeader ? key + "." : table;
      }
      statement.setLength(0);
    }
    return lines;
  }

  private static @Nullable Map<String, JsonNode> parsed(String statement) {
    try {
      return flat(TOML.readTree(statement));
    } catch (JacksonException cutShort) {
      return null;
    }
  }
}
