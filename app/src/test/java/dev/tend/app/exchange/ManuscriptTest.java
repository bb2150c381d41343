package dev.tend.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.list.Draft;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in every encoding, and files that are no text. */
class ManuscriptTest {

  private static String read(byte[] bytes, String encoding) throws Exception {
    try (Manuscript taken =
            Manuscript.take(
                new ByteArrayInputStream(bytes),
                new Lines(),
                Optional.ofNullable(encoding).map(Charset::forName));
        Reader text = taken.open()) {
      StringWriter all = new StringWriter();
      text.transferTo(all);
      return all.toString();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,        '',     ",
    "UTF-8,        efbbbf, ",
    "UTF-16LE,     fffe,   ",
    "UTF-16BE,     feff,   ",
    "UTF-16LE,     '',     UTF-16LE",
    "windows-1252, '',     windows-1252",
    "UTF-8,        efbbbf, windows-1252"
  })
  void isReadInItsEncoding(String charset, String mark, String given) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(HexFormat.of().parseHex(mark));
    file.write("Grüße\r\n".getBytes(Charset.forName(charset)));
    assertThat(read(file.toByteArray(), given)).isEqualTo("Grüße\r\n");
  }

  @Test
  void whatIsNotUtf8IsNamedByItsLine() {
    String text = "Milk\n".repeat(30_000) + "Grüße\n";
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1), null))
        .isInstanceOf(Unreadable.class)
        .hasMessageContainingAll("line 30001", "--encoding");
  }

  @Test
  void aCharacterThatEndsTooSoonIsNotTaken() {
    assertThatThrownBy(() -> read(new byte[] {'A', (byte) 0xc3}, null))
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void aZipIsNamed() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("list.csv"));
    }
    assertThatThrownBy(() -> read(file.toByteArray(), null)).hasMessageContaining("ZIP");
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b0800000000, gzip",
    "255044462d312e, PDF",
    "53514c69746520666f726d6174203300, SQLite",
    "425a6839314159265359, bzip2",
    "fffe000041000000, UTF-32",
    "4100420043000a00, UTF-16LE"
  })
  void whatIsNoTextIsNamed(String hex, String name) {
    assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex), null))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQLite upgrade\n", "BZhang\n"})
  void aTitleThatBeginsLikeSomethingElseIsText(String text) throws Exception {
    assertThat(read(text.getBytes(StandardCharsets.UTF_8), null)).isEqualTo(text);
  }

  @Test
  void anEncodingThatCanOnlyBeReadHasAHashToo() throws Exception {
    try (Manuscript taken =
        Manuscript.take(
            new ByteArrayInputStream("Milk\n".getBytes(StandardCharsets.US_ASCII)),
            new Lines(),
            Optional.of(Charset.forName("ISO-2022-CN")))) {
      assertThat(taken.hash()).matches("[0-9a-f]{64}");
    }
  }

  private static List<Item> calendar(byte[] bytes, String encoding) throws Exception {
    ICalendar format = new ICalendar(ZoneOffset.UTC);
    List<Item> items = new ArrayList<>();
    try (Manuscript taken =
            Manuscript.take(
                new ByteArrayInputStream(bytes),
                format,
                Optional.ofNullable(encoding).map(Charset::forName));
        Reader text = taken.open()) {
      format.read(text, items::add);
    }
    return items;
  }

  /** As many programs do it, which count octets and know no characters. */
  @ParameterizedTest
  @CsvSource({"75, '\r\n '", "75, '\n\t'", "3, '\r\n '", "2, '\n '"})
  void aCalendarIsFoldedBetweenAnyTwoOctets(int width, String fold) throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (String text : List.of("Gr\u00fc\u00dfe ", "\u725b\u4e73", "\ud83d\ude80", "a\u0301\n")) {
      for (int begin = 0; begin < 4; begin++) {
        drafts.add(new Draft(null, "x".repeat(begin) + text.repeat(60), false, text.repeat(99)));
      }
    }
    StringWriter file = new StringWriter();
    Format format = new ICalendar(ZoneOffset.UTC);
    Format.Sheet sheet = format.write(new Format.About("0123", "A", Instant.EPOCH), file);
    for (Draft draft : drafts) {
      sheet.add(1, draft);
    }
    sheet.end();
    byte[] whole = file.toString().replace("\r\n ", "").getBytes(StandardCharsets.UTF_8);
    byte[] folded = folded(whole, width, fold.translateEscapes());
    assertThat(calendar(folded, null))
        .allMatch(item -> item instanceof Item.Good, "is good")
        .extracting(item -> ((Item.Good) item).draft())
        .isEqualTo(drafts);
  }

  private static byte[] folded(byte[] lines, int width, String fold) {
    ByteArrayOutputStream folded = new ByteArrayOutputStream();
    int octets = 0;
    for (byte octet : lines) {
      if (octets >= width && octet != '\r' && octet != '\n') {
        folded.writeBytes(fold.getBytes(StandardCharsets.US_ASCII));
        octets = 1;
      }
      folded.write(octet);
      octets = octet == '\n' ? 0 : octets + 1;
    }
    return folded.toByteArray();
  }

  @Test
  void linesFoldedInsideACharacterAreCounted() throws Exception {
    String calendar =
        """
        BEGIN:VCALENDAR
        BEGIN:VTODO
        SUMMARY:Gr\u00c3
         \u00bc\u00c3
         \u009fe
        END:VTODO
        BEGIN:VTODO
        END:VTODO
        END:VCALENDAR
        """;
    byte[] octets = calendar.getBytes(StandardCharsets.ISO_8859_1);
    List<Item> items = calendar(octets, null);
    assertThat(items)
        .hasSize(2)
        .first()
        .isEqualTo(new Item.Good(2, Draft.of(null, "Gr\u00fc\u00dfe")));
    assertThat(items.getLast().line()).isEqualTo(7);
    byte[] latin = calendar.replace("\u009fe", "\u00dfe").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> calendar(latin, null)).hasMessageContaining("line 4 is not UTF-8");
  }

  @Test
  void aFoldedCalendarOfAnotherEncodingStaysAsItIs() throws Exception {
    String calendar =
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:\u00c3\n \u00a9\nEND:VTODO\nEND:VCALENDAR\n";
    assertThat(calendar(calendar.getBytes(StandardCharsets.ISO_8859_1), "windows-1252"))
        .containsExactly(new Item.Good(2, Draft.of(null, "\u00c3\u00a9")));
  }

  @Test
  void aMillionLinesAreTaken() throws Exception {
    byte[] many = "2026-12-04,Milk\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    long[] count = new long[1];
    try (Manuscript taken =
            Manuscript.take(new ByteArrayInputStream(many), new Csv(true), Optional.empty());
        Reader text = taken.open()) {
      new Csv(true).read(text, _ -> count[0]++);
    }
    assertThat(count[0]).isEqualTo(1_000_000);
  }
}
