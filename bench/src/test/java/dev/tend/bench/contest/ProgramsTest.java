package dev.tend.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramsTest {
  private static final Contestant OTP = new Tend();
  private static final Contestant PEKKO = new Pekko();
  private static final Contestant PLAIN = new PlainJava();

  private static final Map<Contestant, Set<String>> WITHOUT =
      Map.of(
          OTP,
          Set.of(),
          PEKKO,
          Set.of("spawn-link", "call-past", "kill-alone", "kill-siblings"),
          PLAIN,
          Set.of(
              "spawn-link",
              "spawn-monitor",
              "start-child",
              "call-past",
              "kill-alone",
              "kill-siblings",
              "stop-10k",
              "stop-100k"));

  /** Tables are not Pekko's, that of the seed's cache neither; processes not plain Java's. */
  private static boolean has(Contestant contestant, Program program) {
    return switch (program) {
      case TableProgram table -> contestant != PEKKO;
      case TableMemoryProgram table -> contestant != PEKKO;
      case CacheProgram cache ->
          contestant == OTP || (contestant == PLAIN) == (cache.way() == CacheProgram.Way.ETS);
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachGivesAllItsMetricsOrHasNoEquivalent(Program program, Contestant contestant)
      throws Exception {
    Map<Metric, Double> results = new EnumMap<>(Metric.class);
    boolean ran = true;
    try {
      program.run(contestant, Effort.of("quick"), results::put);
    } catch (NoEquivalent nothing) {
      ran = false;
    }
    assertThat(ran)
        .isEqualTo(!WITHOUT.get(contestant).contains(program.id()) && has(contestant, program));
    assertThat(results.keySet()).hasSize(ran ? program.metrics().size() : 0);
    assertThat(results.keySet()).isSubsetOf(program.metrics());
    if (!(program instanceof MemoryProgram || program instanceof TableMemoryProgram)) {
      assertThat(results.values()).allMatch(value -> value > 0);
    }
  }

  static Stream<Arguments> pairs() {
    return Program.all().stream()
        .flatMap(p -> Stream.of(OTP, PEKKO, PLAIN).map(c -> Arguments.of(p, c)));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theBeamHasEachToo(String id) throws Exception {
    assertThat(Files.readString(Path.of("beam/contest.exs")))
        .containsPattern("@programs ~w\\([^)]*\\b" + id + "[\\s)]");
  }

  static List<String> ids() {
    return Program.all().stream().map(Program::id).toList();
  }
}
