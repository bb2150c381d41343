package dev.tend.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place where a page ends, as text that means something only to us. */
final class Cursor {
  private Cursor() {}

  static String of(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws Refusal if it is none of ours
   */
  static String read(String cursor) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
          .toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw foreign();
    }
  }

  static Refusal foreign() {
    return new Refusal(Problem.MALFORMED, "This is no cursor that an answer gave as next.")
        .about("after");
  }
}
