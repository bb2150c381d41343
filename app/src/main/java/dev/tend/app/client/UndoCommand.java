package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend undo}. */
@Command(
    name = "undo",
    header = "Take a change of a list back: the last one, or the one named.",
    description = "What is undone can be undone as well: it is a change like any other.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend undo Groceries      the last change",
      "  tend history Groceries   shows the changes with their revisions",
      "  tend undo Groceries 17   what revision 17 did"
    })
public final class UndoCommand extends OneListCommand {

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<revision>",
      description = "which change (default: the last)")
  private @Nullable Long revision;

  @Override
  void run() throws CouldNot {
    ListRef list = list();
    long which = revision == null ? last(list) : revision;
    ObjectNode wish = Server.JSON.createObjectNode().put("revision", which);
    ObjectNode undone = done(server().change("POST", list.path() + "/undo", wish)).body();
    say(
        undone,
        "took revision %d back%s"
            .formatted(
                which,
                undone.path("entry") instanceof ObjectNode entry
                    ? System.lineSeparator() + new Screen(out(), ink(), today()).line(entry)
                    : ""));
  }

  private long last(ListRef list) throws CouldNot {
    AtomicLong last = new AtomicLong();
    Pages.history(list.path(), 1)
        .each(
            server(),
            record -> {
              last.set(record.path("revision").asLong());
              return false;
            });
    if (last.get() == 0) {
      throw new CouldNot(Because.REFUSED, "nothing has happened in this list yet");
    }
    return last.get();
  }
}
