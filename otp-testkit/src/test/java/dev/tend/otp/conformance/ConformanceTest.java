package dev.tend.otp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {

  private static final CaseResult SHOWS = new CaseResult("ATest.a", true, List.of("s: a"));

  private static Conformance judged(List<CaseResult> results, String... lines) {
    List<ListedCase> cases =
        Arrays.stream(lines).map(line -> ListedCase.parse("s", line.replace("->", "\t"))).toList();
    return new Conformance(cases, results, Map.of("0012", "0012-withdrawn.md"));
  }

  private static List<String> problems(List<CaseResult> results, String... lines) {
    return judged(results, lines).problems();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a->aplies   | s: a has the verdict \"aplies\"",
        "a           | s: a has the verdict \"\"",
        "a->not      | s: a is a \"not\" without a reason",
        "a->not->    | s: a is a \"not\" without a reason",
        "a->differs->9999 so | s: a differs, but \"9999\" is no record",
        "a->differs  | s: a differs, but \"\" is no record",
        "a->applies  | s: a applies, but no test has @Case(\"s: a\")",
        "a->differs->0012 so | s: a differs, but no test has @Case(\"s: a\")",
      })
  void a_line_that_is_wrong_is_one_problem(String line, String problem) {
    assertThat(problems(List.of(), line)).hasSize(1);
    assertThat(problems(List.of(), line).getFirst()).startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource({"a->open->later", "a->not->no nodes"})
  void open_and_not_need_no_test(String line) {
    assertThat(problems(List.of(), line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a->applies", "a->applies->", "a->differs->0012 so"})
  void a_test_that_passed_shows_a_case_and_one_that_did_not_does_not(String line) {
    assertThat(problems(List.of(SHOWS), line)).isEmpty();
    CaseResult failed = new CaseResult("BTest.b", false, List.of("s: a"));
    assertThat(problems(List.of(SHOWS, failed), line).getFirst())
        .contains("s: a", "BTest.b failed or was skipped");
  }

  @Test
  void a_case_that_no_list_has_is_a_problem() {
    CaseResult astray = new CaseResult("ATest.a", true, List.of("s: a", "s: b", "t: a"));
    assertThat(problems(List.of(astray), "a->applies"))
        .containsExactly(
            "ATest.a has @Case(\"s: b\"), which no list has: correct it",
            "ATest.a has @Case(\"t: a\"), which no list has: correct it");
  }

  @Test
  void a_case_listed_twice_is_a_problem() {
    assertThat(problems(List.of(SHOWS), "a->applies", "a->open->x"))
        .containsExactly("s: a is listed twice: take one line out of s.tsv");
  }

  @Test
  void the_page_counts_and_shows_each_case() {
    CaseResult other = new CaseResult("ATest.Nested.b", true, List.of("s: b_1", "s: a"));
    String page =
        judged(
                List.of(other, SHOWS),
                "a->applies",
                "b_1->differs->0012 sooner",
                "c->open->later",
                "d->not->a|b")
            .page();
    assertThat(page)
        .contains("| [s](#s) | 1 | 1 | 1 | 1 | 4 |\n", "| all | 1 | 1 | 1 | 1 | 4 |\n")
        .endsWith(
            """

            ## s

            | case | | shown by, or why |
            |---|---|---|
            | a | pass | `ATest.Nested.b`, `ATest.a` |
            | b_1 | differs | [0012](decisions/0012-withdrawn.md) sooner: `ATest.Nested.b` |
            | c | open | later |
            | d | not | a\\|b |
            """);
  }

  @Test
  void a_result_is_read_as_it_was_written() {
    CaseResult result = new CaseResult("A.a", false, List.of("s: a b", "t: c"));
    assertThat(CaseResult.parse(result.line())).isEqualTo(result);
  }
}
