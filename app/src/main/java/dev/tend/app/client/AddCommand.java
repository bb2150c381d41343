package dev.tend.app.client;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend add}. */
@Command(
    name = "add",
    header = "Add an entry to a list, or many from standard input.",
    description = "Words need no quotes: they are one title. After -- also those that begin with -.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend add Groceries oat milk",
      "  tend add Groceries Cake --date saturday --notes 'for Ann'",
      "  tend add Groceries - < shopping.txt    an entry a line: 2026-12-04 Milk, or Milk"
    })
public final class AddCommand extends OneListCommand {

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "<title>", description = "the title, or - to read a line an entry")
  private List<String> title = List.of();

  @Option(names = {"-d", "--date"}, paramLabel = "<day>", converter = Day.class, description = "its day: " + Day.FORMS)
  private @Nullable LocalDate date;

  @Option(names = "--notes", paramLabel = "<notes>", description = "its notes")
  private @Nullable String notes;

  @Option(names = "--done", description = "as one that is done already")
  private boolean done;

  @Override
  void run() throws CouldNot {
    ListRef list = list();
    ObjectNode draft = Server.JSON.createObjectNode().put("title", String.join(" ", title));
    if (date != null) {
      draft.put("date", date.toString());
    }
    if (notes != null) {
      draft.put("notes", notes);
    }
    if (done) {
      draft.put("done", true);
    }
    ObjectNode added = done(server().change("POST", list.path() + "/entries", draft)).body();
    say(added, new Screen(out(), ink(), today()).line(added));
  }
}
