package dev.tend.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
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
      throw new Refusal(Problem.MALFORMED, why(e));
    }
  }

  /** Jackson's own words advise its programmers. */
  private static String why(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "The JSON of the body has more than %d levels, or a number or name that is too long."
          .formatted(DEPTH);
    }
    String what =
        switch (e) {
          case UnexpectedEndOfInputException _ -> "it breaks off";
          case MismatchedInputException _ -> "something follows after its end";
          default ->
              e.getOriginalMessage().startsWith("Duplicate")
                  ? "a member is there for the second time"
                  : "what is there cannot be there";
        };
    return "The body is not JSON" + place(e) + ": " + what + ".";
  }

  private static String place(JacksonException e) {
    @Nullable TokenStreamLocation place = e.getLocation();
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
