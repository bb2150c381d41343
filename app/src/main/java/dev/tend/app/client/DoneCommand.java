package dev.tend.app.client;

import picocli.CommandLine.Command;

/** {@code tend done}. */
@Command(
    name = "done",
    header = "Tick entries: they are done.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend done Groceries 3", "  tend done Groceries milk 5 7"})
public final class DoneCommand extends TickCommand {
  public DoneCommand() {
    super(true);
  }
}
