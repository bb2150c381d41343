package dev.tend.app.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend create}. */
@Command(
    name = "create",
    header = "Make a list.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend create Groceries", "  tend create \"Bob's list\""})
public final class CreateCommand extends ClientCommand {

  @Parameters(paramLabel = "<name>", description = "what it is called; no other list is")
  private String name = "";

  @Override
  void run() throws CouldNot {
    ObjectNode list =
        done(server().change("POST", "/lists", Server.JSON.createObjectNode().put("name", name)))
            .body();
    say(list, "made " + Words.shown(ListRef.of(list).name()));
  }
}
