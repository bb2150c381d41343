package dev.tend.app.client;

import picocli.CommandLine.Command;

/** {@code tend delete-list}. */
@Command(
    name = "delete-list",
    header = "Delete a list with its entries; tend restore brings it back.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend delete-list Groceries", "  tend restore Groceries"})
public final class DeleteListCommand extends OneListCommand {

  @Override
  void run() throws CouldNot {
    ListRef list = list();
    done(server().change("DELETE", list.path(), null));
    say(
        list.view(),
        "deleted %s; tend restore %s brings it back"
            .formatted(Words.shown(list.name()), BashQuote.argument(list.name())));
  }
}
