package dev.tend.otp.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a test method shows and how it went.
 *
 * @param test its name, {@code Class.method}
 * @param passed whether it ran, and all its runs (of parameters, repetitions, …) passed
 * @param cases as its {@link Case} names them
 */
record CaseResult(String test, boolean passed, List<String> cases) {

  CaseResult and(CaseResult other) {
    return new CaseResult(test, passed && other.passed, cases);
  }

  /** As one line of a file; {@link #parse} reads it. */
  String line() {
    List<String> fields = new ArrayList<>(List.of(passed ? "passed" : "failed", test));
    fields.addAll(cases);
    return String.join("\t", fields);
  }

  static CaseResult parse(String line) {
    List<String> fields = Arrays.asList(line.split("\t", -1));
    return new CaseResult(
        fields.get(1), fields.getFirst().equals("passed"), fields.subList(2, fields.size()));
  }
}
