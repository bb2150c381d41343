package dev.tend.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProfilerTest {

  @Test
  void everyClientIsAProcessAndCallsTheFunctionSoOften() {
    AtomicInteger calls = new AtomicInteger();
    Set<Pid<?>> clients = ConcurrentHashMap.newKeySet();
    Profiler.Result result =
        Profiler.measure(
            () -> {
              calls.incrementAndGet();
              clients.add(Processes.self());
            },
            1_000,
            7);
    assertThat(calls).hasValue(7_000);
    assertThat(clients).hasSize(7);
    assertThat(result.time()).isPositive();
  }

  @Test
  void theRateIsOfAllClientsTogether() {
    assertThat(new Profiler.Result(100_000, 100, Duration.ofSeconds(4)).rate())
        .isEqualTo(2_500_000);
  }

  @Test
  void printsTheRateAsTheSeedDoes() {
    assertThat(printed(() -> Profiler.run(() -> {}, 10))).matches("\\d+ reqs/sec\\R");
  }

  @Test
  void aFunctionThatThrowsEndsTheMeasurement() {
    assertThatThrownBy(() ->
            Profiler.measure(
                () -> {
                  throw new java.io.IOException("no disk");
                },
                10,
                3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no disk");
  }

  private static String printed(Runnable work) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
