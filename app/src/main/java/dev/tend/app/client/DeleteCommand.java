package dev.tend.app.client;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend delete}. */
@Command(
    name = "delete",
    header = "Delete entries of a list; tend undo brings them back.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend delete Groceries 3",
      "  tend delete Groceries milk 5",
      "  tend undo Groceries           and the last of them is back, under its number",
      "  tend delete-list Groceries    the whole list"
    })
public final class DeleteCommand extends EntriesCommand {

  @Override
  ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot {
    Reply reply = done(server().change("DELETE", of.path(entry.path("id").asInt()), null));
    reply.revision().ifPresent(revision -> entry.put("revision", revision));
    return entry;
  }

  @Override
  String said(ObjectNode shown) {
    return "deleted %d %s  (revision %d of the list; tend undo takes it back)"
        .formatted(
            shown.path("id").asInt(),
            Words.shown(shown.path("title").asString("")),
            shown.path("revision").asLong(0));
  }
}
