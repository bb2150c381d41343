package dev.tend.todo.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TodoListTest {
  private static final LocalDate DAY = LocalDate.of(2018, 12, 19);

  /** One thing that someone does to a list. */
  sealed interface Action {
    record Add(Draft draft) implements Action {}

    record Update(int id, Edit edit) implements Action {}

    record Delete(int id) implements Action {}

    record Clear() implements Action {}
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<LocalDate> dates = Arbitraries.integers().between(0, 3).map(DAY::plusDays);
    Arbitrary<LocalDate> maybeDates = dates.injectNull(0.3);
    Arbitrary<String> titles = Arbitraries.of("Dentist", "Milk", "Movies");
    Arbitrary<Integer> ids = Arbitraries.integers().between(1, 12);
    Arbitrary<Action> add =
        Combinators.combine(maybeDates, titles).as((d, t) -> new Action.Add(Draft.of(d, t)));
    Arbitrary<Edit.Field> fields =
        Arbitraries.oneOf(
            maybeDates.map(Edit.Date::new),
            titles.map(Edit.Title::new),
            Arbitraries.of(true, false).map(Edit.Done::new),
            titles.map(Edit.Notes::new));
    Arbitrary<Action> update =
        Combinators.combine(ids, fields.list().ofMaxSize(3))
            .as((id, f) -> new Action.Update(id, new Edit(f)));
    Arbitrary<Action> delete = ids.map(Action.Delete::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, add),
            net.jqwik.api.Tuple.of(3, update),
            net.jqwik.api.Tuple.of(2, delete),
            net.jqwik.api.Tuple.of(1, Arbitraries.just((Action) new Action.Clear())))
        .list()
        .ofMaxSize(40);
  }

  @Property
  void behavesAsAPlainMapAndReplayGivesTheSameList(@ForAll("actions") List<Action> actions) {
    SortedMap<Integer, Draft> model = new TreeMap<>();
    int nextId = 1;
    TodoList list = TodoList.empty();
    List<Change> journal = new ArrayList<>();
    for (Action action : actions) {
      Optional<Change> change =
          switch (action) {
            case Action.Add(Draft draft) -> Optional.of(list.adding(draft));
            case Action.Update(int id, Edit edit) -> list.updating(id, edit);
            case Action.Delete(int id) -> list.deleting(id);
            case Action.Clear() -> Optional.of(list.clearing());
          };
      switch (action) {
        case Action.Add(Draft draft) -> model.put(nextId++, draft);
        case Action.Update(int id, Edit edit) -> model.computeIfPresent(id, (i, d) -> edit.of(d));
        case Action.Delete(int id) -> model.remove(id);
        case Action.Clear() -> model.clear();
      }
      if (change.isPresent()) {
        journal.add(change.get());
        list = list.apply(change.get());
      }
      assertThat(list.revision()).isEqualTo(journal.size());
      assertSame(list, model);
    }
    TodoList replayed = TodoList.empty();
    for (Change change : journal) {
      replayed = replayed.apply(change);
    }
    assertThat(List.copyOf(replayed.entries())).isEqualTo(List.copyOf(list.entries()));
    assertThat(replayed.adding(Draft.of(null, "x"))).isEqualTo(list.adding(Draft.of(null, "x")));
  }

  private static void assertSame(TodoList list, SortedMap<Integer, Draft> model) {
    assertThat(list.size()).isEqualTo(model.size());
    assertThat(list.open())
        .isEqualTo(model.values().stream().filter(draft -> !draft.done()).count());
    assertThat(list.weight()).isEqualTo(model.values().stream().mapToLong(Weight::of).sum());
    assertThat(list.entries()).extracting(Entry::id).containsExactlyElementsOf(model.keySet());
    assertThat(list.entries())
        .extracting(Draft::of)
        .containsExactlyElementsOf(List.copyOf(model.values()));
    for (int day = 0; day <= 3; day++) {
      LocalDate date = DAY.plusDays(day);
      assertThat(list.entries(date))
          .extracting(Entry::id)
          .containsExactlyElementsOf(
              model.entrySet().stream()
                  .filter(entry -> date.equals(entry.getValue().date()))
                  .map(java.util.Map.Entry::getKey)
                  .toList());
    }
  }

  @Test
  void anOldListDoesNotChange() {
    TodoList before = TodoList.empty();
    TodoList one = before.apply(before.adding(Draft.of(DAY, "Dentist")));
    one.apply(one.clearing());
    assertThat(before.size()).isZero();
    assertThat(one.entries(DAY)).extracting(Entry::title).containsExactly("Dentist");
  }

  @Test
  void anEntryTellsTheRevisionThatLastChangedIt() {
    TodoList list = TodoList.empty();
    list = list.apply(list.adding(Draft.of(null, "a")));
    list = list.apply(list.adding(Draft.of(null, "b")));
    list = list.apply(list.updating(1, Edit.of(new Edit.Done(true))).orElseThrow());
    assertThat(list.entries()).extracting(Entry::revision).containsExactly(3L, 2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\t"})
  void aBlankTitleIsRefused(String title) {
    assertThatThrownBy(() -> Draft.of(null, title))
        .isInstanceOfSatisfying(InvalidField.class, e -> assertThat(e.field()).isEqualTo("title"));
  }

  @Test
  void lengthsAreCountedInCharactersAsPeopleCountThem() {
    assertThat(Draft.of(null, "🦷".repeat(Limits.TITLE)).title()).isNotEmpty();
    assertThatThrownBy(() -> Draft.of(null, "🦷".repeat(Limits.TITLE + 1)))
        .hasMessage("may have at most 1,000 characters; this has 1,001");
    assertThatThrownBy(() -> new Edit.Notes("x".repeat(Limits.NOTES + 1)))
        .isInstanceOf(InvalidField.class);
    assertThatThrownBy(() -> Limits.name("x".repeat(10_000))).isInstanceOf(InvalidField.class);
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    assertThatThrownBy(() -> Draft.of(null, "broken \ud83e"))
        .hasMessageContaining("not valid Unicode");
  }
}
