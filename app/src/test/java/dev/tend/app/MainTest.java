package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource({
    "serve --prot 1,          Unknown option",
    "serve --port ninety,     --port",
    "serve --port 65536,      65535",
    "serve --port -1,         65535",
    "serf,                    serf"
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
