package dev.tend.app.chaos;

import dev.tend.app.chaos.Finding.What;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run has come to.
 *
 * @param time of load
 * @param acknowledged changes
 * @param repeated acknowledged changes that were sent again and answered the same
 * @param refusals attempts that were told that nothing has happened
 * @param unanswered attempts that were told nothing
 * @param kills of each kind
 * @param endings the statuses with which the JVM ended without having been asked to
 * @param longestGap without any acknowledgement
 * @param longestGapOfAList without one in the list that waited longest
 * @param events that the streams have shown
 */
record Verdict(
    Wish wish,
    Duration time,
    long acknowledged,
    long repeated,
    long refusals,
    long unanswered,
    Map<Target, Integer> kills,
    List<Integer> endings,
    Duration longestGap,
    Duration longestGapOfAList,
    String slowest,
    long events,
    Audit.Result audit,
    List<Finding> findings) {

  /** Nothing was lost or doubled, and nothing else is wrong. */
  boolean isGood() {
    return findings.isEmpty();
  }

  long count(What what) {
    return findings.stream().filter(finding -> finding.what() == what).count();
  }

  int killed() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  int killedJvms() {
    return kills.getOrDefault(Target.JVM, 0);
  }

  long gaveUp() {
    return endings.stream().filter(status -> status == Victim.GAVE_UP).count();
  }

  /** For programs. */
  ObjectNode json() {
    ObjectNode json =
        Wire.JSON
            .createObjectNode()
            .put("good", isGood())
            .put("mode", wish.mode().name().toLowerCase(Locale.ROOT))
            .put("seed", wish.seed())
            .put("seconds", time.toMillis() / 1000.0)
            .put("clients", wish.clients())
            .put("lists", wish.lists())
            .put("acknowledged", acknowledged)
            .put("lost", count(What.LOST))
            .put("doubled", count(What.DOUBLED))
            .put("refusedButHappened", count(What.HAPPENED))
            .put("outOfOrder", count(What.ORDER))
            .put("repeatedAndAnsweredTheSame", repeated)
            .put("refusedAttempts", refusals)
            .put("unansweredAttempts", unanswered)
            .put("refused", audit.refused())
            .put("denied", audit.denied())
            .put("unknownHappened", audit.happened())
            .put("unknownHappenedNot", audit.happenedNot())
            .put("streamEvents", events)
            .put("restartsOfTheJvm", killedJvms() + endings.size())
            .put("gaveUp", gaveUp())
            .put("longestGapMillis", longestGap.toMillis())
            .put("longestGapOfAListMillis", longestGapOfAList.toMillis());
    ObjectNode killed = json.putObject("kills");
    kills.forEach((target, number) -> killed.put(target.place(), number));
    ArrayNode all = json.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("what", finding.what().name().toLowerCase(Locale.ROOT))
          .put("list", finding.list())
          .put("revision", finding.revision())
          .put("key", finding.key())
          .put("words", finding.words());
    }
    return json;
  }
}
