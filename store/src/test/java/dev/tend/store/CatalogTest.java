package dev.tend.store;

import static dev.tend.store.Samples.AWKWARD;
import static dev.tend.store.Samples.NOON;
import static dev.tend.store.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.CatalogWish.NewList;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.Catalogued.Entered;
import dev.tend.todo.journal.Catalogued.Exists;
import dev.tend.todo.journal.Catalogued.KeyReused;
import dev.tend.todo.journal.Catalogued.NameTaken;
import dev.tend.todo.journal.Catalogued.Repeated;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.StoreException.Superseded;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @TempDir Path temp;
  private DataFolder folder;
  private CatalogFile catalog;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 3);
    catalog = folder.store().openCatalog();
  }

  @AfterEach
  void close() {
    catalog.close();
    folder.close();
  }

  private void reopen() throws Exception {
    catalog.close();
    catalog = folder.store().openCatalog();
  }

  private Catalogued create(CatalogWish wish) throws Exception {
    List<Catalogued> answers = catalog.commit(List.of(wish));
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private CatalogEntry made(CatalogWish wish) throws Exception {
    Catalogued created = create(wish);
    assertThat(created).isInstanceOf(Entered.class);
    return ((Entered) created).entry();
  }

  @Test
  void a_list_that_was_made_is_found_by_id_and_by_name_also_after_a_restart() throws Exception {
    CatalogEntry entry = made(wish("bob", "Groceries", "c1"));

    assertThat(entry.name()).isEqualTo("Groceries");
    assertThat(entry.owner()).isEqualTo("bob");
    assertThat(entry.revision()).isEqualTo(1);
    assertThat(entry.created()).isEqualTo(NOON);
    reopen();
    assertThat(catalog.find(entry.id())).contains(entry);
    assertThat(catalog.find("bob", "Groceries")).contains(entry);
    assertThat(catalog.find("eve", "Groceries")).isEmpty();
    assertThat(catalog.find(ListId.random())).isEmpty();
  }

  @Test
  void a_damaged_row_makes_what_needs_it_unavailable_and_nothing_else() throws Exception {
    CatalogEntry damaged = made(wish("bob", "Groceries", "c1"));
    CatalogEntry sound = made(wish("eve", "Groceries", "c2"));
    Samples.sql(
        temp.resolve("data/catalog.db"),
        "UPDATE list SET id = 'nonsense' WHERE id = '" + damaged.id() + "'");

    assertThatThrownBy(() -> catalog.page("bob", false, CatalogPlace.BEGIN, 10))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> catalog.find("bob", "Groceries")).isInstanceOf(Unavailable.class);
    assertThat(catalog.page("eve", false, CatalogPlace.BEGIN, 10)).containsExactly(sound);
  }

  @Test
  void names_are_unique_for_an_owner_compared_exactly() throws Exception {
    CatalogEntry first = made(wish("bob", "Groceries", "c1"));

    assertThat(create(wish("bob", "Groceries", "c2"))).isEqualTo(new NameTaken(first));
    assertThat(create(wish("bob", "Groceries", "c3", "x", true))).isEqualTo(new Exists(first));
    for (NewList other :
        List.of(
            wish("eve", "Groceries", "c1"),
            wish("bob", "groceries", "c4"),
            wish("bob", "Groceries ", "c5"),
            wish("bob", "Groceries\u0000", "c6"),
            wish("bob", "\u00e9", "c7"),
            wish("bob", "e\u0301", "c8"))) {
      assertThat(made(other).id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void a_repeated_command_answers_as_the_first_time() throws Exception {
    CatalogEntry first = made(wish("bob", "Groceries", "c1"));
    reopen();

    assertThat(create(wish("bob", "Groceries", "c1"))).isEqualTo(new Repeated(first));
    assertThat(create(wish("bob", "Other", "c1"))).isEqualTo(new KeyReused());
    assertThat(create(wish("bob", "Groceries", "c1", "other hash", true)))
        .isEqualTo(new KeyReused());
    assertThat(catalog.find("bob", "Other")).isEmpty();
    assertThat(made(wish("eve", "Other", "c1")).id()).isNotEqualTo(first.id());
  }

  @Test
  void within_one_batch_each_wish_is_answered_by_itself() throws Exception {
    List<Catalogued> answers =
        catalog.commit(
            List.of(
                wish("bob", "A", "c1"),
                wish("bob", "A", "c1"),
                wish("bob", "B", "c1"),
                wish("bob", "A", "c2"),
                wish("bob", "A", "c3", "x", true),
                wish("bob", "B", "c4")));

    CatalogEntry a = ((Entered) answers.getFirst()).entry();
    CatalogEntry b = ((Entered) answers.getLast()).entry();
    assertThat(answers)
        .containsExactly(
            new Entered(a),
            new Repeated(a),
            new KeyReused(),
            new NameTaken(a),
            new Exists(a),
            new Entered(b));
  }

  @Test
  void shards_are_dealt_in_turn_over_batches_and_restarts_and_never_change() throws Exception {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      entries.add(made(wish("bob", "single " + i, "s" + i)));
      create(wish("bob", "single " + i, "again" + i)); // a refusal takes no turn
    }
    reopen();
    catalog
        .commit(IntStream.range(0, 4).mapToObj(i -> wish("eve", "list " + i, "b" + i)).toList())
        .forEach(created -> entries.add(((Entered) created).entry()));

    assertThat(entries).extracting(CatalogEntry::shard).containsExactly(1, 2, 3, 1, 2, 3, 1, 2);
    for (CatalogEntry entry : entries) {
      assertThat(catalog.find(entry.id())).contains(entry);
    }
  }

  @Test
  void pages_follow_the_names_in_binary_order() throws Exception {
    List<String> names =
        List.of("\u0000", "A", "A\u0000", "B", "a", "b", "\u00e9", "\ufffd", "\ud83d\ude80");
    for (int i = names.size(); i > 0; i--) {
      made(wish("bob", names.get(i - 1), "c" + i));
      made(wish("eve", names.get(i - 1), "c" + i));
    }

    List<String> paged = new ArrayList<>();
    List<CatalogEntry> page = catalog.page("bob", false, CatalogPlace.BEGIN, 2);
    while (!page.isEmpty()) {
      assertThat(page).extracting(CatalogEntry::owner).containsOnly("bob");
      page.forEach(entry -> paged.add(entry.name()));
      page = catalog.page("bob", false, CatalogPlace.of(page.getLast()), 2);
    }
    assertThat(paged).isEqualTo(names);
    assertThat(catalog.page("nobody", false, CatalogPlace.BEGIN, 10)).isEmpty();
  }

  @Test
  void awkward_strings_are_read_back_exactly() throws Exception {
    CatalogEntry entry = made(wish(AWKWARD, AWKWARD, AWKWARD));

    assertThat(entry.name()).isEqualTo(AWKWARD);
    assertThat(catalog.find(AWKWARD, AWKWARD)).contains(entry);
    assertThat(catalog.find(entry.id())).contains(entry);
    assertThat(create(wish(AWKWARD, AWKWARD, AWKWARD))).isEqualTo(new Repeated(entry));
  }

  private static Origin origin(String commandId) {
    return new Origin("bob", "api", commandId, "hash");
  }

  private static CatalogWish rename(CatalogEntry list, String name, long follows, String key) {
    return new CatalogWish.Rename("bob", list.id(), name, follows, NOON, origin(key));
  }

  private static CatalogWish delete(CatalogEntry list, String key) {
    return new CatalogWish.Delete("bob", list.id(), 0, NOON, origin(key));
  }

  private static CatalogWish restore(CatalogEntry list, String key) {
    return new CatalogWish.Restore("bob", list.id(), 0, NOON, origin(key));
  }

  @Test
  void a_list_is_renamed_deleted_and_restored_each_as_one_more_revision() throws Exception {
    CatalogEntry made = made(wish("bob", "A", "c1"));
    CatalogEntry renamed = made(rename(made, "B", 1, "c2"));
    assertThat(renamed.name()).isEqualTo("B");
    assertThat(renamed.revision()).isEqualTo(2);
    CatalogEntry deleted = made(delete(made, "c3"));
    assertThat(deleted.deleted()).isEqualTo(NOON);
    reopen();
    assertThat(catalog.find(made.id())).contains(deleted);
    assertThat(catalog.find("bob", "B")).isEmpty();
    assertThat(catalog.page("bob", false, CatalogPlace.BEGIN, 9)).isEmpty();
    assertThat(catalog.page("bob", true, CatalogPlace.BEGIN, 9)).containsExactly(deleted);
    CatalogEntry restored = made(restore(made, "c4"));
    assertThat(restored.revision()).isEqualTo(4);
    assertThat(restored.deleted()).isNull();
    assertThat(catalog.find("bob", "B")).contains(restored);
  }

  @Test
  void a_change_of_a_list_is_refused_where_it_does_not_fit() throws Exception {
    CatalogEntry a = made(wish("bob", "A", "c1"));
    CatalogEntry b = made(wish("bob", "B", "c2"));
    CatalogEntry hers = made(wish("eve", "A", "c1"));
    assertThat(create(rename(a, "B", 0, "c3"))).isEqualTo(new NameTaken(b));
    assertThat(create(rename(a, "C", 2, "c4"))).isEqualTo(new Catalogued.Stale(a));
    assertThat(create(rename(hers, "C", 0, "c5"))).isEqualTo(new Catalogued.NoSuchList());
    assertThat(create(restore(a, "c6"))).isEqualTo(new Catalogued.NoSuchList());
    made(delete(a, "c7"));
    assertThat(create(delete(a, "c8"))).isEqualTo(new Catalogued.NoSuchList());
    assertThat(create(rename(a, "C", 0, "c9"))).isEqualTo(new Catalogued.NoSuchList());
    CatalogEntry again = made(wish("bob", "A", "c10"));
    assertThat(create(restore(a, "c11"))).isEqualTo(new NameTaken(again));
  }

  @Test
  void a_repeated_change_answers_with_the_entry_as_it_was_then() throws Exception {
    CatalogEntry made = made(wish("bob", "A", "c1"));
    CatalogEntry renamed = made(rename(made, "B", 0, "c2"));
    CatalogEntry deleted = made(delete(made, "c3"));
    made(restore(made, "c4"));
    made(rename(made, "C", 0, "c5"));
    assertThat(create(wish("bob", "A", "c1"))).isEqualTo(new Repeated(made));
    assertThat(create(rename(made, "B", 0, "c2"))).isEqualTo(new Repeated(renamed));
    assertThat(create(delete(made, "c3"))).isEqualTo(new Repeated(deleted));
    assertThat(create(wish("bob", "B", "c2"))).isEqualTo(new KeyReused());
  }

  @Test
  void an_earlier_opening_cannot_create_any_more() throws Exception {
    try (CatalogFile current = folder.store().openCatalog()) {
      assertThat(current.epoch()).isGreaterThan(catalog.epoch());
      assertThatThrownBy(() -> create(wish("bob", "A", "c1"))).isInstanceOf(Superseded.class);
      assertThat(current.find("bob", "A")).isEmpty();
    }
  }

  @Test
  void a_missing_or_foreign_file_is_unavailable_and_the_shards_are_not() throws Exception {
    catalog.close();
    Path file = folder.path().resolve("catalog.db");
    Files.delete(file);
    assertThatThrownBy(() -> folder.store().openCatalog()).isInstanceOf(Unavailable.class);
    assertThat(file).doesNotExist();
    Files.copy(folder.path().resolve("shard-1.db"), file);
    assertThatThrownBy(() -> folder.store().openCatalog())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("not a catalog file");
    folder.store().openShard(1).close();
  }
}
