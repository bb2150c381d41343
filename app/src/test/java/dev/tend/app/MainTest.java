package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of itself, and to those who mistype. */
class MainTest {

  @Test
  void helpTeachesWithExamples() throws Exception {
    try (TendCommand tend = TendCommand.start("--help")) {
      assertThat(tend.status()).isZero();
      assertThat(tend.rest())
          .anyMatch(line -> line.startsWith("Usage: tend"))
          .anyMatch(line -> line.strip().startsWith("serve "))
          .anyMatch(line -> line.strip().startsWith("shell "))
          .anyMatch(line -> line.strip().startsWith("profile "))
          .anyMatch(line -> line.strip().startsWith("bench "))
          .contains("Examples:");
      assertThat(tend.errors()).isEmpty();
    }
  }

  @Test
  void withoutACommandItSaysWhichThereAre() throws Exception {
    try (TendCommand tend = TendCommand.start()) {
      assertThat(tend.status()).isZero();
      assertThat(tend.rest()).anyMatch(line -> line.strip().startsWith("serve "));
    }
  }

  @Test
  void tellsItsVersion() throws Exception {
    try (TendCommand tend = TendCommand.start("--version")) {
      assertThat(tend.status()).isZero();
      assertThat(tend.answer()).matches("tend \\d+\\.\\d+\\.\\d+.* \\(Java .+\\)");
    }
  }

  @Test
  void numbersAreTheSameInEveryCountry(@TempDir Path folder) throws Exception {
    try (Tend server = Tend.start(folder.resolve("data"), OptionalInt.of(0))) {
      String address = "http://127.0.0.1:" + server.port().orElseThrow();
      Ready.ready(address);
      Map<String, String> egypt =
          Map.of(
              "TEND_SERVER", address, "JDK_JAVA_OPTIONS", "-Duser.language=ar -Duser.country=EG");
      for (String arguments :
          List.of("create Groceries", "add Groceries Milk", "done Groceries 1")) {
        try (TendCommand tend = TendCommand.start(egypt, arguments.split(" "))) {
          assertThat(tend.status()).as(tend.errors().toString()).isZero();
          assertThat(tend.answer()).matches("made Groceries|    1 \\[[ x]].* Milk");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "serve --prot 1,          Unknown option",
    "serve --port ninety,     --port",
    "serve --port 65536,      65535",
    "serve --port -1,         65535",
    "serf,                    serf",
    "edit Work 1,             'tend: Missing required argument'",
    "help serf,               'Unknown subcommand ''serf''; see'"
  })
  void aWrongWordIsOneSentence(String arguments, String hint) throws Exception {
    try (TendCommand tend = TendCommand.start(arguments.split(" "))) {
      assertThat(tend.status()).isEqualTo(2);
      assertThat(tend.errors())
          .singleElement()
          .asString()
          .startsWith("tend: ")
          .contains(hint)
          .contains("--help");
      assertThat(tend.rest()).isEmpty();
    }
  }
}
