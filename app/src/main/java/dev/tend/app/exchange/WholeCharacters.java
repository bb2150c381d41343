package dev.tend.app.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar's octets, in which no line is folded inside a character of UTF-8: RFC 5545 (3.1) lets
 * them be folded between any two octets. Such a fold comes after the character, so that lines keep
 * their numbers.
 */
final class WholeCharacters extends InputStream {
  /** What may come before an octet that is inside of a character. */
  private static final Pattern FOLDED = Pattern.compile("(\r?\n[ \t])?[\u0080-\u00bf]");

  private static final int LONGEST = 4;

  private final BufferedInputStream from;
  private final Queue<Integer> next = new ArrayDeque<>();

  WholeCharacters(InputStream from) {
    this.from = new BufferedInputStream(from);
  }

  @Override
  public int read() throws IOException {
    if (!next.isEmpty()) {
      return next.remove();
    }
    int octet = from.read();
    if (octet >= 0xc0) {
      takeRest(octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3);
    }
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    int octet = 0;
    while (count < length && octet >= 0) {
      octet = read();
      if (octet >= 0) {
        into[offset + count++] = (byte) octet;
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** As much as is there: whether that makes a character is for the decoder to say. */
  private void takeRest(int octets) throws IOException {
    StringBuilder folds = new StringBuilder();
    for (int i = 0; i < octets; i++) {
      from.mark(LONGEST);
      String ahead = new String(from.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
      from.reset();
      Matcher folded = FOLDED.matcher(ahead);
      if (!folded.lookingAt()) {
        break;
      }
      from.skipNBytes(folded.end());
      next.add((int) ahead.charAt(folded.end() - 1));
      folds.append(ahead, 0, folded.end() - 1);
    }
    folds.chars().forEach(next::add);
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
