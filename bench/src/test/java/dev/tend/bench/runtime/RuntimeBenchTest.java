package dev.tend.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.bench.Ended;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    Ended ended = ended(folder, (Object[]) words.split(" "));
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err()).startsWith("tend: ").endsWith(" --help\n").hasLineCount(1);
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

  /** What was measured is shown all the same. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatFillsIsToldInASentence() {
    Ended ended =
        ended(Path.of(".."), "--quick", "--rounds", "2", "--only", "call-1-1", "--csv=/dev/full");
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(ended.out()).contains("call 1 → 1, per second");
    assertThat(ended.err())
        .isEqualTo("tend: /dev/full cannot be written: No space left on device\n");
  }

  @Test
  void aPageThatCannotBeWrittenIsToldInASentence() throws Exception {
    Path page = Files.createDirectories(folder.resolve("docs/performance.md"));
    System.setProperty("tend.root", folder.toString());
    try {
      String words = "http --write-docs --rounds 1 --seconds 0.05 --connections 1 --entries 1";
      Ended ended = ended(folder, (Object[]) words.split(" "));
      assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
      assertThat(ended.out()).contains("GET of 1 entries");
      assertThat(ended.err()).isEqualTo("tend: " + page + " cannot be written: Is a directory\n");
    } finally {
      System.clearProperty("tend.root");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "http --version", "streams -V", "store -V", "import -V"})
  void itsVersionIsTold(String words) {
    assertThat(run(folder, (Object[]) words.split(" "))).startsWith("tend ");
  }

  /** The folder, which is no place for a file, keeps what is not refused from being run. */
  @ParameterizedTest
  @ValueSource(strings = {"juggle", "call-1-1,juggle", ",", ",,spawn", " "})
  void programsThatAreNoneAreRefusedWithWhatThereIs(String programs) {
    Ended ended = ended(folder, "--csv", folder, "--only", programs);
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith("tend: --only takes beginnings of [call-1-1, ")
        .endsWith("; see: tend bench --help\n")
        .hasLineCount(1);
  }

  private static String run(Path root, Object... args) {
    Ended ended = ended(root, args);
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.out();
  }

  private static Ended ended(Path root, Object... args) {
    return Ended.of(() -> RuntimeBench.commandLine(root), args);
  }
}
