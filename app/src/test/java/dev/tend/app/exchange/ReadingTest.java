package dev.tend.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.list.Draft;
import java.io.IOException;
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
  void jsonAsTheApiShowsIt() throws IOException {
    String entry =
        "{\"id\": 1, \"title\": \"Dentist\", \"date\": null, \"revision\": 1, \"etag\": \"x\"}";
    assertThat(drafts(new Json(), "[" + entry + "]")).containsExactly(Draft.of(null, "Dentist"));
    assertThat(drafts(new Json(), "{\"next\": {\"a\": []}, \"entries\": [" + entry + "]}"))
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
        "json | {'name': 'A'}                           | 1 | entries",
        "json | nonsense                                | 1 | no JSON",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~END:VTODO~END:VCALENDAR~        | 2 | title",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~SUMMARY:A~DUE:soon~END:VTODO~END:VCALENDAR~ | 2 | DUE",
        "ics  | BEGIN:VCALENDAR~BEGIN:VTODO~SUMMARY:A~  | 4 | no iCalendar",
        "ics  | Milk~                                   | 2 | no iCalendar"
      })
  void whatIsBrokenIsNamedByItsLine(String kind, String text, long line, String hint)
      throws IOException {
    Format format =
        switch (kind) {
          case "csv" -> new Csv(true);
          case "todo" -> new TodoTxt();
          case "json" -> new Json();
          default -> ICS;
        };
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
}
