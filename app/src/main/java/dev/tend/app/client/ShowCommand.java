package dev.tend.app.client;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend show}. */
@Command(
    name = "show",
    header = "Show the entries of a list.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend show Groceries",
      "  tend show gro --open --to tomorrow    what has to be done by tomorrow",
      "  tend show Groceries --text milk --json"
    })
public final class ShowCommand extends ClientCommand {

  @Parameters(paramLabel = LIST, description = "its name, the beginning of it, or its id")
  private String list = "";

  @ArgGroup private @Nullable State state;

  @Option(
      names = "--date",
      paramLabel = "<day>",
      converter = Day.class,
      description = "of this day")
  private @Nullable LocalDate date;

  @Option(
      names = "--from",
      paramLabel = "<day>",
      converter = Day.class,
      description = "of this day or later")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "<day>",
      converter = Day.class,
      description = "of this day or earlier")
  private @Nullable LocalDate to;

  @Option(names = "--undated", description = "of no day")
  private boolean undated;

  @Option(names = "--text", paramLabel = "<text>", description = "with this in title or notes")
  private String text = "";

  /** The one or the other. */
  @SuppressWarnings("UnusedVariable") // what is not --done can only be --open
  static final class State {
    @Option(names = "--open", description = "still to do")
    private boolean open;

    @Option(names = "--done", description = "done")
    private boolean done;
  }

  @Override
  void run() throws CouldNot {
    ListRef found = new Wanted(server()).list(list);
    Pages pages = Pages.entries(found, query());
    if (isJson()) {
      ObjectNode all =
          Server.JSON.createObjectNode().put("id", found.id()).put("name", found.name());
      ArrayNode entries = all.putArray("entries");
      pages.each(server(), entry -> entries.add(entry) != null);
      out().println(all);
      return;
    }
    ObjectNode now = done(server().get(found.path())).body();
    int size = now.path("size").asInt(0);
    out()
        .println(
            ink().bold(Words.shown(found.name()))
                + "  "
                + (size == 0 ? "is empty" : now.path("open").asInt(0) + " of " + size + " to do"));
    Screen screen = new Screen(out(), ink(), today());
    pages.each(
        server(),
        entry -> {
          screen.entry(entry);
          return !out().checkError();
        });
  }

  private Map<String, String> query() {
    Map<String, String> query = new HashMap<>();
    put(query, "date", date);
    put(query, "from", from);
    put(query, "to", to);
    if (undated) {
      query.put("undated", "true");
    }
    if (!text.isEmpty()) {
      query.put("text", text);
    }
    State chosen = state;
    if (chosen != null) {
      query.put("done", String.valueOf(chosen.done));
    }
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable LocalDate day) {
    if (day != null) {
      query.put(name, day.toString());
    }
  }
}
