package dev.tend.store;

import static dev.tend.store.Samples.AWKWARD;
import static dev.tend.store.Samples.NOON;
import static dev.tend.store.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued.Entered;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Folded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index finds what reading every name would find. */
class CatalogSearchTest {
  /** So few that what is looked for is often there; each is folded or quoted in its own way. */
  private static final int[] LETTERS = "aAäßǆ\"* \u0000\u0301ﬁ漢🚀".codePoints().toArray();

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

  private static String text(Random random, int most) {
    return random
        .ints(1 + random.nextInt(most), 0, LETTERS.length)
        .mapToObj(i -> Character.toString(LETTERS[i]))
        .collect(Collectors.joining());
  }

  private List<CatalogEntry> found(String owner, boolean trash, String text) throws Exception {
    return catalog
        .containing(owner, trash, Folded.of(text), CatalogPlace.BEGIN, 1_000)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsMadeRenamedDeletedAndRestoredIsFoundByItsNameOfNow(long seed) throws Exception {
    Random random = new Random(seed);
    List<CatalogEntry> lists = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Origin origin = new Origin("bob", "api", "c" + i, "hash");
      CatalogWish wish;
      if (lists.isEmpty() || random.nextInt(3) > 0) {
        wish = wish(random.nextInt(5) == 0 ? "eve" : "bob", text(random, 12) + i, "c" + i);
      } else {
        CatalogEntry list = lists.get(random.nextInt(lists.size()));
        wish =
            switch (random.nextInt(3)) {
              case 0 ->
                  new CatalogWish.Rename(
                      list.owner(), list.id(), text(random, 12) + i, 0, NOON, origin);
              case 1 -> new CatalogWish.Delete(list.owner(), list.id(), 0, NOON, origin);
              default -> new CatalogWish.Restore(list.owner(), list.id(), 0, NOON, origin);
            };
      }
      if (catalog.commit(List.of(wish)).getFirst() instanceof Entered(CatalogEntry entry)
          && wish instanceof CatalogWish.NewList) {
        lists.add(entry);
      }
    }
    int met = 0;
    for (int i = 0; i < 300; i++) {
      String text = Folded.of(text(random, 5));
      boolean trash = random.nextInt(4) == 0;
      List<CatalogEntry> all =
          catalog.page("bob", trash, CatalogPlace.BEGIN, 1_000).stream()
              .filter(list -> list.nameContains(text))
              .toList();
      var found = catalog.containing("bob", trash, text, CatalogPlace.BEGIN, 1_000);
      found.ifPresent(matches -> assertThat(matches).as(text).isEqualTo(all));
      met += found.isPresent() && !all.isEmpty() ? 1 : 0;
      assertThat(found.isPresent())
          .isEqualTo(text.codePoints().filter(letter -> letter != 0).count() >= 3);
    }
    assertThat(met).isGreaterThan(20);
  }

  @Test
  void anyPartOfAnyNameFindsIt() throws Exception {
    catalog.commit(List.of(wish("bob", AWKWARD, "c1")));
    String folded = Folded.of(AWKWARD);
    for (int start = 0; start < folded.length() - 8; start = folded.offsetByCodePoints(start, 1)) {
      String part = folded.substring(start, folded.offsetByCodePoints(start, 5));
      assertThat(found("bob", false, part)).as(part).hasSize(1);
    }
    assertThat(found("bob", false, folded.repeat(100))).isEmpty();
  }

  @Test
  void aPageOfWhatIsFoundFollowsThePlaceBefore() throws Exception {
    catalog.commit(
        IntStream.range(0, 25).mapToObj(i -> wish("bob", "list " + (i + 10), "c" + i)).toList());
    List<String> names = new ArrayList<>();
    CatalogPlace place = CatalogPlace.BEGIN;
    while (true) {
      List<CatalogEntry> page = catalog.containing("bob", false, "LIST", place, 10).orElseThrow();
      if (page.isEmpty()) {
        break;
      }
      page.forEach(list -> names.add(list.name()));
      place = CatalogPlace.of(page.getLast());
    }
    assertThat(names).isEqualTo(IntStream.range(10, 35).mapToObj(i -> "list " + i).toList());
  }

  @Test
  void whatVeryManyNamesContainIsLeftToReadingPages() throws Exception {
    catalog.commit(
        IntStream.range(0, 2_001).mapToObj(i -> wish("bob", "list " + i, "c" + i)).toList());
    assertThat(catalog.containing("bob", false, "LIST", CatalogPlace.BEGIN, 10)).isEmpty();
    assertThat(found("bob", false, "list 2000")).hasSize(1);
  }
}
