package dev.tend.app.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How a file's bytes are characters.
 *
 * @param mark how many bytes at its beginning are none
 */
record Encoding(Charset charset, int mark) {
  /** As many bytes of a file as one has to look at. */
  static final int LOOK = 16;

  private record Kind(String name, String magic) {}

  private static final List<Kind> NO_TEXTS =
      List.of(
          new Kind("a ZIP archive or an office document", "PK\3\4"),
          new Kind("an empty ZIP archive", "PK\5\6"),
          new Kind("compressed with gzip", "\u001f\u008b"),
          new Kind("compressed with bzip2", "BZh91AY&SY"),
          new Kind("compressed with xz", "\u00fd7zXZ"),
          new Kind("compressed with zstd", "(\u00b5/\u00fd"),
          new Kind("an old office document", "\u00d0\u00cf\u0011\u00e0"),
          new Kind("a PDF", "%PDF-"),
          new Kind("an SQLite database", "SQLite format 3\0"),
          new Kind("in UTF-32", "\u00ff\u00fe\0\0"),
          new Kind("in UTF-32", "\0\0\u00fe\u00ff"));

  private record Mark(Charset charset, String bytes) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(StandardCharsets.UTF_8, "\u00ef\u00bb\u00bf"),
          new Mark(StandardCharsets.UTF_16LE, "\u00ff\u00fe"),
          new Mark(StandardCharsets.UTF_16BE, "\u00fe\u00ff"));

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
        .map(mark -> new Encoding(mark.charset(), mark.bytes().length()))
        .orElseGet(() -> new Encoding(given.orElse(StandardCharsets.UTF_8), 0));
  }

  /** The characters of the second stand for bytes. */
  private static boolean begins(byte[] start, String with) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(with);
  }
}
