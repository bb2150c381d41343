package dev.tend.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HttpBenchTest {

  /** That both answer the same bytes the command itself makes sure of. */
  @Test
  void bothKindsOfReadAreMeasuredBesideABareServer() {
    assertThat(run("--rounds", "2", "--seconds", "0.05", "--connections", "4", "--entries", "3"))
        .containsPattern("\\| GET of 3 entries, [\\d,]+ bytes \\| [\\d.]+ .* \\| ≤ 1.3 \\|")
        .containsPattern("\\| GET with If-None-Match, 304 \\| [\\d.]+ .* \\| ≤ 1.5 \\|");
  }

  @Test
  void answersAreTheSameIfOnlyTheDateAndTheOrderDiffer() {
    WireAnswer answer = answer("HTTP/1.1 200 OK", "Date: Mon", "ETag: \"1\"", "X: y");
    assertThat(answer.saysTheSame(answer("HTTP/1.1 200 OK", "X: y", "ETag: \"1\"", "Date: Tue")))
        .isTrue();
    assertThat(answer.saysTheSame(answer("HTTP/1.1 304 Not Modified", "ETag: \"1\"", "X: y")))
        .isFalse();
    assertThat(answer.saysTheSame(answer("HTTP/1.1 200 OK", "ETag: \"1\""))).isFalse();
    assertThat(answer.saysTheSame(new WireAnswer(answer.head(), ByteBuffer.allocate(1)))).isFalse();
  }

  private static WireAnswer answer(String... head) {
    return new WireAnswer(List.of(head), ByteBuffer.allocate(0));
  }

  private static String run(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new HttpBench()).execute(words)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
