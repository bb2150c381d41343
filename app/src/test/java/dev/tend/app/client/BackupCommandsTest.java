package dev.tend.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.Main;
import dev.tend.app.Tend;
import dev.tend.app.client.Cli.Ran;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Backups by the command, of a real server and of its folder. */
class BackupCommandsTest {
  @TempDir private Path folder;
  private Path data;
  private Tend tend;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    data = folder.resolve("data");
    tend = Tend.start(data, OptionalInt.of(0));
    cli = Cli.of(tend);
    good("create", "Groceries");
    good("add", "Groceries", "oat milk");
  }

  private String address() {
    return "http://127.0.0.1:" + tend.port().orElseThrow();
  }

  @AfterEach
  void stop() {
    tend.close();
  }

  private Ran good(String... arguments) {
    Ran ran = cli.run(arguments);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private static Ran local(int status, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int ended = command.execute(arguments);
    assertThat(ended).as(out.toString() + err).isEqualTo(status);
    return new Ran(ended, out.toString(), err.toString());
  }

  private Path backedUp(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "backup";
    arguments[1] = "--json";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Path.of(Server.JSON.readTree(good(arguments).out()).path("path").stringValue());
  }

  @Test
  void whatWasLeftUnfinishedWhereOneIsPutIsNamed() throws Exception {
    Path to = folder.resolve("to");
    Path left = Files.createDirectories(to.resolve("tend-20261128T120000Z.unfinished"));
    assertThat(good("backup", "--to", to.toString()).err())
        .isEqualTo(
            "tend: %s is a backup that was not finished. If it is not just being made, you may delete it.\n"
                .formatted(left));
    assertThat(left).exists();
    assertThat(good("backup").err()).isEmpty();
  }

  @Test
  void aBackupOfTheRunningServerIsVerifiedAndRestoredAndOlderTokensAreRefused() throws Exception {
    JsonNode list =
        Server.JSON.readTree(send(request("/api/v1/lists").GET()).body()).path("lists").path(0);
    String entries = "/api/v1/lists/" + list.path("id").stringValue() + "/entries";
    HttpResponse<String> entry = send(request(entries + "/1").GET());
    String tag = entry.headers().firstValue("ETag").orElseThrow();
    String position = list.path("id").stringValue() + ":" + tag.replace("\"", "");

    Path backup = backedUp("--to", folder.resolve("elsewhere").toString());
    assertThat(backup).startsWith(folder.resolve("elsewhere")).isDirectory();
    assertThat(data.resolve("backups").resolve(backup.getFileName())).isDirectory();
    assertThat(local(0, "verify", backup.toString()).out())
        .contains("is whole: 1 list, 1 entry, 1 change");
    good("add", "Groceries", "bread");
    assertThat(local(1, "restore", backup.toString(), "--data", data.toString(), "--replace").err())
        .contains("in use by another Tend server");
    assertThat(local(0, "doctor", "--data", data.toString()).out())
        .contains("A server is running", "is in order");

    tend.close();
    assertThat(local(1, "restore", backup.toString(), "--data", data.toString()).err())
        .contains("is not empty");
    assertThat(local(0, "restore", backup.toString(), "--data", data.toString(), "--replace").out())
        .contains("What was there before is now", "data.replaced-");
    assertThat(local(0, "doctor", "--data", data.toString()).out()).contains("is in order");
    tend = Tend.start(data, OptionalInt.of(0));
    cli = Cli.of(tend);

    assertThat(good("show", "Groceries").out()).contains("oat milk").doesNotContain("bread");
    HttpResponse<String> stale =
        send(
            request(entries + "/1")
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"done\":true}")));
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(send(request(entries + "/1").header("If-None-Match", tag).GET()).statusCode())
        .isEqualTo(200);
    assertThat(firstEventOf(position)).isEqualTo("event: reset");
  }

  /** After the greeting. */
  private String firstEventOf(String position) throws Exception {
    HttpRequest request = request("/api/v1/events?list=" + position).GET().build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> stream = client.send(request, BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> line.startsWith("event:") && !line.contains("hello"))
            .findFirst()
            .orElse("");
      } finally {
        client.shutdownNow();
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  void aBackupThatIsWantedWhereTheServerKeepsItsOwnIsThereAlready() throws Exception {
    Path own = Files.createDirectory(data.resolve("backups"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), own);
    for (Path to : List.of(own, link)) {
      Path backup = backedUp("--to", to.toString());
      assertThat(backup).isDirectory().hasParent(own);
      local(0, "verify", backup.toString());
    }
    assertThat(own.toFile().list()).hasSize(2);
  }

  @Test
  void aFolderThatNoServerHoldsIsBackedUpDirectly() throws Exception {
    tend.close();
    Path to = folder.resolve("to");
    Path backup = backedUp("--data", data.toString(), "--to", to.toString());
    assertThat(local(0, "verify", backup.toString()).out()).contains("1 entry");
    Path fresh = folder.resolve("fresh/data");
    assertThat(local(0, "restore", backup.toString(), "--data", fresh.toString()).out())
        .contains("1 entry");
    tend = Tend.start(fresh, OptionalInt.of(0));
    cli = Cli.of(tend);
    assertThat(good("show", "Groceries").out()).contains("oat milk");
  }

  @Test
  void whatIsBadIsSaidInOneSentenceAndNothingIsTouched() throws Exception {
    Path backup = backedUp();
    Path shard = backup.resolve("shard-1.db");
    Files.write(shard, new byte[] {1, 2, 3});
    assertOneSentence(local(1, "verify", backup.toString()), "was altered: shard-1.db");
    Path target = folder.resolve("target");
    assertOneSentence(
        local(1, "restore", backup.toString(), "--data", target.toString()), "was altered");
    assertThat(target).doesNotExist();
    assertOneSentence(local(1, "verify", folder.toString()), "is no backup");
    assertOneSentence(local(1, "verify", folder.resolve("no").toString()), "There is no backup");
    assertOneSentence(local(1, "backup", "--data", folder.toString()), "is no data folder of Tend");
    assertOneSentence(local(1, "backup", "--data", data.toString()), "in use by another Tend");
    assertThat(local(1, "doctor", "--data", folder.toString()).out())
        .contains("WRONG", "is no data folder");
    assertThat(local(2, "restore", "Groceries", "--replace").err()).contains("goes with --data");
  }

  @Test
  void aBackupThatTheServerCannotMakeIsOneSentenceAndTheServerGoesOn() throws Exception {
    Path inTheWay = Files.writeString(data.resolve("backups"), "a file");
    assertOneSentence(
        cli.run("backup"),
        "No backup could be written to %1$s: %1$s is a file, not a folder.".formatted(inTheWay));
    good("add", "Groceries", "bread");
    Files.delete(inTheWay);
    assertThat(local(0, "verify", backedUp().toString()).out()).contains("2 entries");
  }

  @Test
  void aCopyThatCannotBeMadeIsOneSentenceThatSaysWhereTheBackupIs() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    Path to = inTheWay.resolve("backups");
    Ran ran = cli.run("backup", "--to", to.toString());
    Path kept;
    try (Stream<Path> made = Files.list(data.resolve("backups"))) {
      kept = made.findFirst().orElseThrow();
    }
    assertOneSentence(
        ran,
        "The backup %s is whole where it is; it could not be copied to %s: %s is a file, not a folder."
            .formatted(kept, to, inTheWay));
    assertThat(ran.status()).isEqualTo(1);
  }

  private static void assertOneSentence(Ran ran, String hint) {
    assertThat(ran.err().lines()).singleElement().asString().startsWith("tend: ").contains(hint);
    assertThat(ran.err().strip()).endsWith(".");
  }
}
