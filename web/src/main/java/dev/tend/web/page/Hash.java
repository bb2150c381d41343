package dev.tend.web.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of bytes. */
final class Hash {
  private Hash() {}

  static String hex(byte[] bytes) {
    return hex(List.of(bytes)).substring(0, 32);
  }

  static String hex(Iterable<byte[]> all) {
    MessageDigest sha = sha();
    all.forEach(sha::update);
    return HexFormat.of().formatHex(sha.digest());
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(sha().digest(bytes));
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
