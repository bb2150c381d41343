package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://github.com/todotxt/todo.txt">todo.txt</a>: {@code x 2026-12-01 2026-11-20 Milk
 * due:2026-12-04}. Priorities, projects and contexts stay in the title; the days of completion and
 * creation are not kept. The last {@code due:} counts, and {@code due:-} is no day.
 */
public record TodoTxt() implements Format {
  private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final Pattern DONE =
      Pattern.compile("x (?:" + DAY + " ){0,2}(.*)", Pattern.DOTALL);
  private static final Pattern OPEN =
      Pattern.compile("(\\([A-Z]\\) )?(?:" + DAY + " )?(.*)", Pattern.DOTALL);
  private static final Pattern DUE = Pattern.compile("(?:^| )due:(" + DAY + "|-)(?= |$)");

  /** A day that nobody takes for a true one: what follows it is the title, whatever it is. */
  private static final String SOME_DAY = LocalDate.EPOCH + " ";

  @Override
  public void read(Reader text, Consumer<Item> to) throws IOException {
    Lines.read(text, to, TodoTxt::draft);
  }

  private static Draft draft(String line) {
    Matcher done = DONE.matcher(line);
    if (done.matches()) {
      return due(done.group(1), true);
    }
    Matcher open = OPEN.matcher(line);
    if (!open.matches()) {
      throw new IllegalStateException("the pattern takes every line");
    }
    return due((open.group(1) == null ? "" : open.group(1)) + open.group(2), false);
  }

  private static Draft due(String text, boolean done) {
    Matcher due = DUE.matcher(text);
    String day = "";
    String title = text;
    while (due.find()) {
      day = due.group(1);
      title = text.substring(0, due.start()) + text.substring(due.end());
    }
    return new Draft(Judged.date(day.equals("-") ? "" : day), title.strip(), done, "");
  }

  @Override
  public Sheet write(About list, Writer to) {
    return new Sheet() {
      @Override
      public void add(int number, Draft entry) throws IOException {
        to.write(line(held(entry)) + "\n");
      }

      @Override
      public void end() throws IOException {
        to.flush();
      }
    };
  }

  /** As short as it can be said without being read as something else. */
  private static String line(Draft entry) {
    @Nullable LocalDate date = entry.date();
    boolean saysDue = DUE.matcher(entry.title()).find();
    String due = date != null ? " due:" + date : saysDue ? " due:-" : "";
    String plain = (entry.done() ? "x " : "") + entry.title() + due;
    return Judged.item(1, () -> draft(plain)).equals(new Item.Good(1, entry))
        ? plain
        : (entry.done() ? "x " + SOME_DAY : "") + SOME_DAY + entry.title() + due;
  }

  @Override
  public Draft held(Draft entry) {
    return new Draft(entry.date(), OneLine.of(entry.title()), entry.done(), "");
  }
}
