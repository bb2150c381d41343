package dev.tend.app.client;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.app.Main;
import dev.tend.app.client.Cli.Ran;
import dev.tend.app.client.CouldNot.Because;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command does while the server is busy, lost, or another program. */
class TroubleTest {
  private static final Stub.Answer MADE = new Stub.Answer(201, "{\"id\": \"1\", \"name\": \"A\"}");

  private static final Stub.Answer BACKED_UP =
      new Stub.Answer(
          202,
          """
          {"key": "%key", "state": "finished", "name": "tend-1", "path": "/elsewhere/tend-1",
           "made": "2026-11-28T12:00:00Z", "bytes": 9, "lists": 1, "entries": 2, "revisions": 3}
          """);

  @TempDir private Path folder;

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
  void ofSeveralEntriesThoseAreShownThatWereChangedBeforeOneWasRefused() throws Exception {
    Stub.Answer list = new Stub.Answer(200, "{\"lists\": [{\"id\": \"1\", \"name\": \"A\"}]}");
    Stub.Answer seven = new Stub.Answer(200, "{\"id\": 7}");
    Stub.Answer nine = new Stub.Answer(200, "{\"id\": 9}");
    Stub.Answer gone =
        new Stub.Answer(
            404, "{\"type\": \"urn:tend:problem:x\", \"detail\": \"It is not there.\"}");
    try (Stub server = new Stub(list, seven, nine, seven, gone)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("done", "A", "7", "9", "--json");
      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.err()).contains("It is not there.");
      assertThat(ran.out().strip()).isEqualTo("[{\"id\":7}]");
    }
    try (Stub server = new Stub(list, nine, seven, gone)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("done", "A", "9", "7", "--json");
      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.out()).isEmpty();
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
  void aBackupIsMadeAlsoWhereItsFolderCannotBeRead() throws Exception {
    try (Stub server = new Stub(BACKED_UP)) {
      Cli cli = new Cli(Main::commandLine, server.address());
      Ran ran = cli.run("backup");
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.out())
          .isEqualTo(
              "/elsewhere/tend-1: 1 list, 2 entries, 3 changes, as of 2026-11-28T12:00:00Z\n");
    }
    try (Stub server = new Stub(BACKED_UP)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("backup", "--json");
      assertThat(Server.JSON.readTree(ran.out()).propertyNames())
          .containsExactly("path", "made", "bytes", "lists", "entries", "revisions");
    }
  }

  @Test
  void aBackupThatCannotBeCopiedFromHereIsNotSaidToBeNone() throws Exception {
    try (Stub server = new Stub(BACKED_UP)) {
      String to = folder.toString();
      Ran ran = new Cli(Main::commandLine, server.address()).run("backup", "--to", to);
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err())
          .startsWith(
              "tend: The server has made the backup /elsewhere/tend-1, which cannot be read")
          .endsWith("as a user who may read it.\n");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aBackupWhoseMakerDiesIsAskedForAgain() throws Exception {
    Stub.Answer running = new Stub.Answer(202, "{\"key\": \"%key\", \"state\": \"running\"}");
    Stub.Answer none =
        new Stub.Answer(404, "{\"type\": \"urn:tend:problem:x\", \"detail\": \"None.\"}");
    try (Stub server = new Stub(running, none, BACKED_UP)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("backup");
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(server.keys).hasSize(3);
      assertThat(server.keys.getLast()).isEqualTo(server.keys.getFirst());
    }
  }

  private static final Stub.Answer ONE_LIST =
      new Stub.Answer(200, "{\"lists\": [{\"id\": \"1\", \"name\": \"A\"}]}");

  @ParameterizedTest
  @CsvSource({
    "history A -n 3, limit=3",
    "history A, limit=20",
    "history A -n 5000, limit=1000",
    "undo A, limit=1"
  })
  void noMoreOfAHistoryIsAskedForThanIsWanted(String command, String limit) throws Exception {
    Stub.Answer some = new Stub.Answer(200, "{\"records\": [{\"revision\": 9}], \"next\": \"9\"}");
    Stub.Answer rest = new Stub.Answer(200, "{\"records\": [{\"revision\": 8}]}");
    try (Stub server = new Stub(ONE_LIST, some, rest)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run(command.split(" "));
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(server.asked.get(1)).endsWith("/history?" + limit);
      if (command.startsWith("history")) { // whose pages may be shorter
        assertThat(server.asked.get(2)).endsWith("/history?" + limit + "&before=9");
        assertThat(ran.lines()).hasSize(2);
      }
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
  @CsvSource({"502, 75, does not know", "504, 75, does not know", "0, 75, may have been done"})
  void whatMayBeDoneIsNotSaidToBeUndone(int trouble, int status, String hint) throws Exception {
    Stub.Answer busy = new Stub.Answer(503, "{\"detail\": \"it is busy.\"}");
    try (Stub server = new Stub(new Stub.Answer(trouble, "{}"), busy)) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("create", "A", "--wait", "1");
      assertThat(server.keys).hasSizeGreaterThanOrEqualTo(2);
      assertThat(ran.status()).isEqualTo(status);
      assertThat(ran.err()).contains(hint).doesNotContain("nothing was done");
    }
  }

  @Test
  void aChangeWhoseServerWentDownWithItMayBeDone() throws Exception {
    try (Stub server = new Stub(new Stub.Answer(-1, ""))) {
      CompletableFuture<Ran> command =
          CompletableFuture.supplyAsync(
              () -> new Cli(Main::commandLine, server.address()).run("create", "A", "--wait", "1"));
      eventually(() -> assertThat(server.keys).isNotEmpty());
      server.die();
      assertThat(command.join().err()).contains("please look before you repeat it");
      assertThat(command.join().status()).isEqualTo(75);
    }
  }

  /** So many wait for it that the system takes no connection any more, and refuses none. */
  @Test
  void whatReachedNobodyIsNotDone() throws Exception {
    List<SocketChannel> crowd = new ArrayList<>();
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Server server = new Server(address(busy), Duration.ZERO, Duration.ofMillis(300))) {
      for (int i = 0; i < 8; i++) {
        SocketChannel one = SocketChannel.open();
        crowd.add(one);
        one.configureBlocking(false);
        one.connect(busy.getLocalSocketAddress());
      }
      assertThatThrownBy(() -> server.change("POST", "/lists", null))
          .hasMessageContaining("no server answers")
          .isInstanceOfSatisfying(
              CouldNot.class, it -> assertThat(it.because()).isEqualTo(Because.UNREACHABLE));
    } finally {
      for (SocketChannel one : crowd) {
        one.close();
      }
    }
  }

  private static URI address(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Test
  void aReadThatIsLostCanBeRepeated() throws Exception {
    try (Stub server = new Stub(new Stub.Answer(0, ""))) {
      Ran ran = new Cli(Main::commandLine, server.address()).run("lists", "--wait", "0");
      assertThat(ran.status()).isEqualTo(69);
      assertThat(ran.err()).contains("lost").doesNotContain("repeat");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, 75, nothing was done",
    "504, 75, does not know",
    "0,   75, lost",
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
