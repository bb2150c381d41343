package dev.tend.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.bench.measure.Run;
import dev.tend.bench.measure.RunFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** {@code tend profile}, with tiny sizes, over the real system. */
class ProfileMainTest {
  private static final Object[] TINY = {
    "--clients", "1,3", "--operations", "20", "--rounds", "2", "--least", "0"
  };

  @TempDir Path folder;

  private static Ended tend(Object... words) {
    return Ended.of(ProfileMain::commandLine, words);
  }

  private static Object[] words(Object... more) {
    Object[] all = Arrays.copyOf(more, more.length + TINY.length);
    System.arraycopy(TINY, 0, all, more.length, TINY.length);
    return all;
  }

  @Test
  void allIsMeasuredShownDrawnSavedAndComparedAgain() throws Exception {
    Path csv = folder.resolve("run.csv");
    Path svg = folder.resolve("run.svg");
    Path json = folder.resolve("run.json");
    Ended ended =
        tend(words("--csv", csv, "--plot", svg, "--save", json, "--compare", "registry", "ets"));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .contains("cache-process", "registry-process", "registry", "ets", "maps")
        .contains("ets against registry");

    Run run = RunFile.read(json);
    assertThat(run.levels()).containsExactly(1, 3);
    assertThat(run.experiments())
        .containsExactly("cache-process", "registry-process", "registry", "ets", "maps");
    assertThat(run.measured()).allMatch(cell -> cell.rates().size() == 2);
    assertThat(Files.readAllLines(csv))
        .hasSize(1 + 2 * run.measured().size())
        .anyMatch(line -> line.startsWith("ets,3,2,"));

    Document drawn =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(svg))));
    assertThat(drawn.getDocumentElement().getTextContent())
        .contains("3 clients", "cache-process", "maps", "Machine: ");
    assertThat(drawn.getElementsByTagName("rect").getLength())
        .isGreaterThanOrEqualTo(2 * run.measured().size());

    assertThat(tend("--compare", json, json).out()).contains("ets in").contains("not told apart");
  }

  @Test
  void theExperimentsAreListedALineEach() {
    Ended ended = tend("--list");
    assertThat(ended.status()).isZero();
    assertThat(ended.out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("cache-process", "registry-process", "registry", "ets", "maps", "loop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "juggle | there are [cache-process",
        "ets --clients 0 | numbers from 1",
        "ets --rounds 0 | numbers from 1",
        "ets --compare ets juggle | two of [ets]",
        "ets --clients many | is not an int",
        "--rounds | Missing required parameter",
      })
  void whatIsWrongIsSaidWithWhatWouldBeTaken(String words, String told) {
    Ended ended = tend((Object[]) words.split(" "));
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith("tend: ")
        .contains(told)
        .endsWith("; see: tend profile --help\n")
        .hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void itsVersionIsToldAndThatTwoAreCompared() {
    assertThat(tend("--version").out()).startsWith("tend ");
    assertThat(tend("--help").out()).contains("--compare=<name> <name>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--save", "--plot"})
  void whereNothingCanBeWrittenNothingIsMeasured(String option) {
    Ended ended = tend(words(option, folder.resolve("none").resolve("run")));
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(ended.err()).startsWith("tend: ").contains("cannot be written").hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aFileToCompareThatIsNotThereIsNamed() throws Exception {
    Path there = Files.writeString(folder.resolve("there.json"), "{}");
    Path missing = folder.resolve("missing.json");
    Ended ended = tend("--compare", there, missing);
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err())
        .contains("there is no file " + missing)
        .doesNotContain("no file " + there)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--save", "--plot"})
  void whatIsOnlyComparedIsNotWritten(String option) throws Exception {
    Path run = Files.writeString(folder.resolve("run.json"), "{}");
    Path file = folder.resolve("file");
    Ended ended = tend("--compare", run, run, option, file);
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith("tend: " + option + " ")
        .contains("nothing is measured")
        .hasLineCount(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void noExperimentIsPassedOverBesideTwoSavedRuns() throws Exception {
    Path run = Files.writeString(folder.resolve("run.json"), "{}");
    Ended ended = tend("ets", "--compare", run, run);
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err())
        .startsWith("tend: the experiment ets is for what is measured, ")
        .contains("nothing is measured")
        .hasLineCount(1);
  }

  /** Each is tried: what was measured is not lost with the first. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatFillsIsToldInASentenceForEachFile() throws Exception {
    Path full = Path.of("/dev/full");
    Path json = folder.resolve("run.json");
    Ended ended = tend(words("maps", "--csv", full, "--plot", full, "--save", json));
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(ended.err().lines())
        .hasSize(2)
        .containsOnly("tend: /dev/full cannot be written: No space left on device");
    assertThat(RunFile.read(json).experiments()).containsExactly("maps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "a,b", "{\"tendProfile\": 1, \"run\": null}"})
  void aFileThatIsNoRunIsToldSo(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("no.json"), content);
    Ended ended = tend("--compare", file, file);
    assertThat(ended.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ended.err()).contains("no saved run: it is not what tend profile --save writes");
  }
}
