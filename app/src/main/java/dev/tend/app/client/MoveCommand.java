package dev.tend.app.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend move}. */
@Command(
    name = "move",
    header = "Move entries to another list, where they get numbers of their own.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend move Groceries milk --to Party", "  tend move Groceries 3 5 --to Party"})
public final class MoveCommand extends EntriesCommand {

  @Option(names = "--to", required = true, paramLabel = LIST, description = "the other list")
  private String to = "";

  private @Nullable ListRef target;

  @Override
  ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot {
    return done(server()
            .change(
                "POST",
                of.path(entry.path("id").asInt()) + "/move",
                Server.JSON.createObjectNode().put("to", target().id())))
        .body();
  }

  private ListRef target() throws CouldNot {
    ListRef known = target;
    if (known == null) {
      known = new Wanted(server()).list(to);
      target = known;
    }
    return known;
  }

  @Override
  String said(ObjectNode shown) throws CouldNot {
    return shown.path("entry") instanceof ObjectNode entry ? screen().line(entry) : "moved";
  }
}
