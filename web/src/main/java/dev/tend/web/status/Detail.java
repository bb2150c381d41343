package dev.tend.web.status;

import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.Supervision;
import dev.tend.otp.process.Ties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One process, with all that can be seen of it. */
final class Detail {
  private static final int MOST = 20;

  private final Map<Pid<?>, String> names = new HashMap<>();
  private final Map<Pid<?>, Node> places = new HashMap<>();

  private Detail(Node tree) {
    for (Node node : Tree.flat(tree)) {
      node.pid()
          .ifPresent(pid -> {
            names.put(pid, node.name());
            places.put(pid, node);
          });
    }
  }

  static ObjectNode of(Node tree, ProcessInfo info) {
    return new Detail(tree).json(info);
  }

  private ObjectNode json(ProcessInfo info) {
    Node place = places.get(info.pid());
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name(info))
            .put("runs", info.kind())
            .put("state", "running")
            .put("doing", info.status().name().toLowerCase(java.util.Locale.ROOT));
    Node.add(json, info);
    json.put("restarts", place == null ? 0 : place.restarts());
    String label = info.label();
    if (label != null) {
      json.put("label", label);
    }
    if (info.handlingFor() != null) {
      json.put("handlingFor", Telling.in(info.handlingFor()));
    }
    Processes.supervision(info.pid(), 0).ifPresent(of -> supervision(json, info, of));
    Pid<?> starter = info.starter();
    if (starter != null && starter.isAlive()) {
      json.set("startedBy", tie(starter));
    }
    Ties ties = Processes.ties(info.pid(), MOST);
    ties(json.putArray("links"), ties.links());
    ties(json.putArray("monitors"), ties.monitors());
    ties(json.putArray("monitoredBy"), ties.monitoredBy());
    json.put("allLinks", info.links()).put("allMonitors", info.monitors());
    lastExit(info.pid())
        .or(() -> Optional.ofNullable(place).flatMap(Node::former).flatMap(Detail::end))
        .ifPresent(exit -> json.set("lastExit", exit));
    return json;
  }

  private static void supervision(ObjectNode json, ProcessInfo info, Supervision of) {
    json.putObject("supervision")
        .put("strategy", Words.strategy(of.strategy()))
        .put("children", of.children())
        .put("restarted", info.restarts())
        .put("maxRestarts", of.maxRestarts())
        .put("period", Telling.in(of.period()));
  }

  private void ties(ArrayNode array, List<Pid<?>> pids) {
    pids.forEach(pid -> array.add(tie(pid)));
  }

  private ObjectNode tie(Pid<?> pid) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pid", Node.number(pid))
        .put("name", Processes.info(pid).map(this::name).orElse("a process that is no more"));
  }

  private String name(ProcessInfo info) {
    String known = names.get(info.pid());
    ServerName<?> name = info.name();
    return known != null ? known : name != null ? Names.of(name) : info.kind();
  }

  // ---- how the one before ended ----

  /** How the process ended that had this one's place, and its report. */
  private static Optional<JsonNode> lastExit(Pid<?> pid) {
    for (Story.Event event : Story.after(0).reversed()) {
      if (event.what() instanceof Happening.Restarted restarted
          && restarted.pid().filter(pid::equals).isPresent()) {
        ObjectNode exit =
            JsonNodeFactory.instance
                .objectNode()
                .put("at", event.at().toString())
                .put("reason", Words.of(restarted.reason()))
                .put("took", Telling.in(restarted.took()));
        restarted.former().flatMap(Detail::report).ifPresent(report -> exit.put("report", report));
        return Optional.of(exit);
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> end(Pid<?> former) {
    return ofDead(Node.number(former)).map(dead -> dead.path("lastExit"));
  }

  /** The crash report of a process, while the story has it. */
  static Optional<String> report(Pid<?> pid) {
    for (Story.Event event : Story.after(0).reversed()) {
      if (event.what() instanceof Happening.Crashed crashed && crashed.pid().equals(pid)) {
        return crashed.report();
      }
    }
    return Optional.empty();
  }

  /** What is still known of one that has died: its end. */
  static Optional<ObjectNode> ofDead(String number) {
    for (Story.Event event : Story.after(0).reversed()) {
      Optional<ObjectNode> dead =
          switch (event.what()) {
            case Happening.Lost(var sup, Object child, Pid<?> pid, var reason)
                when Node.number(pid).equals(number) ->
                Optional.of(dead(pid, Names.of(child), event, Words.of(reason)));
            case Happening.Restarted(
                    var sup,
                    Object child,
                    var reason,
                    Optional<Pid<?>> former,
                    var pid,
                    var took,
                    var others)
                when former.map(Node::number).filter(number::equals).isPresent() ->
                Optional.of(dead(former.get(), Names.of(child), event, Words.of(reason)));
            case Happening.Crashed crashed when Node.number(crashed.pid()).equals(number) ->
                Optional.of(dead(crashed.pid(), crashed.kind(), event, Words.of(crashed.reason())));
            default -> Optional.empty();
          };
      if (dead.isPresent()) {
        return dead;
      }
    }
    return Optional.empty();
  }

  private static ObjectNode dead(Pid<?> pid, String name, Story.Event event, String reason) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("state", "gone")
            .put("pid", Node.number(pid));
    ObjectNode exit =
        json.putObject("lastExit").put("at", event.at().toString()).put("reason", reason);
    report(pid).ifPresent(report -> exit.put("report", report));
    return json;
  }
}
