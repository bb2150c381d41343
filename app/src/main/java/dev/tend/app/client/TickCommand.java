package dev.tend.app.client;

import tools.jackson.databind.node.ObjectNode;

/** Commands that set or take away the tick of entries. */
abstract class TickCommand extends EntriesCommand {
  private final boolean ticked;

  TickCommand(boolean ticked) {
    this.ticked = ticked;
  }

  @Override
  final ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot {
    return done(server()
            .change(
                "PATCH",
                of.path(entry.path("id").asInt()),
                Server.JSON.createObjectNode().put("done", ticked)))
        .body();
  }

  @Override
  final String said(ObjectNode shown) throws CouldNot {
    return screen().line(shown);
  }
}
