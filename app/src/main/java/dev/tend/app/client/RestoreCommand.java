package dev.tend.app.client;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend restore}. */
@Command(
    name = "restore",
    header = "Bring a deleted list back, with its entries.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend lists --deleted", "  tend restore Groceries"})
public final class RestoreCommand extends OneListCommand {

  @Override
  void run() throws CouldNot {
    ListRef list = new Wanted(server()).deletedList(named());
    ObjectNode back = done(server().change("POST", list.path() + "/restore", null)).body();
    say(back, Words.shown(list.name()) + " is back");
  }
}
