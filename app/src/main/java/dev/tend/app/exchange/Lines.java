package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An entry a line: {@code 2026-12-04 Milk}, or {@code Milk}. Blank lines are no entries. */
public record Lines() implements Format {
  private static final Pattern DATED =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}) +(.*)", Pattern.DOTALL);

  @Override
  public void read(Reader text, Consumer<Item> to) throws IOException {
    read(text, to, Lines::draft);
  }

  /** Reads an entry a line. */
  static void read(Reader text, Consumer<Item> to, Function<String, Draft> draft)
      throws IOException {
    try {
      each(text, (line, number) -> to.accept(Judged.item(number, () -> draft.apply(line))));
    } catch (Counting.TooLong endless) {
      to.accept(endless.item());
    }
  }

  /** What is done with a line. */
  private interface Each {
    void take(String line, long number);
  }

  /** Takes line after line that is not blank, whatever ends it. */
  private static void each(Reader text, Each each) throws IOException {
    Counting counting = new Counting(text);
    BufferedReader lines = new BufferedReader(counting);
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      counting.begin(number + 1);
      if (!line.isBlank()) {
        each.take(line, number);
      }
    }
  }

  private static Draft draft(String line) {
    Matcher dated = DATED.matcher(line.strip());
    return dated.matches()
        ? Draft.of(Judged.date(dated.group(1)), dated.group(2))
        : Draft.of(null, line.strip());
  }

  @Override
  public Sheet write(About list, Writer to) {
    return new Sheet() {
      @Override
      public void add(int number, Draft entry) throws IOException {
        @Nullable LocalDate date = entry.date();
        to.write((date == null ? "" : date + " ") + held(entry).title() + "\n");
      }

      @Override
      public void end() throws IOException {
        to.flush();
      }
    };
  }

  /** A day at the beginning of a title that has none is put in parentheses: it is not the day. */
  @Override
  public Draft held(Draft entry) {
    String title = OneLine.of(entry.title());
    Matcher dated = DATED.matcher(title);
    return Draft.of(
        entry.date(),
        entry.date() == null && dated.matches()
            ? "(" + dated.group(1) + ")" + title.substring(dated.end(1))
            : title);
  }
}
