package dev.tend.app.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.InvalidField;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it. Read, it is with a header if a column of its first line is called title;
 * else each line is a date, which may be empty, and a title, as in the book's {@code
 * 2018-12-19,Dentist}.
 *
 * @param header whether it is written with one, and then whole; without, it is dates and titles
 */
public record Csv(boolean header) implements Format {
  private static final List<String> COLUMNS = List.of("date", "title", "done", "notes");
  private static final Pattern LINE = Pattern.compile("line ([0-9]{1,18})");

  /** Of a field: more than {@link Counting} lets an entry have. */
  private static final int LONGEST = 1 << 22;

  private static final List<String> OF_THE_BOOK = List.of("date", "title");

  @Override
  public void read(Reader text, Consumer<Item> to) throws IOException {
    Counting lines = new Counting(text);
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(LONGEST)
            .ofCsvRecord(lines);
    long line = 1;
    try {
      List<String> columns = OF_THE_BOOK;
      Iterator<CsvRecord> records = csv.iterator();
      for (boolean first = true; records.hasNext(); first = false) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        lines.begin(line);
        if (first && isHeader(record)) {
          columns = columns(record);
          String wrong = wrongColumn(columns);
          if (!wrong.isEmpty()) {
            to.accept(new Item.End(line, wrong));
            return;
          }
        } else {
          List<String> names = columns;
          to.accept(Judged.item(line, () -> draft(names, record.getFields())));
        }
      }
    } catch (CsvParseException broken) {
      to.accept(new Item.End(line(broken, line), "from here on it is no CSV: " + why(broken)));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof Counting.TooLong endless)) {
        throw e.getCause();
      }
      to.accept(
          new Item.End(line(e, line), endless.getMessage() + "; perhaps a quote is not closed"));
    }
  }

  /** Which line the record begins on that could not be read: FastCSV says it in words. */
  private static long line(RuntimeException broken, long before) {
    Matcher said = LINE.matcher(String.valueOf(broken.getMessage()));
    return said.find() ? Long.parseLong(said.group(1)) : before;
  }

  private static String why(CsvParseException broken) {
    @Nullable Throwable cause = broken.getCause();
    String message = String.valueOf((cause == null ? broken : cause).getMessage());
    return message.contains("quot") ? "a quote is not closed" : message;
  }

  private static boolean isHeader(CsvRecord record) {
    return !record.getField(0).isEmpty()
        && !record.getField(0).matches("[0-9].*")
        && columns(record).contains("title");
  }

  private static List<String> columns(CsvRecord record) {
    return record.getFields().stream().map(it -> it.strip().toLowerCase(Locale.ROOT)).toList();
  }

  private static String wrongColumn(List<String> columns) {
    List<String> unknown = new ArrayList<>(columns);
    unknown.removeAll(COLUMNS);
    if (!unknown.isEmpty()) {
      return "the column '%s' is not known; there are %s"
          .formatted(unknown.getFirst(), String.join(", ", COLUMNS));
    }
    return new HashSet<>(columns).size() == columns.size() ? "" : "a column is there twice";
  }

  private static Draft draft(List<String> columns, List<String> fields) {
    if (fields.size() != columns.size()) {
      throw new InvalidField(
          "it",
          "has %d fields where %d are expected (%s); one that has a comma needs quotes"
              .formatted(fields.size(), columns.size(), String.join(",", columns)));
    }
    return new Draft(
        Judged.date(field(columns, fields, "date")),
        field(columns, fields, "title"),
        Judged.done(field(columns, fields, "done").toLowerCase(Locale.ROOT)),
        field(columns, fields, "notes"));
  }

  private static String field(List<String> columns, List<String> fields, String name) {
    int column = columns.indexOf(name);
    return column < 0 ? "" : fields.get(column);
  }

  @Override
  public Sheet write(About list, Writer to) {
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to);
    if (header) {
      csv.writeRecord(COLUMNS);
    }
    return new Sheet() {
      @Override
      public void add(int number, Draft entry) {
        @Nullable LocalDate date = entry.date();
        String day = date == null ? "" : date.toString();
        if (header) {
          csv.writeRecord(day, entry.title(), String.valueOf(entry.done()), entry.notes());
        } else {
          csv.writeRecord(day, entry.title());
        }
      }

      @Override
      public void end() throws IOException {
        csv.flush();
      }
    };
  }

  @Override
  public Draft held(Draft entry) {
    return header ? entry : Draft.of(entry.date(), entry.title());
  }
}
