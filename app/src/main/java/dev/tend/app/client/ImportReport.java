package dev.tend.app.client;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an import has done, or would do.
 *
 * @param made whether the list is a new one
 * @param before how many of the file's entries an earlier import had added
 */
record ImportReport(
    String list, boolean dryRun, boolean made, long added, long before, Judgement file) {

  ObjectNode forPrograms() {
    ObjectNode report =
        Server.JSON
            .createObjectNode()
            .put("dryRun", dryRun)
            .put("made", made)
            .put("added", added)
            .put("before", before)
            .put("cancelled", file.cancelled())
            .put("broken", file.broken());
    ArrayNode lines = report.putArray("brokenLines");
    file.first().forEach(lines::add);
    return report;
  }

  String forPeople() {
    String what =
        Words.count(added, "entry", "entries")
            + (dryRun ? " would be added to " : " added to ")
            + (made ? "the new list " : "")
            + Words.shown(list);
    String old =
        before == 0
            ? ""
            : "; %s there from an earlier import".formatted(Words.count(before, "is", "are"));
    return what
        + old
        + leftOut(file.cancelled(), "cancelled one", "cancelled ones")
        + leftOut(file.broken(), "broken line", "broken lines");
  }

  private static String leftOut(long number, String one, String many) {
    return number == 0 ? "" : "; " + Words.count(number, one, many) + " left out";
  }
}
