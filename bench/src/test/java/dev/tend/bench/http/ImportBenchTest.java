package dev.tend.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ImportBenchTest {

  /** With the least priority it might hardly begin beside neighbours who never rest. */
  @Test
  void neighboursAreMeasuredBesideAnImportAndAlone() {
    String said = run(0, "--rounds", "2", "--entries", "30", "--neighbours", "2", "--nice", "0");
    assertThat(said)
        .contains("| beside an import | alone | beside / alone | target |")
        .containsPattern("\\| [\\d.]+ .* \\| [\\d.]+ .* \\| [\\d.]+ .* \\| ≤ 2 \\| [\\d.]+");
  }

  @Test
  void withoutAnybodyToMeasureItSaysSo() {
    assertThat(run(2, "--neighbours", "0")).isEmpty();
  }

  private static String run(int status, String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new ImportBench()).execute(words)).isEqualTo(status);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
