package dev.tend.otp.conformance;

import dev.tend.otp.conformance.ListedCase.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the lists say and the tests show, judged.
 *
 * @param cases all cases of all suites
 * @param results all test methods with a {@link Case} that ran
 * @param decisions the file names of the decision records, by their numbers
 */
record Conformance(
    List<ListedCase> cases, List<CaseResult> results, Map<String, String> decisions) {

  /** A line for each thing that is wrong and how to mend it. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (ListedCase listed : cases) {
      if (!known.add(listed.id())) {
        problems.add(listed.id() + " is listed twice: take one line out of " + listOf(listed));
      }
      problemOf(listed).lines().forEach(problem -> problems.add(listed.id() + " " + problem));
    }
    for (CaseResult result : results) {
      for (String shown : result.cases()) {
        if (!known.contains(shown)) {
          problems.add(
              result.test() + " has @Case(\"" + shown + "\"), which no list has: correct it");
        }
      }
    }
    return problems;
  }

  private String problemOf(ListedCase listed) {
    return switch (listed.known().orElse(null)) {
      case null ->
          "has the verdict \"%s\": say applies, differs, open or not in %s"
              .formatted(listed.verdict(), listOf(listed));
      case APPLIES -> unshown(listed);
      case DIFFERS ->
          decisions.containsKey(listed.decision())
              ? unshown(listed)
              : "differs, but \"%s\" is no record in docs/decisions: begin the note in %s with its number"
                  .formatted(listed.decision(), listOf(listed));
      case OPEN -> "";
      case NOT ->
          listed.note().isBlank()
              ? "is a \"not\" without a reason: give it one in " + listOf(listed)
              : "";
    };
  }

  private String unshown(ListedCase listed) {
    List<CaseResult> tests = testsOf(listed);
    if (tests.isEmpty()) {
      return "%s, but no test has @Case(\"%s\"): write one, or correct the verdict in %s"
          .formatted(listed.verdict(), listed.id(), listOf(listed));
    }
    return tests.stream()
        .filter(test -> !test.passed())
        .map(test ->
            "%s, but %s failed or was skipped: mend it".formatted(listed.verdict(), test.test()))
        .collect(Collectors.joining("\n"));
  }

  private static String listOf(ListedCase listed) {
    return listed.suite() + ".tsv";
  }

  private List<CaseResult> testsOf(ListedCase listed) {
    return results.stream()
        .filter(result -> result.cases().contains(listed.id()))
        .sorted(Comparator.comparing(CaseResult::test))
        .toList();
  }

  /** {@code docs/conformance.md}, if there are no problems. */
  String page() {
    Map<String, List<ListedCase>> suites =
        cases.stream()
            .collect(Collectors.groupingBy(ListedCase::suite, TreeMap::new, Collectors.toList()));
    StringBuilder page =
        new StringBuilder(
            """
            # Conformance

            Every case of the suites with which Erlang/OTP and Elixir test these behaviours themselves, and what this library does about it. The build writes this page from the lists in `otp-testkit/src/test/resources` and from the tests that ran (`mvn verify -pl otp,otp-testkit -Pconformance`), and fails where they do not agree.

            - **pass**: the named tests assert here what the case asserts there.
            - **differs**: another behaviour on purpose, with the decision and the tests that show it.
            - **open**: ought to work and does not yet.
            - **not**: has no meaning in a single JVM with Java's types, or not yet, and why.

            | suite | pass | differs | open | not | cases |
            |---|--:|--:|--:|--:|--:|
            """);
    suites.forEach((suite, listed) ->
        page.append("| [%s](#%s) | ".formatted(suite, anchor(suite))).append(totals(listed)));
    page.append("| all | ").append(totals(cases));
    suites.forEach((suite, listed) -> {
      page.append("\n## ")
          .append(suite)
          .append("\n\n| case | | shown by, or why |\n|---|---|---|\n");
      listed.forEach(one -> page.append(row(one)));
    });
    return page.toString();
  }

  /** As GitHub makes anchors of headings. */
  private static String anchor(String suite) {
    return suite.toLowerCase(java.util.Locale.ROOT).replace(".", "");
  }

  private static String totals(List<ListedCase> cases) {
    Map<Verdict, Long> counts =
        cases.stream()
            .flatMap(listed -> listed.known().stream())
            .collect(Collectors.groupingBy(verdict -> verdict, Collectors.counting()));
    StringBuilder row = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      row.append(counts.getOrDefault(verdict, 0L)).append(" | ");
    }
    return row.append(cases.size()).append(" |\n").toString();
  }

  private String row(ListedCase listed) {
    String tests =
        testsOf(listed).stream()
            .map(test -> "`" + test.test() + "`")
            .collect(Collectors.joining(", "));
    String shown =
        switch (listed.known().orElseThrow()) {
          case APPLIES -> "pass | " + tests;
          case DIFFERS ->
              "differs | [%s](decisions/%s)%s: %s"
                  .formatted(
                      listed.decision(),
                      decisions.get(listed.decision()),
                      cell(listed.note().substring(listed.decision().length())),
                      tests);
          case OPEN -> "open | " + cell(listed.note());
          case NOT -> "not | " + cell(listed.note());
        };
    return "| " + cell(listed.name()) + " | " + shown + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
