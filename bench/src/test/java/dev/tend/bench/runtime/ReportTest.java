package dev.tend.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.bench.contest.Metric;
import dev.tend.bench.contest.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Program call = Program.all().getFirst();
  private final Cell.Row rate = new Cell.Row(call, Metric.RATE);
  private final Cell.Row p50 = new Cell.Row(call, Metric.P50);
  private final List<Contender> contenders = Contender.all(Path.of("..")).subList(0, 2);
  private final Measurements measurements = new Measurements();

  @Test
  void aCellHasTheMedianItsSpreadAndHowOursCompares() {
    measure("otp", rate, 800_000, 1_000_000, 900_000);
    measure("BEAM", rate, 300_000, 310_000, 290_000);
    assertThat(row("| call 1 → 1, per second "))
        .isEqualTo(
            "| call 1 → 1, per second | 900 K (800 K–1.00 M) | 300 K (290 K–310 K) · 3.0× |");
  }

  @Test
  void whereLessIsBetterTheQuickerOneIsAheadToo() {
    measure("otp", p50, 1.5);
    measure("BEAM", p50, 3);
    assertThat(row("| call 1 → 1, p50")).endsWith("| 1.50 | 3.00 · 2.0× |");
  }

  @Test
  void roundsThatDisagreeAboutWhoIsAheadConcludeNothing() {
    measure("otp", rate, 100, 200, 300);
    measure("BEAM", rate, 90, 90, 101);
    assertThat(row("| call 1 → 1, per second")).endsWith("2.2×? |");
  }

  @Test
  void theCsvHasEveryValue(@TempDir Path folder) throws IOException {
    measure("otp", rate, 100, 200);
    Path csv = folder.resolve("bench.csv");
    measurements.writeCsv(csv);
    assertThat(Files.readAllLines(csv))
        .containsExactly(
            "program,metric,unit,contender,round,value",
            "call-1-1,RATE,per second,otp,1,100.0",
            "call-1-1,RATE,per second,otp,2,200.0");
  }

  private void measure(String contender, Cell.Row row, double... values) {
    for (double value : values) {
      measurements.add(new Cell(contender, row), value);
    }
  }

  private String row(String beginning) {
    Report report = new Report(measurements, contenders, measurements.rows(Program.all()));
    return report
        .markdown()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .findAny()
        .orElseThrow();
  }
}
