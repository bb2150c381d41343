package dev.tend.store;

import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.InvalidField;
import java.io.StringWriter;
import java.sql.SQLDataException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change as its journal row keeps it: a kind and a JSON object. The form is for ever: what is
 * written once must be readable by every later Tend. An entry's revision is that of its row and not
 * repeated. Whatever is not exactly of this form is refused; nothing is guessed or left out.
 */
final class ChangeJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ChangeJson() {}

  static String kind(Change change) {
    return switch (change) {
      case Change.Added _ -> "added";
      case Change.Updated _ -> "updated";
      case Change.Deleted _ -> "deleted";
      case Change.Restored _ -> "restored";
      case Change.Cleared _ -> "cleared";
      case Change.Leaving _ -> "leaving";
      case Change.Staying _ -> "staying";
    };
  }

  static String payload(Change change) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      switch (change) {
        case Change.Added(Entry entry) -> write(entry, json);
        case Change.Updated(Entry entry) -> write(entry, json);
        case Change.Restored(Entry entry) -> write(entry, json);
        case Change.Leaving(int id, Draft what, String to) -> {
          write(what.as(id, 0), json);
          json.writeStringProperty("to", to);
        }
        case Change.Deleted(int id) -> json.writeNumberProperty("id", id);
        case Change.Staying(int id) -> json.writeNumberProperty("id", id);
        case Change.Cleared() -> {}
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Entry entry, JsonGenerator json) {
    @Nullable LocalDate date = entry.date();
    json.writeNumberProperty("id", entry.id());
    if (date == null) {
      json.writeNullProperty("date");
    } else {
      json.writeStringProperty("date", date.toString());
    }
    json.writeStringProperty("title", entry.title());
    json.writeBooleanProperty("done", entry.done());
    json.writeStringProperty("notes", entry.notes());
  }

  /**
   * @param revision of the row that holds the change
   * @throws SQLDataException if kind or payload is not of the form
   */
  static Change read(String kind, String payload, long revision) throws SQLDataException {
    try {
      Fields fields = new Fields(JSON.readTree(payload));
      Change change =
          switch (kind) {
            case "added" -> new Change.Added(fields.entry(revision));
            case "updated" -> new Change.Updated(fields.entry(revision));
            case "restored" -> new Change.Restored(fields.entry(revision));
            case "leaving" -> {
              Entry entry = fields.entry(revision);
              yield new Change.Leaving(entry.id(), Draft.of(entry), fields.text("to"));
            }
            case "staying" -> new Change.Staying(fields.integer("id"));
            case "deleted" -> new Change.Deleted(fields.integer("id"));
            case "cleared" -> new Change.Cleared();
            default -> throw new SQLDataException("its kind is unknown: " + kind);
          };
      fields.requireNoOther();
      return change;
    } catch (JacksonException | DateTimeException | InvalidField e) {
      throw new SQLDataException("its payload cannot be read", e);
    }
  }

  /** The fields of one JSON object, each asked for once. */
  private static final class Fields {
    private final JsonNode json;
    private int asked;

    Fields(JsonNode json) throws SQLDataException {
      if (!json.isObject()) {
        throw new SQLDataException("its payload is not a JSON object");
      }
      this.json = json;
    }

    Entry entry(long revision) throws SQLDataException {
      return new Entry(
          integer("id"), date("date"), text("title"), truth("done"), text("notes"), revision);
    }

    int integer(String name) throws SQLDataException {
      JsonNode value = field(name);
      return require(value, name, value.isInt()).intValue();
    }

    boolean truth(String name) throws SQLDataException {
      JsonNode value = field(name);
      return require(value, name, value.isBoolean()).booleanValue();
    }

    String text(String name) throws SQLDataException {
      JsonNode value = field(name);
      return require(value, name, value.isString()).stringValue();
    }

    @Nullable LocalDate date(String name) throws SQLDataException {
      JsonNode value = field(name);
      return value.isNull()
          ? null
          : LocalDate.parse(require(value, name, value.isString()).stringValue());
    }

    void requireNoOther() throws SQLDataException {
      if (json.size() != asked) {
        throw new SQLDataException("its payload has unknown fields");
      }
    }

    private JsonNode field(String name) throws SQLDataException {
      asked++;
      @Nullable JsonNode value = json.get(name);
      if (value == null) {
        throw new SQLDataException("its payload has no field " + name);
      }
      return value;
    }

    private static JsonNode require(JsonNode value, String name, boolean rightType)
        throws SQLDataException {
      if (!rightType) {
        throw new SQLDataException("the field " + name + " of its payload has another type");
      }
      return value;
    }
  }
}
