package dev.tend.app.chaos;

import dev.tend.app.chaos.Finding.What;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict for people. */
final class Table {
  private static final int MOST = 20;

  private final PrintWriter out;

  Table(PrintWriter out) {
    this.out = out;
  }

  void print(Verdict verdict) {
    Audit.Result audit = verdict.audit();
    Wish wish = verdict.wish();
    row("acknowledged", verdict.acknowledged(), "changes; each looked up in the history");
    row("lost", verdict.count(What.LOST), "");
    row("doubled", verdict.count(What.DOUBLED), "");
    row("out of order", verdict.count(What.ORDER), "");
    row(
        "refused",
        audit.refused(),
        "and given up: told 503 (as %,d attempts were) or not connected; %,d happened"
            .formatted(verdict.refusals(), verdict.count(What.HAPPENED)));
    row("denied", audit.denied(), "the entry was gone, changed or moved: did not happen");
    row(
        "unknown",
        audit.happened() + audit.happenedNot(),
        "given up without an answer (as %,d attempts were): %,d happened once, %,d did not"
            .formatted(verdict.unanswered(), audit.happened(), audit.happenedNot()));
    row("repeated", verdict.repeated(), "sent again after the answer: the same answer");
    row(
        "seen by streams",
        verdict.events(),
        "changes, by %d streams; %,d missed, doubled or out of order"
            .formatted(Wish.STREAMS, verdict.count(What.STREAM)));
    row(
        "kills",
        verdict.killed(),
        verdict.kills().entrySet().stream()
            .map(kill -> kill.getKey().place() + " " + kill.getValue())
            .collect(Collectors.joining(", ")));
    row(
        "restarts",
        verdict.killedJvms() + verdict.endings().size(),
        "of the JVM: %d killed, %d gave up (status 70)"
            .formatted(verdict.killedJvms(), verdict.gaveUp()));
    row("longest gap", seconds(verdict.longestGap()), "without any acknowledgement");
    row("  of one list", seconds(verdict.longestGapOfAList()), "in " + verdict.slowest());
    row(
        "duration",
        seconds(verdict.time()),
        "%d clients, %d lists, seed %d".formatted(wish.clients(), wish.lists(), wish.seed()));
    evidence(verdict);
  }

  private void evidence(Verdict verdict) {
    out.println();
    if (verdict.isGood()) {
      out.println("Nothing was lost or doubled.");
      return;
    }
    out.println("NOT GOOD: " + verdict.findings().size() + " findings.");
    verdict.findings().stream().limit(MOST).forEach(finding -> out.println("  " + finding));
    if (verdict.findings().size() > MOST) {
      out.println("  …; --json shows all of them.");
    }
  }

  private void row(String what, long number, String words) {
    row(what, String.format(Locale.ROOT, "%,d", number), words);
  }

  private void row(String what, String number, String words) {
    out.println("%-16s %12s  %s".formatted(what, number, words).stripTrailing());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
