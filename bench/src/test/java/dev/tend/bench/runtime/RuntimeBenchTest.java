package dev.tend.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RuntimeBenchTest {
  @TempDir Path folder;

  @Test
  void eachContenderRunsInAProcessOfItsOwnAndFillsItsColumn() throws Exception {
    Path csv = folder.resolve("bench.csv");
    assertThat(run(Path.of(".."), "--quick", "--rounds", "2", "--only", "call-1-1", "--csv", csv))
        .contains("call 1 → 1, per second", "call 1 → 1, p99", "Apache Pekko", "Tiny sizes");
    assertThat(Files.readAllLines(csv))
        .anyMatch(line -> line.matches("call-1-1,RATE,.*otp,2,[0-9.E]+"))
        .anyMatch(line -> line.matches("call-1-1,P99,.*Pekko,1,[0-9.E]+"))
        .anyMatch(line -> line.matches("call-1-1,P50,.*plain Java,1,[0-9.E]+"));
  }

  @Test
  void thePageKeepsWhatIsAroundTheTable() throws Exception {
    Path page = Files.createDirectories(folder.resolve("docs")).resolve("performance.md");
    Files.writeString(
        page, "before\n<!-- tend bench writes from here -->\nold\n<!-- to here -->\nafter\n");
    new PerformancePage(page).write("new\n");
    assertThat(page)
        .hasContent("before\n<!-- tend bench writes from here -->\nnew\n<!-- to here -->\nafter\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds x", "juggle", "http --entries x"})
  void wrongArgumentsAreToldInASentence(String words) {
    StringWriter told = new StringWriter();
    CommandLine bench = RuntimeBench.commandLine(folder);
    bench.setErr(new PrintWriter(told));
    assertThat(bench.execute(words.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(told.toString()).startsWith("tend: ").endsWith(" --help\n").hasLineCount(1);
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefused() {
    StringWriter traces = new StringWriter();
    CommandLine bench = RuntimeBench.commandLine(Path.of(".."));
    bench.setErr(new PrintWriter(traces));
    assertThat(bench.execute("--quick", "--only", "call-1-1", "--csv", folder.toString()))
        .isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(traces.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "http --version", "streams -V", "store -V", "import -V"})
  void itsVersionIsTold(String words) {
    StringWriter told = new StringWriter();
    CommandLine bench = RuntimeBench.commandLine(folder);
    bench.setOut(new PrintWriter(told));
    assertThat(bench.execute(words.split(" "))).isZero();
    assertThat(told.toString()).startsWith("tend ");
  }

  /** The folder, which is no place for a file, keeps what is not refused from being run. */
  @ParameterizedTest
  @ValueSource(strings = {"juggle", "call-1-1,juggle", ",", ",,spawn", " "})
  void programsThatAreNoneAreRefusedWithWhatThereIs(String programs) {
    StringWriter told = new StringWriter();
    CommandLine bench = RuntimeBench.commandLine(folder);
    bench.setErr(new PrintWriter(told));
    assertThat(bench.execute("--csv", folder.toString(), "--only", programs))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(told.toString())
        .startsWith("tend: --only takes beginnings of [call-1-1, ")
        .endsWith("; see: tend bench --help\n")
        .hasLineCount(1);
  }

  private static String run(Path root, Object... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      String[] words = java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new);
      assertThat(new CommandLine(new RuntimeBench(root)).execute(words)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
