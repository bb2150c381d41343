package dev.tend.app.client;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend history}. */
@Command(
    name = "history",
    header = "Show what became of a list or of an entry, the newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend history Groceries",
      "  tend history Groceries 3 --json",
      "  tend undo Groceries 17   takes back what revision 17 did"
    })
public final class HistoryCommand extends OneListCommand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = ENTRY,
      description = "its number, or how its title begins")
  private @Nullable String entry;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "<number>",
      defaultValue = "20",
      description = "how many changes at most (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  void run() throws CouldNot {
    if (limit < 1) {
      throw misused("--limit has to be 1 or more");
    }
    ListRef list = list();
    ArrayNode records = Server.JSON.createArrayNode();
    Pages.history(path(list), limit)
        .each(
            server(),
            record -> {
              records.add(record);
              return records.size() < limit;
            });
    if (isJson()) {
      out().println(records);
    } else {
      records.forEach(record -> out().println(line((ObjectNode) record)));
    }
  }

  private String path(ListRef list) throws CouldNot {
    String wanted = entry;
    if (wanted == null) {
      return list.path();
    }
    OptionalInt number = Wanted.number(wanted);
    if (number.isPresent()) { // also of an entry that is no more
      String path = list.path(number.getAsInt());
      if (server().get(path + "/history?limit=1").isGood()) {
        return path;
      }
    }
    return list.path(new Wanted(server()).entryTitled(list, wanted).path("id").asInt());
  }

  private String line(ObjectNode record) {
    LocalDateTime at =
        LocalDateTime.ofInstant(
            Instant.parse(record.path("at").asString(Instant.EPOCH.toString())),
            ZoneId.systemDefault());
    return "%6d  %-11s %s  %-8s %s%s"
        .formatted(
            record.path("revision").asLong(0),
            Words.day(at.toLocalDate(), today()),
            at.format(TIME),
            Words.shown(record.path("kind").asString("")),
            record.has("id") ? "#" + record.path("id").asInt() : "",
            record.has("entry")
                ? " " + Words.shown(record.path("entry").path("title").asString(""))
                : "");
  }
}
