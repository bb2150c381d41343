package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import java.sql.SQLDataException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeJsonTest {
  private static final String ENTRY =
      "{\"id\":7,\"date\":\"2026-11-22\",\"title\":\"Dentist\",\"done\":false,\"notes\":\"\"}";

  /** Journals in the world hold exactly this. If it fails, they have become unreadable. */
  @Test
  void the_form_is_for_ever() throws Exception {
    Entry entry = new Entry(7, LocalDate.of(2026, 11, 22), "Dentist", false, "", 9);

    assertForm(new Change.Added(entry), "added", ENTRY);
    assertForm(new Change.Updated(entry), "updated", ENTRY);
    assertForm(
        new Change.Added(new Entry(7, null, "Dentist", true, "n", 9)),
        "added",
        "{\"id\":7,\"date\":null,\"title\":\"Dentist\",\"done\":true,\"notes\":\"n\"}");
    assertForm(new Change.Deleted(7), "deleted", "{\"id\":7}");
    assertForm(new Change.Cleared(), "cleared", "{}");
    assertForm(new Change.Restored(entry), "restored", ENTRY);
    assertForm(
        new Change.Leaving(7, Draft.of(entry), "0123"),
        "leaving",
        ENTRY.replace("}", ",\"to\":\"0123\"}"));
    assertForm(new Change.Staying(7), "staying", "{\"id\":7}");
  }

  private static void assertForm(Change change, String kind, String payload) throws Exception {
    assertThat(ChangeJson.kind(change)).isEqualTo(kind);
    assertThat(ChangeJson.payload(change)).isEqualTo(payload);
    assertThat(ChangeJson.read(kind, payload, 9)).isEqualTo(change);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Added   | {'id':7}",
        "moved   | {'id':7}",
        "deleted | {}",
        "staying | {}",
        "leaving | {'id':7,'date':null,'title':'Dentist','done':false,'notes':''}",
        "deleted | {'id':7,'by':'bob'}",
        "deleted | {'id':7,'id':8}",
        "deleted | {'id':7} {'id':8}",
        "deleted | {'id':7.5}",
        "deleted | {'id':'7'}",
        "deleted | {'id':null}",
        "deleted | {'id':99999999999}",
        "deleted | [7]",
        "deleted | 7",
        "deleted | {'id':7",
        "deleted | ``",
        "cleared | {'id':7}",
        "cleared | null",
        "added   | {'id':7,'date':'2026-11-22','title':'Dentist','done':false}",
        "added   | {'id':7,'date':'2026-02-30','title':'Dentist','done':false,'notes':''}",
        "added   | {'id':7,'date':20261122,'title':'Dentist','done':false,'notes':''}",
        "added   | {'id':7,'date':null,'title':null,'done':false,'notes':''}",
        "added   | {'id':7,'date':null,'title':'Dentist','done':'no','notes':''}",
      })
  void anything_else_is_refused(String kind, String payload) {
    assertThatThrownBy(() -> ChangeJson.read(kind, payload.replace('\'', '"'), 9))
        .isInstanceOf(SQLDataException.class);
  }
}
