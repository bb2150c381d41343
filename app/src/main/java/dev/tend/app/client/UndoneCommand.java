package dev.tend.app.client;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend undone}. */
@Command(
    name = "undone",
    header = "Take ticks away: the entries are to do again.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend undone Groceries 3", "  tend undone Groceries milk 5 7"})
public final class UndoneCommand extends EntriesCommand {

  @Override
  ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot {
    return done(server()
            .change(
                "PATCH",
                of.path(entry.path("id").asInt()),
                Server.JSON.createObjectNode().put("done", false)))
        .body();
  }

  @Override
  String said(ObjectNode shown) throws CouldNot {
    return screen().line(shown);
  }
}
