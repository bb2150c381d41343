package dev.tend.app.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands that do the same to each of several entries of a list. All are found before the first is
 * changed; where one is refused, those before it are shown.
 */
abstract class EntriesCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = LIST,
      description = "its name, the beginning of it, or its id")
  private String list = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = ENTRY,
      description = "their numbers, or their titles or how those begin")
  private List<String> entries = List.of();

  /**
   * Does it to one.
   *
   * @return what to show of it
   */
  abstract ObjectNode change(ListRef of, ObjectNode entry) throws CouldNot;

  /** What it is called when it has been done. */
  abstract String said(ObjectNode shown) throws CouldNot;

  @Override
  void run() throws CouldNot {
    Wanted wanted = new Wanted(server());
    ListRef found = wanted.list(list);
    Map<Integer, ObjectNode> all = new LinkedHashMap<>(); // one may be named twice
    for (String text : entries) {
      ObjectNode entry = wanted.entry(found, text);
      all.putIfAbsent(entry.path("id").asInt(), entry);
    }
    ArrayNode changed = Server.JSON.createArrayNode();
    try {
      for (ObjectNode entry : all.values()) {
        ObjectNode shown = change(found, entry);
        changed.add(shown);
        if (!isJson()) {
          out().println(said(shown));
        }
      }
    } finally {
      if (isJson() && !changed.isEmpty()) {
        out().println(changed);
      }
    }
  }

  final Screen screen() {
    return new Screen(out(), ink(), today());
  }
}
