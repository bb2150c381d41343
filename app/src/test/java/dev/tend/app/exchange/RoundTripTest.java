package dev.tend.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again: whole, or as much of it as the format says that it holds. */
class RoundTripTest {
  private static final Format.About LIST =
      new Format.About("0123", "A \"list\",\nof =things", Instant.EPOCH);

  private static final List<String> PIECES =
      List.of(
          "x ",
          "x",
          "(A) ",
          "2026-12-04",
          "2026-12-04 ",
          "2026-13-04 x",
          " ",
          "due:2026-12-04",
          " due:2026-12-04",
          "due:-",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "\"",
          "\"\"",
          ",",
          ";",
          "\\",
          "\\n",
          ":",
          "=1+1",
          "@cmd",
          "title",
          "date",
          "BEGIN:VTODO",
          "END:VCALENDAR",
          "#",
          "'",
          "\u2028",
          "\u0085",
          "\ud83d\ude80",
          "e\u0301",
          "\u202etxt",
          "\u05d0",
          "<b>",
          "{",
          "[",
          "null",
          "Milk");

  @Property
  void whatIsWrittenIsRead(@ForAll("formats") Format format, @ForAll("lists") List<Draft> drafts)
      throws IOException {
    List<Item> read = read(format, write(format, drafts));
    assertThat(read).allMatch(item -> item instanceof Item.Good, "is good");
    assertThat(read.stream().map(item -> ((Item.Good) item).draft()).toList())
        .isEqualTo(drafts.stream().map(format::held).toList());
  }

  /** All pairs of what is special in one of the formats. */
  @ParameterizedTest
  @MethodSource("everyFormat")
  void whatIsSpecialStaysWhatItIs(Format format) throws IOException {
    List<Draft> drafts = new ArrayList<>();
    for (String begin : PIECES) {
      for (String end : PIECES) {
        String title = begin + end;
        if (!title.isBlank()) {
          drafts.add(new Draft(null, title, false, end));
          drafts.add(new Draft(LocalDate.EPOCH, title, true, begin));
        }
      }
    }
    List<Item> read = read(format, write(format, drafts));
    assertThat(read).hasSameSizeAs(drafts);
    for (int i = 0; i < drafts.size(); i++) {
      assertThat(read.get(i)).as(drafts.get(i).toString()).isInstanceOf(Item.Good.class);
      assertThat(((Item.Good) read.get(i)).draft()).isEqualTo(format.held(drafts.get(i)));
    }
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void theFirstAndTheLastDayStayWhatTheyAre(Format format) throws IOException {
    List<Draft> drafts =
        Stream.of("0000-01-01", "0000-05-05", "0001-01-01", "9999-12-31")
            .map(day -> Draft.of(LocalDate.parse(day), "Milk"))
            .toList();
    assertThat(read(format, write(format, drafts)))
        .extracting(item -> ((Item.Good) item).draft())
        .isEqualTo(drafts);
  }

  @Test
  void aDayOfACalendarIsWrittenAsADay() throws IOException {
    assertThat(write(new ICalendar(ZoneOffset.UTC), List.of(Draft.of(LocalDate.EPOCH, "Milk"))))
        .contains("\r\nDUE;VALUE=DATE:19700101\r\n");
  }

  @Property
  void linesOfACalendarAreAsShortAsTheRfcWantsThem(@ForAll("lists") List<Draft> drafts)
      throws IOException {
    List<Draft> all = new ArrayList<>(drafts);
    all.add(Draft.of(null, "\u725b\u4e73\ud83d\ude80".repeat(100)));
    assertThat(write(new ICalendar(ZoneOffset.UTC), all).split("\r\n"))
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75, "75 octets")
        .allMatch(line -> !line.contains("\n") && !line.contains("\r"), "one line");
  }

  @Property
  void jsonAndCsvHoldEverything(@ForAll("drafts") Draft draft) {
    assertThat(new Json().held(draft)).isEqualTo(draft);
    assertThat(new Csv(true).held(draft)).isEqualTo(draft);
  }

  @Property
  void whatIsHeldOnceIsHeldAgain(@ForAll("formats") Format format, @ForAll("drafts") Draft draft) {
    Draft held = format.held(draft);
    assertThat(format.held(held)).isEqualTo(held);
    assertThat(held.date()).isEqualTo(draft.date());
  }

  @Property(tries = 50)
  void whereThereIsNoRoomThatIsAnIoException(@ForAll("formats") Format format) {
    Draft long100 = Draft.of(LocalDate.EPOCH, "x".repeat(100));
    assertThatThrownBy(
            () -> {
              Format.Sheet sheet = format.write(LIST, new Full());
              for (int i = 1; i <= 10_000; i++) {
                sheet.add(i, long100);
              }
              sheet.end();
            })
        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
  }

  /** A disk with room for a little. */
  private static final class Full extends Writer {
    private int room = 20_000;

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      room -= length;
      flush();
    }

    @Override
    public void flush() throws IOException {
      if (room < 0) {
        throw new IOException("no space left");
      }
    }

    @Override
    public void close() {}
  }

  private static String write(Format format, List<Draft> drafts) throws IOException {
    StringWriter file = new StringWriter();
    Format.Sheet sheet = format.write(LIST, file);
    for (int i = 0; i < drafts.size(); i++) {
      sheet.add(i + 1, drafts.get(i));
    }
    sheet.end();
    return file.toString();
  }

  private static List<Item> read(Format format, String file) throws IOException {
    List<Item> items = new ArrayList<>();
    format.read(new StringReader(file), items::add);
    return items;
  }

  @Provide
  Arbitrary<Format> formats() {
    return Arbitraries.of(everyFormat().toList());
  }

  static Stream<Format> everyFormat() {
    return Stream.of(
        new Json(),
        new Csv(true),
        new Csv(false),
        new TodoTxt(),
        new ICalendar(ZoneOffset.UTC),
        new Lines());
  }

  @Provide
  Arbitrary<List<Draft>> lists() {
    return drafts().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Draft> drafts() {
    Arbitrary<LocalDate> dates =
        Arbitraries.longs()
            .between(LocalDate.of(0, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay())
            .map(LocalDate::ofEpochDay);
    return Combinators.combine(
            dates.injectNull(0.3),
            texts(100).filter(text -> !text.isBlank()),
            Arbitraries.of(true, false),
            texts(300))
        .as(Draft::new);
  }

  /** Of what is special in one of the formats, and of anything else. */
  private static Arbitrary<String> texts(int longest) {
    Arbitrary<String> pieces = Arbitraries.of(PIECES);
    Arbitrary<String> anything =
        Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(10);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, pieces), net.jqwik.api.Tuple.of(1, anything))
        .list()
        .ofMaxSize(longest / 10)
        .map(list -> String.join("", list));
  }
}
