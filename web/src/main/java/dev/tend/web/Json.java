package dev.tend.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as RFC 8259 has it, and nothing more: no comments, no NaN, no field twice, nothing after.
 */
final class Json {
  private static final int DEPTH = 16;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * @throws Refusal if it is not one JSON object in UTF-8
   */
  static ObjectNode read(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode json = MAPPER.readTree(text);
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new Refusal(Problem.MALFORMED, "The body is not a JSON object.");
    } catch (CharacterCodingException e) {
      throw new Refusal(Problem.MALFORMED, "The body is not UTF-8.");
    } catch (JacksonException e) {
      throw new Refusal(
          Problem.MALFORMED, "The body is not JSON" + place(e) + ": " + e.getOriginalMessage());
    }
  }

  private static String place(JacksonException e) {
    @Nullable TokenStreamLocation place = e.getLocation();
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
