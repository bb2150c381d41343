package dev.tend.app;

import static dev.tend.app.Ready.ready;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tend serve} as its operator sees it. */
class ServeTest {
  private static final Pattern ADDRESS =
      Pattern.compile("Tend is at (http://127\\.0\\.0\\.1:\\d+)  data: (.+)");

  private static final Pattern CATALOG =
      Pattern.compile("\"name\":\"Catalog\"[^{}]*\"pid\":\"([0-9.]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @Test
  void servesOnAFreePortAndKeepsWhatItWasGiven() throws Exception {
    Path data = folder.resolve("data");
    try (TendCommand tend = serve(data)) {
      String address = address(tend, data);
      ready(address);
      assertThat(post(address + "/api/v1/lists", "{\"name\": \"Bob's list\"}").statusCode())
          .isEqualTo(201);
      eventually(() ->
          assertThat(get(address + "/metrics").body())
              .contains("\ntend_store_size_bytes{store=\"catalog\"} ")
              .contains("\ntend_commit_changes_sum{store=\"catalog\"} 1.0\n"));
      tend.terminate();
      assertThat(tend.status()).isEqualTo(143);
      assertThat(tend.errors()).isEmpty();
    }
    try (TendCommand tend = serve(data)) {
      String address = address(tend, data);
      eventually(() ->
          assertThat(get(address + "/api/v1/lists").body())
              .as("the lists of the server before")
              .contains("Bob's list"));
      tend.terminate();
      assertThat(tend.status()).isEqualTo(143);
    }
  }

  @Test
  void aSecondServerOnTheFolderIsRefused() throws Exception {
    try (TendCommand first = serve(folder)) {
      address(first, folder);
      refused("is in use", "--data", folder.toString());
    }
  }

  @Test
  void aPortInUseIsRefusedAndLeavesTheFolderFree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      refused("port " + port, "--port", port, "--data", folder.toString());
    }
    try (TendCommand tend = serve(folder)) {
      address(tend, folder);
    }
  }

  @Test
  void aFolderOfAnotherProgramIsRefused() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "Chapter 1");
    refused("another program", "--data", folder.toString());
    assertThat(folder).isDirectoryContaining("glob:**/thesis.txt");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    refused(file.toString(), "--data", file.resolve("data").toString());
    refused(file.toString(), "--data", file.toString());
  }

  @Test
  void forDevelopersItPrintsATokenThatKills() throws Exception {
    try (TendCommand tend =
        TendCommand.start("serve", "--port", "0", "--data", folder.toString(), "--dev")) {
      String address = address(tend, folder);
      String line = tend.answer();
      Matcher said =
          Pattern.compile("Processes can be killed at (.+)/status#token=(\\S{20,})").matcher(line);
      assertThat(said.matches()).as(line).isTrue();
      assertThat(said.group(1)).isEqualTo(address);
      ready(address);
      Matcher pid = CATALOG.matcher(get(address + "/api/v1/status").body());
      assertThat(pid.find()).isTrue();
      HttpRequest.Builder kill =
          HttpRequest.newBuilder(
                  URI.create(address + "/api/v1/status/processes/" + pid.group(1) + "/kill"))
              .POST(HttpRequest.BodyPublishers.noBody());
      assertThat(http.send(kill.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
      assertThat(
              http.send(
                      kill.header("Authorization", "Bearer " + said.group(2)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(202);
      eventually(() -> {
        Matcher now = CATALOG.matcher(get(address + "/api/v1/status").body());
        assertThat(now.find()).isTrue();
        assertThat(now.group(1)).isNotEqualTo(pid.group(1));
      });
    }
  }

  private static void refused(String hint, String... arguments) throws Exception {
    List<String> serve = new ArrayList<>(List.of("serve"));
    serve.addAll(List.of(arguments));
    if (!serve.contains("--port")) {
      serve.addAll(List.of("--port", "0"));
    }
    try (TendCommand tend = TendCommand.start(serve.toArray(String[]::new))) {
      assertThat(tend.status()).isEqualTo(1);
      assertThat(tend.errors()).singleElement().asString().startsWith("tend: ").contains(hint);
      assertThat(tend.rest()).isEmpty();
    }
  }

  private static TendCommand serve(Path data) throws IOException {
    return TendCommand.start("serve", "--port", "0", "--data", data.toString());
  }

  private static String address(TendCommand tend, Path data) throws InterruptedException {
    String line = tend.answer();
    Matcher said = ADDRESS.matcher(line);
    assertThat(said.matches()).as(line).isTrue();
    assertThat(said.group(2)).isEqualTo(data.toString());
    return said.group(1);
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String uri, String json)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
