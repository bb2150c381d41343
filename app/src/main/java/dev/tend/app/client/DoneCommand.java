package dev.tend.app.client;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend done}. */
@Command(
    name = "done",
    header = "Tick entries: they are done.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend done Groceries 3", "  tend done Groceries milk 5 7"})
public final class DoneCommand extends EntriesCommand {

  @Override
  ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot {
    return done(server()
            .change(
                "PATCH",
                of.path(entry.path("id").asInt()),
                Server.JSON.createObjectNode().put("done", true)))
        .body();
  }

  @Override
  String said(ObjectNode shown) throws CouldNot {
    return screen().line(shown);
  }
}
