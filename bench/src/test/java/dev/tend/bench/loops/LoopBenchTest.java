package dev.tend.bench.loops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoopBenchTest {

  @Test
  void jmhMeasuresTheLoopsThatAreNamedWithItsOwnOptions() {
    assertThat(
            run("-f 1 -wi 0 -i 1 -r 20ms -t 2 -p rows=1000 lookupTable range serverProcess cast"))
        .contains(ProcessThreads.CLASS)
        .containsPattern("SetLoops.lookupTable +1000 +avgt +[\\d.]+ +ns/op")
        .containsPattern("OrderedLoops.rangeTable +1000 +avgt +[\\d.]+ +ns/op")
        .containsPattern("OrderedLoops.rangeMap +1000 +avgt +[\\d.]+ +ns/op")
        .containsPattern("CacheLoops.serverProcess +N/A +avgt +[\\d.]+ +ns/op")
        .containsPattern("MessageLoops.cast +N/A +avgt +[\\d.]+ +ns/op")
        .doesNotContain("insertTable");
  }

  @Test
  void whatWasMeasuredIsWrittenIntoThePage(@TempDir Path root) throws Exception {
    Path page = Files.createDirectory(root.resolve("docs")).resolve("performance.md");
    Files.writeString(
        page, "a\n<!-- tend bench loops writes from here -->\nold\n<!-- to here -->\nb\n");
    System.setProperty("tend.root", root.toString());
    try {
      run("--write-docs -f 1 -wi 0 -i 2 -r 20ms -p rows=1000 lookupTable serverProcess");
    } finally {
      System.clearProperty("tend.root");
    }
    assertThat(Files.readString(page))
        .startsWith("a\n")
        .endsWith("\nb\n")
        .doesNotContain("old")
        .contains("`./tend bench loops -f 1 -wi 0 -i 2 -r 20ms -p rows=1000 lookupTable server")
        .containsPattern("\\| SetLoops.lookupTable \\| 1,000 \\| [\\d.]+ ± [\\d.NaN]+ \\|")
        .containsPattern("\\| CacheLoops.serverProcess \\|  \\| [\\d.]+ ± [\\d.NaN]+ \\|");
  }

  @Test
  void theHelpTeachesAndDashHIsJmhs() {
    assertThat(run("--help")).contains("-p rows=1000", "tend bench loops SetLoops.counter -t 2");
    assertThat(run("-h")).contains("-prof <profiler>");
  }

  @Test
  void whatIsMeasuredRunsInAProcess() throws Exception {
    try (ExecutorService threads = new ProcessThreads(2, "")) {
      Future<Pid<?>> one = threads.submit(Processes::self);
      Future<Pid<?>> other = threads.submit(Processes::self);
      assertThat(one.get()).isNotEqualTo(other.get());
    }
  }

  @Test
  void itIsTerminatedWhenItsProcessesAre() throws Exception {
    ExecutorService threads = new ProcessThreads(1, "");
    CountDownLatch latch = new CountDownLatch(1);
    threads.execute(() -> {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    assertThat(threads.shutdownNow()).isEqualTo(List.of());
    assertThat(threads.isTerminated()).isFalse();
    latch.countDown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(threads.isTerminated()).isTrue();
  }

  private static String run(String options) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new LoopBench()).execute(options.split(" "))).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
