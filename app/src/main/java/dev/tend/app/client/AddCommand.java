package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.exchange.Format;
import dev.tend.app.exchange.Lines;
import dev.tend.app.exchange.Manuscript;
import dev.tend.app.exchange.Unreadable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend add}. */
@Command(
    name = "add",
    header = "Add an entry to a list, or many from standard input.",
    description =
        "Words need no quotes: they are one title. After -- also those that begin with -. A - alone"
            + " is standard input, also after --; a line of that may be - for a title.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend add Groceries oat milk",
      "  tend add Groceries Cake --date saturday --notes 'for Ann'",
      "  tend add Groceries - < shopping.txt    an entry a line: 2026-12-04 Milk, or Milk"
    })
public final class AddCommand extends OneListCommand {

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "<title>",
      description = "the title, or - to read a line an entry")
  private List<String> title = List.of();

  @Option(
      names = {"-d", "--date"},
      paramLabel = "<day>",
      converter = Day.class,
      description = "its day: " + Day.FORMS)
  private @Nullable LocalDate date;

  @Option(names = "--notes", paramLabel = "<notes>", description = "its notes")
  private @Nullable String notes;

  @Option(names = "--done", description = "as one that is done already")
  private boolean done;

  @Override
  void run() throws CouldNot, IOException {
    ListRef list = list();
    if (title.equals(List.of("-"))) {
      addLines(list);
      return;
    }
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

  private void addLines(ListRef list) throws CouldNot, IOException {
    if (date != null || notes != null || done) {
      throw misused("--date, --notes and --done are for one entry, not for lines");
    }
    Format by = new Lines();
    try (Manuscript lines = Manuscript.take(System.in, by, Optional.empty())) {
      Judgement judgement = Judgement.of(lines, by);
      judgement.print(err());
      if (judgement.broken() > 0) {
        throw new CouldNot(
            Because.REFUSED,
            Words.count(judgement.broken(), "line is", "lines are") + " broken: nothing was added");
      }
      String keys = "add-" + UUID.randomUUID() + "-";
      long added =
          Upload.send(
              lines,
              by,
              new Upload.Target(server(), list, keys, false, Set.of(), patience()),
              _ -> {});
      say(
          Server.JSON.createObjectNode().put("added", added),
          Words.count(added, "entry", "entries") + " added to " + Words.shown(list.name()));
    } catch (Unreadable unreadable) {
      throw new CouldNot(Because.REFUSED, "nothing was added: " + unreadable.getMessage());
    }
  }
}
