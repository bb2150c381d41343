package dev.tend.app.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a file's bytes are characters.
 *
 * @param mark how many bytes at its beginning are none
 */
record Encoding(Charset charset, int mark) {
  /** As many bytes of a file as one has to look at. */
  static final int LOOK = 8;

  private record Kind(String name, int... magic) {}

  private static final List<Kind> NO_TEXTS =
      List.of(
          new Kind("a ZIP archive or an office document", 'P', 'K', 3, 4),
          new Kind("an empty ZIP archive", 'P', 'K', 5, 6),
          new Kind("compressed with gzip", 0x1f, 0x8b),
          new Kind("compressed with bzip2", 'B', 'Z', 'h'),
          new Kind("compressed with xz", 0xfd, '7', 'z', 'X', 'Z'),
          new Kind("compressed with zstd", 0x28, 0xb5, 0x2f, 0xfd),
          new Kind("an old office document", 0xd0, 0xcf, 0x11, 0xe0),
          new Kind("a PDF", '%', 'P', 'D', 'F', '-'),
          new Kind("an SQLite database", 'S', 'Q', 'L', 'i', 't', 'e'),
          new Kind("in UTF-32", 0xff, 0xfe, 0, 0),
          new Kind("in UTF-32", 0, 0, 0xfe, 0xff));

  private record Mark(Charset charset, int... bytes) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
          new Mark(StandardCharsets.UTF_16LE, 0xff, 0xfe),
          new Mark(StandardCharsets.UTF_16BE, 0xfe, 0xff));

  /**
   * The encoding that a file's byte order mark names, else the one given, else UTF-8.
   *
   * @param start the file's first bytes
   * @throws Unreadable if they are the beginning of something that is no text
   */
  static Encoding of(byte[] start, Optional<Charset> given) throws Unreadable {
    for (Kind kind : NO_TEXTS) {
      if (begins(start, kind.magic())) {
        throw new Unreadable("this is no text: it is " + kind.name());
      }
    }
    return MARKS.stream()
        .filter(mark -> begins(start, mark.bytes()))
        .findFirst()
        .map(mark -> new Encoding(mark.charset(), mark.bytes().length))
        .orElseGet(() -> new Encoding(given.orElse(StandardCharsets.UTF_8), 0));
  }

  private static boolean begins(byte[] start, int[] with) {
    byte[] bytes = new byte[with.length];
    for (int i = 0; i < with.length; i++) {
      bytes[i] = (byte) with[i];
    }
    return start.length >= with.length
        && Arrays.equals(start, 0, with.length, bytes, 0, with.length);
  }
}
