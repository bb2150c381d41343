package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.Main;
import dev.tend.app.chaos.Finding.What;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code tend chaos}, and that its audit finds what a server that breaks its word has done. */
class ChaosTest {
  private static final boolean LONG = Boolean.getBoolean("tend.long");
  private static final Duration TIME = Duration.ofSeconds(LONG ? 300 : 10);
  private static final long SEED = Long.getLong("tend.seed", LONG ? System.nanoTime() : 7);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrDoubled(Mode mode) throws Exception {
    double rate = mode == Mode.JVM ? 0.5 : 4;
    Verdict verdict = run(Servers.real(), new Wish(mode, SEED, TIME, 16, 6, rate));

    assertThat(verdict.findings()).as("replay with -Dtend.seed=%d", SEED).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
    assertThat(verdict.events()).isPositive();
    assertThat(verdict.killed()).isPositive();
    switch (mode) {
      case BELOW -> assertThat(verdict.endings()).as("the service never stops").isEmpty();
      case HARD -> assertThat(verdict.gaveUp()).as("given up and started again").isPositive();
      case JVM -> assertThat(verdict.killedJvms()).isEqualTo(verdict.killed());
    }
  }

  @Test
  void aCommitThatWasConfirmedAndNotMadeIsFoundAsLost() throws Exception {
    Verdict verdict = broken(BrokenServer.Fault.LOSES, What.LOST);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.count(What.LOST)).isPositive();
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.what() == What.LOST)
        .allSatisfy(finding -> {
          assertThat(finding.list()).startsWith("chaos-");
          assertThat(finding.key()).startsWith("c");
        });
  }

  @Test
  void retriesThatActAgainAreFoundAsDoubled() throws Exception {
    Verdict verdict = broken(BrokenServer.Fault.FORGETS, What.DOUBLED);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.count(What.DOUBLED)).isPositive();
  }

  @Test
  void refusalsThatHappenedAreFound() throws Exception {
    Verdict verdict = broken(BrokenServer.Fault.DENIES, What.HAPPENED);
    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.count(What.HAPPENED)).isPositive();
  }

  @Test
  void aServerThatIsNotReadyYetIsWaitedFor() throws Exception {
    Launch late = Servers.broken(BrokenServer.Fault.LATE);
    Verdict verdict = run(late, new Wish(Mode.BELOW, 7, Duration.ofSeconds(1), 2, 2, 10));
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
  }

  /** On a busy machine the first few seconds may have had nothing to find. */
  private Verdict broken(BrokenServer.Fault fault, What what) throws Exception {
    Launch launch = Servers.broken(fault);
    Verdict verdict = run(launch, new Wish(Mode.BELOW, 7, Duration.ofSeconds(4), 16, 4, 10));
    return verdict.count(what) > 0
        ? verdict
        : run(launch, new Wish(Mode.BELOW, 8, Duration.ofSeconds(40), 16, 4, 10));
  }

  private Verdict run(Launch launch, Wish wish) throws Exception {
    Path log = folder.resolve("server.log");
    Verdict verdict =
        Chaos.run(wish, launch, folder.resolve("data-" + wish.seed()), log, _ -> {}, () -> {});
    StringWriter table = new StringWriter();
    new Table(new PrintWriter(table, true)).print(verdict);
    System.out.println(wish.mode() + "\n" + table);
    return verdict;
  }

  // ---- the plan ----

  @ParameterizedTest
  @EnumSource
  void theSameSeedIsTheSamePlan(Mode mode) {
    Wish wish = new Wish(mode, 42, Duration.ofMinutes(2), 1, 5, 3);
    List<Strike> plan = Plan.of(wish);
    assertThat(Plan.of(wish)).isEqualTo(plan).hasSizeGreaterThan(50);
    assertThat(Plan.of(new Wish(mode, 43, Duration.ofMinutes(2), 1, 5, 3))).isNotEqualTo(plan);
  }

  /** Whatever the rate: within any period a supervisor loses fewer children than it bears. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 50})
  void belowTheIntensitiesIsBelow(double rate) {
    List<Strike> plan = Plan.of(new Wish(Mode.BELOW, 1, Duration.ofMinutes(5), 1, 5, rate));
    for (Target.Parent parent : Target.Parent.values()) {
      List<Duration> losses = new java.util.ArrayList<>();
      Duration now = Duration.ZERO;
      for (Strike strike : plan) {
        now = now.plus(strike.after());
        if (strike.target().parent().filter(parent::equals).isPresent()) {
          losses.add(now);
        }
      }
      for (int i = parent.losses(); i < losses.size(); i++) {
        assertThat(losses.get(i).minus(losses.get(i - parent.losses())))
            .isGreaterThanOrEqualTo(parent.period());
      }
    }
    assertThat(plan).extracting(Strike::target).contains(Target.LIST, Target.REGISTRY);
  }

  // ---- the command ----

  @Test
  void theCommandPrintsItsVerdictAsJsonAndKeepsTheFolderItWasGiven() throws Exception {
    Path data = folder.resolve("given");
    StringWriter said = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(said, true));

    int status =
        command.execute(
            "chaos",
            "--seconds",
            "2",
            "--seed",
            "5",
            "--clients",
            "4",
            "--lists",
            "2",
            "--json",
            "--data",
            data.toString());

    JsonNode verdict = Wire.JSON.readTree(said.toString());
    assertThat(verdict.path("findings")).isEmpty();
    assertThat(status).isZero();
    assertThat(verdict.path("good").asBoolean(false)).isTrue();
    assertThat(verdict.path("acknowledged").asInt(0)).isPositive();
    assertThat(verdict.path("seed").asInt(0)).isEqualTo(5);
    assertThat(data).isDirectoryContaining("glob:**/catalog.db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--jvm --hard",
        "--seconds 5 --minutes 1",
        "--seconds 0",
        "--seconds soon",
        "--lists 101",
        "--clients 0",
        "--rate 0"
      })
  void argumentsThatMakeNoSenseAreRefused(String arguments) {
    StringWriter said = new StringWriter();
    CommandLine command = Main.commandLine().setErr(new PrintWriter(said, true));
    String[] words = ("chaos " + arguments).split(" ");
    assertThat(command.execute(words)).isEqualTo(2);
    assertThat(said.toString()).startsWith("tend: ").contains("tend chaos --help");
  }

  @Test
  void aFolderThatIsNotEmptyIsNotTouched() throws Exception {
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "Chapter 1");
    CommandLine command = Main.commandLine().setErr(new PrintWriter(new StringWriter()));
    assertThat(command.execute("chaos", "--data", folder.toString())).isEqualTo(2);
    assertThat(folder.toFile().list()).containsExactly("thesis.txt");
    assertThat(thesis).hasContent("Chapter 1");
  }
}
