package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is given, as HTTP sees it. */
@ExtendWith(NoLeaks.class)
class PageFilesTest {
  private static final int SCRIPT_LIMIT = 80 * 1_024;

  @RegisterExtension final TestServer server = new TestServer();

  private List<String> named() {
    return Pattern.compile("\"(/(?:assets|webjars)/[^\"]+)\"")
        .matcher(server.get("/").response().body())
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/all", "/today", "/upcoming", "LIST", "LIST/entries/3"})
  void everyPlaceIsThePageWithAStrictPolicy(String place) {
    String path = place.replace("LIST", server.list("x").replace("/api/v1", ""));
    Reply page = server.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self' 'sha256-")
        .doesNotContain("unsafe");
    assertThat(server.get(path, "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x/entries/3", "00000000000000000000000000000000"})
  void aListThatIsNotThereIsThePageThatSaysSo(String list) {
    Reply page = server.get("/lists/" + list);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.get("/lists/" + list, "If-None-Match", page.header("ETag")).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%2Fb",
        "%ff",
        "a%5Cb",
        "a;b",
        "a%2525",
        "%2e%2e",
        "..;/x",
        "a//b",
        "%7F",
        "%F0%9F%92",
        "a%252Fb"
      })
  void aListOfAnyNameIsThePageThatSaysSoToWhoLooksWithABrowser(String name) throws Exception {
    String path = "/lists/" + name;
    String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    String browser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\r\n";
    String page = Raw.exchange(server.port, "GET " + path + rest + browser);
    assertThat(page).startsWith("HTTP/1.1 404 ").contains("<tend-app>");
    String program = Raw.exchange(server.port, "POST " + path + rest + browser);
    assertThat(program).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
  }

  @Test
  void aListInTheTrashIsNotThereUntilItIsRestored() {
    String list = server.list("x");
    String path = list.replace("/api/v1", "");
    assertThat(server.delete(list).status()).isEqualTo(204);
    assertThat(server.get(path).status()).isEqualTo(404);
    assertThat(server.post(list + "/restore", null).status()).isEqualTo(200);
    assertThat(server.get(path).status()).isEqualTo(200);
  }

  @Test
  void allThatThePageNamesIsThereForEver() {
    assertThat(named()).hasSizeGreaterThan(20);
    for (String path : named()) {
      Reply file = server.get(path);
      assertThat(file.status()).as(path).isEqualTo(200);
      assertThat(file.header("Cache-Control")).contains("immutable");
      assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(file.header("ETag")).matches("\"[0-9a-f]{32}\"");
      assertThat(server.get(path, "If-None-Match", file.header("ETag")).status()).isEqualTo(304);
    }
  }

  @Test
  void theScriptsAreSmallOverTheWire() throws Exception {
    int sum = 0;
    for (String path : named().stream().filter(name -> name.endsWith(".js")).toList()) {
      String answer =
          Raw.exchange(
              server.port,
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                  + "Connection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      sum += answer.length();
    }
    assertThat(sum).isBetween(10_000, SCRIPT_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/list.css",
        "/assets/../web/Api.class",
        "/assets/%2e%2e/module-info.class",
        "/webjars/",
        "/webjars/lit/package.json",
        "/assets/000000000000/list.css",
        "/index.html"
      })
  void nothingElseIs(String path) {
    assertThat(server.get(path).status()).isIn(400, 404);
  }

  @Test
  void anEncodedListKeepsItsStrongTag() throws Exception {
    String list = server.list("x");
    for (int i = 0; i < 20; i++) {
      server.entry(list, "a title of some length, the number " + i);
    }
    String answer =
        Raw.exchange(
            server.port,
            "GET "
                + list
                + "/entries HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).contains("Content-Encoding: gzip");
    String etag =
        Pattern.compile("ETag: (\\S+)")
            .matcher(answer)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(
            server
                .get(list + "/entries", "If-None-Match", etag, "Accept-Encoding", "gzip")
                .status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TAG", "\"other\", TAG", "TAG, PLAIN", "W/TAG", "PLAIN", "\"other\", PLAIN"})
  void whatHasNotChangedIsToldWithTheOneTagThatTheClientKnows(String known) {
    String plain = server.get("/").header("ETag");
    String tag = server.get("/", "Accept-Encoding", "gzip").header("ETag");
    assertThat(tag).isNotEqualTo(plain);
    String condition = known.replace("TAG", tag).replace("PLAIN", plain);
    Reply unchanged = server.get("/", "If-None-Match", condition, "Accept-Encoding", "gzip");
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("ETag")).isEqualTo(known.contains("TAG") ? tag : plain);
  }

  @Test
  void whatHasNotChangedSinceAnyVersionIsToldWithItsTag() {
    Reply unchanged = server.get("/", "If-None-Match", "*", "Accept-Encoding", "gzip");
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("ETag")).isEqualTo(server.get("/").header("ETag"));
  }
}
