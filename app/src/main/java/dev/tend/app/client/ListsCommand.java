package dev.tend.app.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

/** {@code tend lists}. */
@Command(
    name = "lists",
    header = "Show which lists there are.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend lists            all of them, by name, with their ids",
      "  tend lists shop       those with 'shop' in their name",
      "  tend lists --deleted  those that tend restore can bring back"
    })
public final class ListsCommand extends ClientCommand {

  @Parameters(arity = "0..1", paramLabel = "<text>", description = "what their names contain")
  private String text = "";

  @Option(names = "--deleted", description = "the deleted ones instead")
  private boolean deleted;

  @Override
  void run() throws CouldNot {
    Map<String, String> query = new HashMap<>();
    if (!text.isEmpty()) {
      query.put("text", text);
    }
    if (deleted) {
      query.put("deleted", "true");
    }
    List<ListRef> lists = new ArrayList<>();
    Pages.lists(query).each(server(), list -> lists.add(ListRef.of(list)));
    if (isJson()) {
      ArrayNode array = Server.JSON.createArrayNode();
      lists.forEach(list -> array.add(list.view()));
      out().println(array);
    } else if (lists.isEmpty()) {
      err()
          .println(
              deleted || !text.isEmpty()
                  ? "there is no such list"
                  : "there is no list yet; make one with: tend create Groceries");
    } else {
      new Screen(out(), ink(), today()).lists(lists);
    }
  }
}
