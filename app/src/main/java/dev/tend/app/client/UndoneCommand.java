package dev.tend.app.client;

import picocli.CommandLine.Command;

/** {@code tend undone}. */
@Command(
    name = "undone",
    header = "Take ticks away: the entries are to do again.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend undone Groceries 3", "  tend undone Groceries milk 5 7"})
public final class UndoneCommand extends TickCommand {
  public UndoneCommand() {
    super(false);
  }
}
