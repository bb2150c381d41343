package dev.tend.web.status;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.StartOptions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One place of the tree, and who is there at the moment.
 *
 * @param id the same for as long as the place is, whoever takes it
 * @param words what else is to be said of it, short
 * @param until when it stops resting
 * @param restarts how often it has been started again
 * @param children those that are shown
 * @param more how many there are besides
 * @param former who was there before, where its end is worth a look
 */
record Node(
    String id,
    String name,
    boolean supervisor,
    String words,
    State state,
    Optional<ProcessInfo> process,
    Optional<Instant> until,
    int restarts,
    List<Node> children,
    int more,
    Optional<Pid<?>> former) {

  enum State {
    RUNNING,
    RESTARTING,
    QUARANTINED,
    GONE
  }

  /** A worker's place. */
  static Node leaf(String id, String name, State state, Optional<ProcessInfo> process) {
    return new Node(
        id, name, false, "", state, process, Optional.empty(), 0, List.of(), 0, Optional.empty());
  }

  Node saying(String newWords) {
    return new Node(
        id, name, supervisor, newWords, state, process, until, restarts, children, more, former);
  }

  Node resting(Instant rested) {
    return new Node(
        id,
        name,
        supervisor,
        words,
        State.QUARANTINED,
        process,
        Optional.of(rested),
        restarts,
        children,
        more,
        former);
  }

  Node after(Optional<Pid<?>> last) {
    return new Node(
        id, name, supervisor, words, state, process, until, restarts, children, more, last);
  }

  Optional<Pid<?>> pid() {
    return process.map(ProcessInfo::pid);
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("name", name)
            .put("kind", supervisor ? "supervisor" : "worker")
            .put("state", state.name().toLowerCase(Locale.ROOT))
            .put("restarts", restarts);
    if (!words.isEmpty()) {
      json.put("words", words);
    }
    until.ifPresent(rested -> json.put("until", rested.toString()));
    process.ifPresent(info -> add(json, info));
    former.ifPresent(pid -> json.put("former", number(pid)));
    if (supervisor) {
      ArrayNode below = json.putArray("children");
      children.forEach(child -> below.add(child.json()));
      json.put("more", more);
    }
    return json;
  }

  static void add(ObjectNode json, ProcessInfo info) {
    json.put("pid", number(info.pid()))
        .put("since", info.since().toString())
        .put("mailbox", info.mailbox());
    if (info.mailboxLimit() != StartOptions.UNBOUNDED) {
      json.put("limit", info.mailboxLimit());
    }
  }

  /** A pid without its brackets, as it stands in addresses. */
  static String number(Pid<?> pid) {
    return pid.toString().replaceAll("[<>]", "");
  }
}
