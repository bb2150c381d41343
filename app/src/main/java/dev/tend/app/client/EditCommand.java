package dev.tend.app.client;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend edit}. */
@Command(
    name = "edit",
    header = "Change an entry: its title, day or notes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend edit Groceries 3 --title 'Oat milk'",
      "  tend edit Groceries milk --date tomorrow",
      "  tend edit Groceries 3 --no-date --notes ''"
    })
public final class EditCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = LIST,
      description = "its name, the beginning of it, or its id")
  private String list = "";

  @Parameters(index = "1", paramLabel = ENTRY, description = "its number, or how its title begins")
  private String entry = "";

  @ArgGroup(exclusive = false, multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private What what;

  /** At least one of them. */
  static final class What {
    @Option(names = "--title", paramLabel = "<title>", description = "the new title")
    private @Nullable String title;

    @ArgGroup private @Nullable When when;

    @Option(names = "--notes", paramLabel = "<notes>", description = "the new notes; '' for none")
    private @Nullable String notes;
  }

  /** The one or the other. */
  @SuppressWarnings("UnusedVariable") // where there is no date it can only be --no-date
  static final class When {
    @Option(
        names = "--date",
        paramLabel = "<day>",
        converter = Day.class,
        description = "the new day: " + Day.FORMS)
    private @Nullable LocalDate date;

    @Option(names = "--no-date", description = "without a day")
    private boolean none;
  }

  @Override
  void run() throws CouldNot {
    Wanted wanted = new Wanted(server());
    ListRef found = wanted.list(list);
    int number = wanted.entry(found, entry).path("id").asInt();
    ObjectNode changed = done(server().change("PATCH", found.path(number), patch())).body();
    say(changed, new Screen(out(), ink(), today()).line(changed));
  }

  private ObjectNode patch() {
    ObjectNode patch = Server.JSON.createObjectNode();
    if (what.title != null) {
      patch.put("title", what.title);
    }
    if (what.notes != null) {
      patch.put("notes", what.notes);
    }
    When when = what.when;
    if (when != null) {
      patch.put("date", when.date == null ? null : when.date.toString());
    }
    return patch;
  }
}
