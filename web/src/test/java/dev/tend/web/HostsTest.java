package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names a server is reached that listens on every address, behind a proxy. */
@ExtendWith(NoLeaks.class)
class HostsTest {
  @RegisterExtension
  final TestServer server =
      new TestServer(
          TestServer.CONFIG.reachedAt("0.0.0.0", List.of("Tend.example.org", "box:9000")));

  @ParameterizedTest
  @CsvSource({
    "localhost,             '',                        200",
    "tend.example.org,      '',                        200",
    "TEND.example.org,      '',                        200",
    "tend.example.org:443,  https://tend.example.org:443, 200",
    "tend.example.org,      https://tend.example.org,  200",
    "tend.example.org,      http://tend.example.org,   200",
    "tend.example.org,      https://evil.example.org,  403",
    "box:9000,              http://box:9000,           200",
    "box,                   '',                        403",
    "box:9001,              '',                        403",
    "localhost:1,           '',                        403",
    "localhost,             https://localhost,         403",
    "0.0.0.0:1,             '',                        403",
    "evil.example.org,      '',                        403",
    "tend.example.org.evil, '',                        403"
  })
  void itAnswersToItsNamesAlone(String host, String origin, int status) throws Exception {
    for (String path : List.of("/health/live", "/api/v1/lists")) {
      assertThat(ask(path, host, origin)).as(path).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void whatIsAnsweredAtOnceIsNotAnsweredToOthersEither() throws Exception {
    String list = server.list("x");
    server.entry(list, "secret");
    server.get(list + "/entries");
    assertThat(ask(list + "/entries", "tend.example.org", "")).contains("secret");
    assertThat(ask(list + "/entries", "evil.example.org", ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("http.hosts")
        .doesNotContain("secret");
  }

  @Test
  void withoutBeingToldItListensOnLoopbackAlone() {
    assertThat(WebConfig.onPort(0).host()).isEqualTo("127.0.0.1");
    assertThat(WebConfig.onPort(0).hosts()).isEmpty();
  }

  private String ask(String path, String host, String origin) throws Exception {
    return Raw.exchange(
        server.port,
        "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
            .formatted(path, host, origin.isEmpty() ? "" : "Origin: " + origin + "\r\n"));
  }
}
