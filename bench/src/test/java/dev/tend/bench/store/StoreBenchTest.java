package dev.tend.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StoreBenchTest {

  @Test
  void everyFigureIsMeasuredBesideAnother() {
    String table = run("--rounds", "1", "--seconds", "0.3", "--lists", "1500");
    assertThat(table.lines().filter(line -> line.matches("\\| .+: [\\d.]+.* \\| [≥≤] [\\d.]+ \\|")))
        .as(table)
        .hasSize(11);
  }

  @Test
  void fewerListsThanItIsComparedWithAreRefused() {
    assertThat(new CommandLine(new StoreBench()).execute("--lists", "10"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private static String run(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new StoreBench()).execute(words)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
