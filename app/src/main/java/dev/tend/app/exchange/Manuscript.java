package dev.tend.app.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A text that was given, copied to disk, so that it can be read twice and does not change
 * meanwhile, however large it is. It has been looked through: all of it can be decoded.
 */
public final class Manuscript implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final Path copy;
  private final Encoding encoding;
  private final String hash;
  private final boolean folded;

  private Manuscript(Path copy, Encoding encoding, String hash, boolean folded) {
    this.copy = copy;
    this.encoding = encoding;
    this.hash = hash;
    this.folded = folded;
  }

  /**
   * Takes all that a stream has.
   *
   * @param format by which it will be read
   * @param given the encoding of what has no byte order mark; none: UTF-8
   * @throws Unreadable if it is no text, or of another encoding
   */
  public static Manuscript take(InputStream from, Format format, Optional<Charset> given)
      throws IOException, Unreadable {
    Path copy = Files.createTempFile("tend-", ".import");
    copy.toFile().deleteOnExit(); // Ctrl-C runs no finally
    boolean good = false;
    try {
      MessageDigest sha = sha256();
      Files.copy(new DigestInputStream(from, sha), copy, StandardCopyOption.REPLACE_EXISTING);
      Encoding encoding;
      try (InputStream start = Files.newInputStream(copy)) {
        encoding = Encoding.of(start.readNBytes(Encoding.LOOK), given);
      }
      boolean folded =
          format instanceof ICalendar && encoding.charset().equals(StandardCharsets.UTF_8);
      Manuscript taken =
          new Manuscript(copy, encoding, HexFormat.of().formatHex(sha.digest()), folded);
      taken.check();
      good = true;
      return taken;
    } finally {
      if (!good) {
        Files.deleteIfExists(copy);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** What tells this text from others, its encoding included: some hexadecimal digits. */
  public String hash() {
    Charset charset = encoding.charset();
    Charset writable = charset.canEncode() ? charset : StandardCharsets.UTF_8;
    return HexFormat.of().formatHex(sha256().digest((hash + charset).getBytes(writable)));
  }

  /** Reads it from the beginning. */
  public Reader open() throws IOException {
    return new BufferedReader(new InputStreamReader(bytes(), encoding.charset()), PIECE);
  }

  private InputStream bytes() throws IOException {
    InputStream bytes = Files.newInputStream(copy);
    bytes.skipNBytes(encoding.mark());
    return folded ? new WholeCharacters(bytes) : bytes;
  }

  private void check() throws IOException, Unreadable {
    CharsetDecoder decoder = encoding.charset().newDecoder(); // which reports what it cannot decode
    ByteBuffer raw = ByteBuffer.allocate(PIECE).flip();
    CharBuffer text = CharBuffer.allocate(PIECE);
    Tally tally = new Tally();
    try (ReadableByteChannel bytes = Channels.newChannel(bytes())) {
      boolean end = false;
      while (!end) {
        raw.compact();
        end = bytes.read(raw) < 0;
        raw.flip();
        CoderResult result;
        do {
          result = decoder.decode(raw, text, end);
          tally.count(text.flip());
          text.clear();
          if (result.isError()) {
            throw tally.undecodable(encoding.charset());
          }
        } while (result.isOverflow());
      }
    }
    tally.requireText();
  }

  /** Removes the copy. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(copy);
  }
}
