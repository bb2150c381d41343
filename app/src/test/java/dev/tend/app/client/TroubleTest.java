package dev.tend.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.Main;
import dev.tend.app.client.Cli.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command does while the server is busy, lost, or another program. */
class TroubleTest {
  private static final Stub.Answer MADE = new Stub.Answer(201, "{\"id\": \"1\", \"name\": \"A\"}");

  @ParameterizedTest
  @CsvSource({"502", "503", "504", "0"})
  void aChangeIsRepeatedUnderTheSameKeyUntilItIsDone(int trouble) throws Exception {
    Stub.Answer answer = new Stub.Answer(trouble, "{}");
    try (Stub server = new Stub(answer, answer, MADE)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A");
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(server.keys)
          .hasSizeGreaterThanOrEqualTo(3)
          .allMatch(server.keys.getFirst()::equals);
      assertThat(server.keys.getFirst()).matches("[\\x21-\\x7e]{1,255}");
    }
  }

  /** What stands before a Tend that restarts has a page for that. */
  @ParameterizedTest
  @CsvSource({"502, <html>", "503, <html>", "504, <html>", "502, ''"})
  void aProxyWithoutItsTendIsAskedAgain(int trouble, String page) throws Exception {
    Stub.Answer answer = new Stub.Answer(trouble, page);
    try (Stub server = new Stub(answer, MADE)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A");
      assertThat(ran.status()).as(ran.err()).isZero();
    }
    try (Stub server = new Stub(answer)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A", "--wait", "0");
      assertThat(ran.status()).isEqualTo(75);
      assertThat(ran.err()).contains("does not know");
    }
  }

  @ParameterizedTest
  @CsvSource({"200", "301", "308"})
  void whatAnswersNothingIsNoTendThatHasDoneIt(int status) throws Exception {
    try (Stub server = new Stub(new Stub.Answer(status, ""))) {
      for (String command : new String[] {"create", "lists"}) {
        Ran ran = new Cli(Main::commandLine, server.address()).run(command, "A");
        assertThat(ran.status()).as(ran.out()).isEqualTo(1);
        assertThat(ran.err()).contains("no Tend");
      }
    }
  }

  @Test
  void aListThatIsDeletedWhileAFileIsImportedIsMissing() throws Exception {
    Stub.Answer none = new Stub.Answer(200, "{\"lists\": []}");
    Stub.Answer gone =
        new Stub.Answer(404, "{\"type\": \"urn:tend:problem:x\", \"detail\": \"Gone.\"}");
    try (Stub server = new Stub(none, MADE, gone)) {
      Ran ran =
          new Cli(Main::commandLine, server.address())
              .runWith("Milk\n", "import", "-", "--format", "lines", "--list", "A");
      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.err()).contains("Gone. (0 entries were added before that");
    }
  }

  @Test
  void anImportWaitsAsLongAsABatchsAnswerAsks() throws Exception {
    Stub.Answer none = new Stub.Answer(200, "{\"lists\": []}");
    Stub.Answer resting =
        new Stub.Answer(
            200,
            """
            {"results": [{"status": 503, "retryAfter": 30, "problem": {"detail": "It rests."}}]}
            """);
    try (Stub server = new Stub(none, MADE, resting)) {
      Ran ran =
          new Cli(Main::commandLine, server.address())
              .runWith("Milk\n", "import", "-", "--format=lines", "--list=A", "--wait=1");
      assertThat(ran.status()).isEqualTo(75);
      assertThat(ran.err()).contains("It rests. (0 entries were added before that");
      assertThat(server.keys).as("requests").hasSize(3);
    }
  }

  @Test
  void twoChangesHaveTwoKeys() throws Exception {
    try (Stub server = new Stub(MADE)) {
      Cli cli = new Cli(Main::commandLine, server.address());
      cli.run("create", "A");
      cli.run("create", "A");
      assertThat(server.keys).doesNotHaveDuplicates().hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"502, 75, does not know", "504, 75, does not know", "0, 69, lost"})
  void whatMayBeDoneIsNotSaidToBeUndone(int trouble, int status, String hint) throws Exception {
    Stub.Answer busy = new Stub.Answer(503, "{\"detail\": \"it is busy.\"}");
    try (Stub server = new Stub(new Stub.Answer(trouble, "{}"), busy)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A", "--wait", "1");
      assertThat(server.keys).hasSizeGreaterThanOrEqualTo(2);
      assertThat(ran.status()).isEqualTo(status);
      assertThat(ran.err()).contains(hint).doesNotContain("nothing was done");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, 75, nothing was done",
    "504, 75, does not know",
    "0,   69, lost",
    "500, 1,  broke",
    "200, 1,  no Tend"
  })
  void afterItsTimeItSaysWhatIsKnown(int trouble, int status, String hint) throws Exception {
    String body = trouble == 200 ? "<html>" : "{\"detail\": \"it broke.\"}";
    try (Stub server = new Stub(new Stub.Answer(trouble, body))) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A", "--wait", "0");
      assertThat(ran.status()).isEqualTo(status);
      assertThat(ran.err()).startsWith("tend: ").contains(hint);
    }
  }
}
