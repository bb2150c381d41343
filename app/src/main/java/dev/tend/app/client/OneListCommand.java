package dev.tend.app.client;

import picocli.CommandLine.Parameters;

/** Commands that are about one list. */
abstract class OneListCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = LIST,
      description = "its name, the beginning of it, or its id")
  private String list = "";

  /** As the person has named it. */
  final String named() {
    return list;
  }

  /** The list that is named. */
  final ListRef list() throws CouldNot {
    return new Wanted(server()).list(list);
  }
}
