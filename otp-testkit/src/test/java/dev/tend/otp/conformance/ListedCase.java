package dev.tend.otp.conformance;

import java.util.Arrays;
import java.util.Optional;

/**
 * A case as the list of its suite has it.
 *
 * @param note why, for all verdicts but {@code applies}
 */
record ListedCase(String suite, String name, String verdict, String note) {

  enum Verdict {
    APPLIES,
    DIFFERS,
    OPEN,
    NOT
  }

  /** A line of {@code <suite>.tsv}: name, verdict, note. */
  static ListedCase parse(String suite, String line) {
    String[] fields = Arrays.copyOf(line.split("\t", 3), 3);
    return new ListedCase(
        suite, fields[0], fields[1] == null ? "" : fields[1], fields[2] == null ? "" : fields[2]);
  }

  /** As a {@link Case} names it. */
  String id() {
    return suite + ": " + name;
  }

  Optional<Verdict> known() {
    return Arrays.stream(Verdict.values())
        .filter(known -> known.name().toLowerCase(java.util.Locale.ROOT).equals(verdict))
        .findFirst();
  }

  /** The number of the decision record that the note begins with. */
  String decision() {
    return note.split(" ", 2)[0];
  }
}
