package dev.tend.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as other programs and people write them. */
class ReadingTest {
  private static final LocalDate DAY = LocalDate.of(2026, 12, 4);
  private static final ICalendar ICS = new ICalendar(ZoneId.of("Europe/Berlin"));

  private static List<Item> read(Format format, String text) throws IOException {
    List<Item> items = new ArrayList<>();
    format.read(new StringReader(text), items::add);
    return items;
  }

  private static List<Draft> drafts(Format format, String text) throws IOException {
    return read(format, text).stream()
        .map(item -> {
          assertThat(item).isInstanceOf(Item.Good.class);
          return ((Item.Good) item).draft();
        })
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-04,Dentist\n",
        "2026-12-04,Dentist",
        "\r\n2026-12-04,\"Dentist\"\r\n\r\n",
        "title,date\rDentist,2026-12-04\r",
        "Date,Title,Notes,Done\n2026-12-04,Dentist,,FALSE\n"
      })
  void csvOfManyKinds(String text) throws IOException {
    assertThat(drafts(new Csv(true), text)).containsExactly(Draft.of(DAY, "Dentist"));
  }

  @Test
  void quotedCsvHoldsCommasQuotesAndLines() throws IOException {
    assertThat(drafts(new Csv(true), ",\"a, \"\"b\"\"\nc\"\n"))
        .containsExactly(Draft.of(null, "a, \"b\"\nc"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Milk                                      | false |            | Milk",
        "x Milk                                    | true  |            | Milk",
        "x 2026-12-01 2026-11-20 Milk due:2026-12-04 | true | 2026-12-04 | Milk",
        "(A) 2026-11-20 Milk @shop +food           | false |            | (A) Milk @shop +food",
        "due:2026-12-04 Milk                       | false | 2026-12-04 | Milk",
        "Milk due:2026-12-04 now                   | false | 2026-12-04 | Milk now",
        "xylophone                                 | false |            | xylophone",
        "X Milk                                    | false |            | X Milk"
      })
  void todoTxtOfOthers(String line, boolean done, LocalDate date, String title) throws IOException {
    assertThat(drafts(new TodoTxt(), line)).containsExactly(new Draft(date, title, done, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "DUE;VALUE=DATE:20261204, 2026-12-04",
    "DUE:20261204T090000, 2026-12-04",
    "DUE;TZID=Europe/Berlin:20261204T235900, 2026-12-04",
    "DUE:20261203T233000Z, 2026-12-04",
    "PRIORITY:1, "
  })
  void icalendarOfOthers(String due, LocalDate date) throws IOException {
    String text =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        SUMMARY:no task
        END:VEVENT
        BEGIN:VTODO
        %s
        SUMMARY;LANGUAGE=en:Den
         tist\\, \\"Dr. B\\"
        STATUS:COMPLETED
        BEGIN:VALARM
        DESCRIPTION:ring
        END:VALARM
        DESCRIPTION:one\\ntwo\\\\n
        END:VTODO
        END:VCALENDAR
        """
            .formatted(due);
    Draft dentist = new Draft(date, "Dentist, \"Dr. B\"", true, "one\ntwo\\n");
    assertThat(read(ICS, text)).containsExactly(new Item.Good(6, dentist));
    assertThat(drafts(ICS, text.replace("\n", "\r\n"))).containsExactly(dentist);
  }

  @Test
  void whatWasCalledOffIsNoEntry() throws IOException {
    String text =
        """
        BEGIN:VCALENDAR
        BEGIN:VTODO
        SUMMARY:Milk
        STATUS:CANCELLED
        END:VTODO
        BEGIN:VTODO
        status:cancelled
        COMPLETED:20261204T090000Z
        END:VTODO
        BEGIN:VTODO
        SUMMARY:Bread
        STATUS:IN-PROCESS
        END:VTODO
        END:VCALENDAR
        """;
    assertThat(read(ICS, text))
        .containsExactly(
            new Item.Cancelled(2),
            new Item.Cancelled(6),
            new Item.Good(10, Draft.of(null, "Bread")));
  }

  @Test
  void icalendarInAnyCase() throws IOException {
    String text =
        """
        BEGIN:VCALENDAR
        begin:vtodo
        summary:Milk
        Begin:Valarm
        Description:ring
        End:Valarm
        end:vtodo
        BEGIN:vtodo
        SUMMARY:Bread
        END:vtodo
        END:VCALENDAR
        """;
    assertThat(read(ICS, text))
        .containsExactly(
            new Item.Good(2, Draft.of(null, "Milk")), new Item.Good(8, Draft.of(null, "Bread")));
  }

  @Test
  void jsonAsTheApiShowsIt() throws IOException {
    String entry =
        "{\"id\": 1, \"title\": \"Dentist\", \"date\": null, \"revision\": 1, \"etag\": \"x\"}";
    assertThat(drafts(new Json(), "[" + entry + "]")).containsExactly(Draft.of(null, "Dentist"));
    assertThat(
            drafts(
                new Json(),
                "{\"more\": {\"a\": []}, \"next\": null, \"entries\": [" + entry + "]}"))
        .containsExactly(Draft.of(null, "Dentist"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csv  | 2026-12-04,A~2026-13-04,B~2026-12-04,C  | 2 | calendar",
        "csv  | 2026-12-04,A~04.12.2026,B~              | 2 | YYYY-MM-DD",
        "csv  | 2026-12-04,A, B~                        | 1 | 3 fields",
        "csv  | 2026-12-04,'a~b~c'~,~                   | 4 | title",
        "csv  | 2026-12-04,A~2026-12-04,'B~             | 2 | quote",
        "csv  | title,due~A,2026-12-04                  | 1 | 'due'",
        "csv  | title,title~A,B                         | 1 | twice",
        "csv  | title,done~A,yes                        | 2 | true or false",
        "todo | A~x due:2026-12-04~                     | 2 | title",
        "todo | A due:2026-02-30                        | 1 | calendar",
        "json | {'entries': [{'title': 'A'},~{'title': 1}]}      | 2 | text",
        "json | {'entries': [~{'title': 'A', 'done': 'x'}]}      | 2 | done",
        "json | {'entries': [~~{'title': 'A', 'priority': 1}]}   | 3 | priority",
        "json | {'entries': [{'title': 'A'},~{'tit      | 2 | no JSON",
        "json | {'entries': [{'title': 'A', 'title': 'B'}]} | 1 | no JSON",
        "json | {'entries': []} []                      | 1 | more",
        "json | {'entries': [{'title': 'A'}],~'next': 'MTAw'}    | 2 | page",
        "json | {'next': 'MTAw', 'entries': [{'title': 'A'}]}    | 1 | tend export",
        "json | {'next': {'after': 1}, 'entries': [{'title': 'A'}]} | 1 | page",
        "json | {'name': 'A'}                           | 1 | entries",
        "json | nonsense                                | 1 | no JSON",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~END:VTODO~END:VCALENDAR~        | 2 | title",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~SUMMARY:A~DUE:soon~END:VTODO~END:VCALENDAR~ | 2 | DUE",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~SUMMARY:A~  | 4 | no iCalendar",
        "ics  | Milk~                                   | 2 | no iCalendar"
      })
  void whatIsBrokenIsNamedByItsLine(String kind, String text, long line, String hint)
      throws IOException {
    Format format = format(kind);
    List<Item> broken =
        read(format, text.replace('~', '\n').replace('\'', '"')).stream()
            .filter(item -> !(item instanceof Item.Good))
            .toList();
    assertThat(broken)
        .singleElement()
        .satisfies(item -> {
          assertThat(item.line()).as(item.toString()).isEqualTo(line);
          assertThat(item.toString()).contains(hint);
        });
  }

  private static Format format(String kind) {
    return switch (kind) {
      case "csv" -> new Csv(true);
      case "todo" -> new TodoTxt();
      case "json" -> new Json();
      case "lines" -> new Lines();
      default -> ICS;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-2-3",
        "2026/12/04",
        "04.12.2026",
        "12/04/2026",
        "20261204",
        "2026-12-04T00:00:00Z",
        "2026-12-4",
        "26-12-04",
        "2026-W49-5",
        "2026-339",
        "2026-13-01",
        "2026-00-10",
        "2026-12-00",
        "2026-12-32",
        "2026-02-29",
        "2100-02-29",
        "2026-11-31",
        "12026-12-04",
        "-2026-12-04",
        "2026-12-04 ",
        " 2026-12-04",
        "\uff12\uff10\uff12\uff16-12-04",
        "2026\u201112\u201104",
        "tomorrow",
        "NULL",
        "4 Dec 2026",
        "1765000000"
      })
  void datesInEveryWrongFormAreNamed(String date) throws IOException {
    assertThat(read(new Csv(true), "2026-12-04,A\n" + date + ",B\n2026-12-05,C\n"))
        .satisfiesExactly(
            good -> assertThat(good).isInstanceOf(Item.Good.class),
            wrong ->
                assertThat(wrong)
                    .isInstanceOfSatisfying(
                        Item.Broken.class,
                        it -> assertThat(it.why()).startsWith("date is ").contains(date)),
            good -> assertThat(good).isInstanceOf(Item.Good.class));
    assertThat(read(new Json(), "[{\"title\": \"B\", \"date\": \"" + date + "\"}]"))
        .singleElement()
        .isInstanceOf(Item.Broken.class);
  }

  @ParameterizedTest
  @CsvSource({
    "csv,   '2026-12-04,A\r\n2026-12-04,B\n2026-12-04,C\r2026-12-04,D'",
    "todo,  'A due:2026-12-04\r\nB due:2026-12-04\n\n\rC due:2026-12-04\rD due:2026-12-04'",
    "lines, '2026-12-04 A\r\n2026-12-04 B\n\r2026-12-04 C\r2026-12-04 D\r\n'"
  })
  void lineEndsMayBeMixed(String kind, String text) throws IOException {
    String file = text.replace("\\r", "\r").replace("\\n", "\n");
    assertThat(drafts(format(kind), file))
        .extracting(Draft::title)
        .containsExactly("A", "B", "C", "D");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "todo", "lines", "json", "ics"})
  void anEmptyFileIsNoSurprise(String kind) throws IOException {
    for (String nothing : List.of("", "\n", "\r\n \n")) {
      assertThat(read(format(kind), nothing)).noneMatch(item -> item instanceof Item.Good);
    }
  }

  /** Lines of a gigabyte are never in memory: the reader's end is not reached. */
  @ParameterizedTest
  @CsvSource({
    "csv,   '2026-12-04,'",
    "csv,   '2026-12-04,\"'",
    "todo,  'A'",
    "lines, 'A'",
    "json,  '[{\"title\": \"'",
    "ics,   'BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:'"
  })
  void aLineWithoutEndIsRefused(String kind, String begin) throws IOException {
    List<Item> items = new ArrayList<>();
    format(kind).read(endless(begin, "x"), items::add);
    assertThat(items).singleElement().isInstanceOf(Item.End.class);
  }

  /** Nor is an entry of that size, though its lines are short. */
  @ParameterizedTest
  @CsvSource({
    "csv,  2, '2026-12-04,A~',                                             '2026-12-04,\"', 'x~'",
    "csv,  2, '2026-12-04,A~',                                             '2026-12-04',  "
        + " ',xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
    "json, 2, '[{\"title\": \"A\"},~',                                      '{\"notes\": [', '1,~'",
    "ics,  5, 'BEGIN:VCALENDAR~BEGIN:VTODO~SUMMARY:A~END:VTODO~', 'BEGIN:VTODO~SUMMARY:', 'x~ '"
  })
  void anEntryWithoutEndIsNamedByItsLine(
      String kind, long line, String before, String begin, String rest) throws IOException {
    List<Item> items = new ArrayList<>();
    format(kind).read(endless(before + begin, rest), items::add);
    assertThat(items).hasSize(2);
    assertThat(items.getFirst()).isInstanceOf(Item.Good.class);
    assertThat(items.getLast()).isInstanceOf(Item.End.class);
    assertThat(items.getLast().line()).isEqualTo(line);
    assertThat(items.getLast().toString()).contains("more than 1,000,000 characters");
  }

  /** Text that goes on for ever; a tilde is a line break. */
  private static Reader endless(String begin, String rest) {
    return new Reader() {
      private final StringReader start =
          new StringReader(begin.replace("\\n", "\n").replace('~', '\n'));
      private final String more = rest.replace('~', '\n');
      private int given;

      @Override
      public int read(char[] into, int from, int length) throws IOException {
        int read = start.read(into, from, length);
        if (read > 0) {
          return read;
        }
        for (int i = from; i < from + length; i++) {
          into[i] = more.charAt(given++ % more.length());
        }
        if (given > 50_000_000) {
          throw new AssertionError("it is read on and on");
        }
        return length;
      }

      @Override
      public void close() {}
    };
  }
}
