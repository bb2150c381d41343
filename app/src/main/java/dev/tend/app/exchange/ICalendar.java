package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.data.UnfoldingReader;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VToDo;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import org.jspecify.annotations.Nullable;

/**
 * iCalendar (RFC 5545): a VTODO an entry, with SUMMARY, DUE, STATUS and DESCRIPTION. What else a
 * VTODO has, and what is no VTODO, is passed over; one that is cancelled is no entry.
 *
 * @param zone in which a time of DUE that is in UTC becomes a day
 */
public record ICalendar(ZoneId zone) implements Format {
  /** Of a line, in octets of UTF-8. */
  private static final int LONGEST = 75;

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f&&[^\t\n]]");

  @Override
  public void read(Reader text, Consumer<Item> to) throws IOException {
    Counting lines = new Counting(text);
    Vtodos vtodos = new Vtodos(zone, lines, to);
    try {
      new CalendarParserImpl().parse(new UnfoldingReader(lines, true), vtodos);
    } catch (Counting.TooLong endless) {
      to.accept(endless.item());
      return;
    } catch (ParserException broken) {
      to.accept(
          new Item.End(lines.line(), "from here on it is no iCalendar: " + broken.getMessage()));
      return;
    }
    if (!vtodos.isWhole()) {
      to.accept(new Item.End(lines.line(), "its end is missing"));
    }
  }

  @Override
  public Sheet write(About list, Writer to) throws IOException {
    to.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tend//Tend//EN\r\n");
    return new Sheet() {
      @Override
      public void add(int number, Draft entry) throws IOException {
        to.write(folded(vtodo(list, number, held(entry)).toString()));
      }

      @Override
      public void end() throws IOException {
        to.write("END:VCALENDAR\r\n");
        to.flush();
      }
    };
  }

  /** By ourselves: ical4j counts characters, and the RFC octets. */
  private static String folded(String lines) {
    StringBuilder folded = new StringBuilder();
    int octets = 0;
    for (int c : lines.codePoints().toArray()) {
      boolean ends = c == '\r' || c == '\n';
      int more = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (!ends && octets + more > LONGEST) {
        folded.append("\r\n ");
        octets = 1;
      }
      folded.appendCodePoint(c);
      octets = ends ? 0 : octets + more;
    }
    return folded.toString();
  }

  private static VToDo vtodo(About list, int number, Draft entry) {
    VToDo vtodo = new VToDo(new PropertyList());
    vtodo.add(new Uid(list.id() + "-" + number + "@tend"));
    vtodo.add(new DtStamp(list.at()));
    vtodo.add(new Summary(entry.title()));
    @Nullable LocalDate date = entry.date();
    if (date != null) {
      vtodo.add(due(date));
    }
    vtodo.add(entry.done() ? ImmutableStatus.VTODO_COMPLETED : ImmutableStatus.VTODO_NEEDS_ACTION);
    if (!entry.notes().isEmpty()) {
      vtodo.add(new Description(entry.notes()));
    }
    return vtodo;
  }

  /** By ourselves: ical4j writes the year of the era, and of the year 0 it makes another one. */
  private static Property due(LocalDate date) {
    return new XProperty(
        Property.DUE,
        new ParameterList(List.of(Value.DATE)),
        date.format(DateTimeFormatter.BASIC_ISO_DATE));
  }

  /** Its line breaks are all the same one, and other control characters than tabs are replaced. */
  @Override
  public Draft held(Draft entry) {
    return new Draft(entry.date(), held(entry.title()), entry.done(), held(entry.notes()));
  }

  private static String held(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return CONTROL.matcher(lines).replaceAll("\ufffd");
  }
}
