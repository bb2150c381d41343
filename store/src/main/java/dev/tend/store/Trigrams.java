package dev.tend.store;

import dev.tend.todo.list.Folded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sqlite.Function;

/**
 * What SQLite's <a href="https://www.sqlite.org/fts5.html#the_trigram_tokenizer">trigram index</a>
 * is asked, where a part of a name is looked for. A name that contains the part has all of its
 * trigrams; one that has them need not contain it.
 */
final class Trigrams {
  /** Of a long text its beginning narrows the search; what is found is compared with all of it. */
  private static final int MOST = 16;

  private Trigrams() {}

  /** What finds all names that contain a folded text of three letters or more; else none. */
  static Optional<String> query(String folded) {
    // The index leaves out this one letter, and reads a query up to it.
    int[] letters = folded.codePoints().filter(letter -> letter != 0).toArray();
    if (letters.length < 3) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.rangeClosed(0, letters.length - 3)
            .limit(MOST)
            .mapToObj(start -> new String(letters, start, 3))
            .map(trigram -> '"' + trigram.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(" AND ")));
  }

  /** From now on {@code folded(text)} can be used in the SQL of this connection. */
  static void teach(Connection connection) throws SQLException {
    Function.create(
        connection,
        "folded",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(Folded.of(value_text(0)));
          }
        });
  }
}
