package dev.tend.app;

import java.security.SecureRandom;
import java.util.Base64;

/** A secret that nobody guesses, for one run of a server. */
final class DevToken {
  private static final int BYTES = 18;

  private DevToken() {}

  static String fresh() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
