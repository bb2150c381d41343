package dev.tend.web.status;

import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Story;
import dev.tend.todo.TodoCache;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The story in sentences. */
final class Telling {
  private Telling() {}

  /** Those of these that a person wants to hear of, the oldest first. */
  static List<ObjectNode> of(String boot, List<Story.Event> events) {
    return events.stream().map(event -> of(boot, event)).flatMap(Optional::stream).toList();
  }

  /** Empty for the crash of a child: its supervisor tells what came of it. */
  private static Optional<ObjectNode> of(String boot, Story.Event event) {
    return switch (event.what()) {
      case Happening.Crashed crashed ->
          crashed.starter().filter(Telling::isSupervisor).isPresent()
              ? Optional.empty()
              : Optional.of(
                  told(boot, event, "crashed", crashed.kind(), Words.of(crashed.reason()), null)
                      .put("former", Node.number(crashed.pid())));
      case Happening.Lost lost ->
          Optional.of(
              told(boot, event, "lost", Names.of(lost.child()), Words.of(lost.reason()), null)
                  .put("former", Node.number(lost.pid())));
      case Happening.Restarted restarted -> Optional.of(restarted(boot, event, restarted));
      case Happening.NotRestarted failed ->
          Optional.of(
              told(
                  boot,
                  event,
                  "failed",
                  Names.of(failed.child()),
                  "could not be started again; it " + Words.of(failed.reason()),
                  "tried again"));
      case Happening.GaveUp gaveUp ->
          Optional.of(
              told(
                  boot,
                  event,
                  "gaveup",
                  "The supervisor of " + Names.of(gaveUp.child()),
                  "gave up: more than %s in %s"
                      .formatted(times(gaveUp.restarts()), in(gaveUp.period())),
                  null));
      case Happening.Overdue overdue ->
          Optional.of(
              told(
                  boot,
                  event,
                  "overdue",
                  overdue.kind() + " " + overdue.pid(),
                  overdue.zombie()
                      ? "is dead, and its thread still runs"
                      : "has been handling one message for very long",
                  in(overdue.running())));
      case Happening.Told(TodoCache.Resting resting, String sentence) ->
          Optional.of(
              told(boot, event, "rests", Names.of(resting), sentence, "its data is safe")
                  .put("until", resting.until().toString()));
      case Happening.Told(Object about, String sentence) ->
          Optional.of(told(boot, event, "told", Names.of(about), sentence, null));
    };
  }

  private static boolean isSupervisor(Pid<?> starter) {
    return Processes.supervision(starter, 0).isPresent();
  }

  private static ObjectNode restarted(String boot, Story.Event event, Happening.Restarted what) {
    String others =
        switch (what.others()) {
          case 0 -> "";
          case 1 -> "; one more was started again with it";
          default -> "; " + what.others() + " more were started again with it";
        };
    ObjectNode told =
        told(
            boot,
            event,
            "restarted",
            Names.of(what.child()),
            Words.of(what.reason()) + others,
            "back in " + in(what.took()));
    what.former().ifPresent(pid -> told.put("former", Node.number(pid)));
    what.pid().ifPresent(pid -> told.put("pid", Node.number(pid)));
    return told;
  }

  private static ObjectNode told(
      String boot, Story.Event event, String kind, String who, String what, @Nullable String took) {
    ObjectNode told =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", boot + "-" + event.number())
            .put("at", event.at().toString())
            .put("kind", kind)
            .put("who", who)
            .put("what", what);
    if (took != null) {
      told.put("took", took);
    }
    return told;
  }

  private static String times(int restarts) {
    return restarts == 1 ? "one restart" : restarts + " restarts";
  }

  /** A time, with no more digits than one reads. */
  static String in(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis < 1) {
      return text("%.0f µs", millis * 1_000);
    }
    if (millis < 1_000) {
      return text(millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
    double seconds = millis / 1_000;
    return text(seconds < 10 && seconds % 1 != 0 ? "%.1f s" : "%.0f s", seconds);
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
