package dev.tend.otp.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class CaseRecorderTest {

  /** Run only from here: its name is none that the build runs. */
  static final class Sample {
    @Test
    @Case("s: plain")
    void passes() {}

    @Test
    @Case("s: fails")
    void fails() {
      throw new AssertionError();
    }

    @Test
    @Case("s: aborted")
    void aborted() {
      Assumptions.abort();
    }

    @Disabled("to see that it is no pass")
    @Test
    @Case("s: disabled")
    void disabled() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Case({"s: parameters", "s: more"})
    void parameters(int number) {
      assertThat(number).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1})
    @Case("s: one of the parameters fails")
    void oneFails(int number) {
      assertThat(number).isEqualTo(1);
    }

    @RepeatedTest(2)
    @Case("s: the last repetition fails")
    void repeated(RepetitionInfo info) {
      assertThat(info.getCurrentRepetition()).isEqualTo(1);
    }

    @TestFactory
    @Case("s: a made test fails")
    Stream<DynamicTest> made() {
      return Stream.of(
          DynamicTest.dynamicTest("fails", this::fails), DynamicTest.dynamicTest("ok", () -> {}));
    }

    @Test
    void without_a_case() {}

    @Nested
    class Inner {
      @Test
      @Case("s: nested")
      void passes() {}
    }
  }

  @Test
  void writes_down_how_every_run_of_a_method_went(@TempDir Path folder) throws IOException {
    var config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .addTestExecutionListeners(new CaseRecorder(folder))
            .build();
    LauncherFactory.create(config)
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Sample.class)).build());
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    assertThat(files).hasSize(1);
    assertThat(
            Files.readAllLines(files.getFirst()).stream()
                .filter(line -> !line.startsWith(Gate.FILTERED))
                .map(CaseResult::parse))
        .containsExactlyInAnyOrder(
            result("passes", true, "s: plain"),
            result("fails", false, "s: fails"),
            result("aborted", false, "s: aborted"),
            result("disabled", false, "s: disabled"),
            result("parameters", true, "s: parameters", "s: more"),
            result("oneFails", false, "s: one of the parameters fails"),
            result("repeated", false, "s: the last repetition fails"),
            result("made", false, "s: a made test fails"),
            result("Inner.passes", true, "s: nested"));
  }

  private static CaseResult result(String method, boolean passed, String... cases) {
    return new CaseResult("CaseRecorderTest.Sample." + method, passed, List.of(cases));
  }
}
