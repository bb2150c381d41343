package dev.tend.app.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend rename}. */
@Command(
    name = "rename",
    header = "Give a list another name.",
    footerHeading = "%nExamples:%n",
    footer = "  tend rename Groceries Shopping")
public final class RenameCommand extends OneListCommand {

  @Parameters(index = "1", paramLabel = "<name>", description = "its new name")
  private String name = "";

  @Override
  void run() throws CouldNot {
    ListRef list = list();
    ObjectNode wish = Server.JSON.createObjectNode().put("name", name);
    ObjectNode renamed = done(server().change("PATCH", list.path(), wish)).body();
    say(renamed, Words.shown(list.name()) + " is now " + Words.shown(name));
  }
}
