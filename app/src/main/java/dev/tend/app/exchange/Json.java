package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import dev.tend.todo.list.InvalidField;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON, whole: {@code {"name": …, "entries": [{"date": …, "title": …, "done": …, "notes": …}, …]}}.
 * Read, it may be the array alone, and may have what {@code tend show --json} says besides; a page
 * of the API's that has a next one is refused.
 */
public record Json() implements Format {
  private static final Set<String> OF_THE_SERVER = Set.of("id", "revision", "etag");
  private static final Set<String> FIELDS = Set.of("date", "title", "done", "notes");
  private static final int LONGEST = 1_000_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public void read(Reader text, Consumer<Item> to) throws IOException {
    Counting lines = new Counting(text);
    try (JsonParser json = MAPPER.createParser(lines)) {
      try {
        document(json, lines, to);
      } catch (JacksonException broken) {
        to.accept(
            broken.getCause() instanceof Counting.TooLong endless
                ? endless.item()
                : new Item.End(
                    line(broken.getLocation()),
                    "from here on it is no JSON: " + broken.getOriginalMessage()));
      }
    }
  }

  private static long line(@Nullable TokenStreamLocation place) {
    return place == null ? 1 : Math.max(1, place.getLineNr());
  }

  private static void document(JsonParser json, Counting lines, Consumer<Item> to) {
    JsonToken first = json.nextToken();
    boolean entries = first == JsonToken.START_ARRAY;
    if (entries) {
      entries(json, lines, to);
    } else if (first == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_ARRAY && "entries".equals(name)) {
          entries(json, lines, to);
          entries = true;
        } else if (value != JsonToken.VALUE_NULL && "next".equals(name)) {
          to.accept(
              new Item.End(
                  line(json.currentTokenLocation()),
                  "it is one page of several, as its \"next\" says; tend export writes all of"
                      + " them"));
          return;
        } else {
          json.skipChildren();
        }
      }
    }
    if (!entries) {
      to.accept(new Item.End(1, "there are no \"entries\" in it"));
    } else if (json.nextToken() != null) {
      to.accept(new Item.End(line(json.currentTokenLocation()), "there is more after its end"));
    }
  }

  private static void entries(JsonParser json, Counting lines, Consumer<Item> to) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      long line = line(json.currentTokenLocation());
      lines.begin(line);
      JsonNode entry = json.readValueAsTree();
      to.accept(Judged.item(line, () -> draft(entry)));
    }
  }

  private static Draft draft(JsonNode json) {
    if (!(json instanceof ObjectNode entry)) {
      throw new InvalidField("it", "is no object");
    }
    for (String name : entry.propertyNames()) {
      if (!FIELDS.contains(name) && !OF_THE_SERVER.contains(name)) {
        throw new InvalidField(
            "it", "has a field '" + Judged.start(name) + "', which no entry has");
      }
    }
    return new Draft(
        Judged.date(text(entry, "date")), text(entry, "title"), done(entry), text(entry, "notes"));
  }

  private static String text(ObjectNode entry, String name) {
    JsonNode value = entry.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw new InvalidField(name, "has to be a text");
    }
    return value.stringValue();
  }

  private static boolean done(ObjectNode entry) {
    JsonNode value = entry.path("done");
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new InvalidField("done", "has to be true or false");
    }
    return value.asBoolean(false);
  }

  @Override
  public Sheet write(About list, Writer to) throws IOException {
    JsonGenerator json = MAPPER.createGenerator(to);
    put(() ->
        json.writeStartObject()
            .writeStringProperty("name", list.name())
            .writeArrayPropertyStart("entries"));
    return new Sheet() {
      @Override
      public void add(int number, Draft entry) throws IOException {
        put(() -> entry(json, entry));
      }

      @Override
      public void end() throws IOException {
        put(() -> {
          json.writeRaw("\n");
          json.writeEndArray().writeEndObject().writeRaw("\n");
          json.close();
        });
        to.flush();
      }
    };
  }

  /** Jackson has an exception of its own for what goes wrong below it. */
  private static void put(Runnable some) throws IOException {
    try {
      some.run();
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private static void entry(JsonGenerator json, Draft entry) {
    @Nullable LocalDate date = entry.date();
    json.writeRaw("\n");
    json.writeStartObject();
    if (date == null) {
      json.writeNullProperty("date");
    } else {
      json.writeStringProperty("date", date.toString());
    }
    json.writeStringProperty("title", entry.title())
        .writeBooleanProperty("done", entry.done())
        .writeStringProperty("notes", entry.notes())
        .writeEndObject();
  }

  @Override
  public Draft held(Draft entry) {
    return entry;
  }
}
