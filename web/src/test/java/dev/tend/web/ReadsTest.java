package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of a list's entries: the first one encodes them, later ones are answered at once. */
@ExtendWith(NoLeaks.class)
class ReadsTest {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void aChangeIsInTheNextReadHoweverOftenTheListWasReadBefore() {
    String list = server.list("x");
    Set<String> etags = new HashSet<>();
    for (int size = 1; size <= 20; size++) {
      server.entry(list, "entry " + size);
      Reply encoded = server.get(list + "/entries");
      Reply ready = server.get(list + "/entries");
      assertThat(encoded.json().get("entries")).hasSize(size);
      assertThat(ready.response().body()).isEqualTo(encoded.response().body());
      String etag = ready.header("ETag");
      assertThat(etags.add(etag)).isTrue();
      for (String old : etags) {
        assertThat(server.get(list + "/entries", "If-None-Match", old).status())
            .isEqualTo(old.equals(etag) ? 304 : 200);
      }
    }
  }

  /** Asks before anyone has read the list, and again when its entries are ready. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /entries               |                           | 200",
        "HEAD | /entries               |                           | 200",
        "GET  | /entries               | If-None-Match: *          | 304",
        "HEAD | /entries               | If-None-Match: *          | 304",
        "GET  | /entries               | If-None-Match: ETAG       | 304",
        "GET  | /entries               | If-None-Match: W/ETAG     | 304",
        "GET  | /entries               | If-None-Match: \"a\", ETAG| 304",
        "GET  | /entries               | If-None-Match: \"a\"      | 200",
        "GET  | /entries               | If-None-Match: a          | 400",
        "GET  | /entries               | Idempotency-Key: a b      | 400",
        "GET  | /entries               | Origin: http://evil       | 403",
        "GET  | /entries               | Content-Length: 7         | 200",
        "GET  | /entries?limit=1       |                           | 200",
        "GET  | /entries?date=2026-1-1 |                           | 422",
        "GET  | /entries?other=1       |                           | 400",
        "GET  | /entries?              |                           | 200",
        "GET  | /entries/              |                           | 404",
        "GET  | /other/entries         |                           | 404",
        "POST | /entries               | Content-Type: text/plain  | 415",
        "OPTIONS | /entries            |                           | 204",
        "TRACE   | /entries            |                           | 405"
      })
  void thatItIsAnsweredAtOnceChangesNoAnswer(String method, String path, String header, int status)
      throws Exception {
    String list = server.list("x");
    server.entry(list, "a");
    server.entry(list, "b");
    String etag = server.get(list).header("ETag");
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method, list + path, header == null ? "" : header.replace("ETAG", etag) + "\r\n");

    String first = Raw.exchange(server.port, request);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(2);
    String later = Raw.exchange(server.port, request);

    assertThat(first).startsWith("HTTP/1.1 " + status + " ");
    assertThat(repeatable(later)).isEqualTo(repeatable(first));
  }

  private static List<String> repeatable(String answer) {
    return answer
        .lines()
        .filter(line -> !line.startsWith("Date:") && !line.startsWith("Idempotency-Key:"))
        .toList();
  }

  /** RFC 9110 §12.5.3: no encoding that is there would do, and the one that is may be given. */
  @ParameterizedTest
  @ValueSource(
      strings = {"identity;q=0", "*;q=0", "gzip;q=0, *;q=0", "br, identity;q=0", "br;q=1, *;q=0"})
  void whoTakesNoEncodingThatThereIsIsAnsweredAllTheSame(String encodings) {
    String list = server.list("x");
    server.entry(list, "t".repeat(1_000));
    Reply read = server.get(list + "/entries", "Accept-Encoding", encodings);
    assertThat(read.status()).as(read.response().body()).isEqualTo(200);
    assertThat(read.header("Content-Encoding")).isEmpty();
    assertThat(read.header("Vary")).containsIgnoringCase("Accept-Encoding");
    assertThat(read.json().get("entries")).hasSize(1);
  }

  /** Also without saying so, and with any name of it. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip, identity;q=0", "GZIP", "*", "br, *;q=0.1", "*;q=0, gzip"})
  void whoTakesGzipIsGivenIt(String encodings) {
    String list = server.list("x");
    server.entry(list, "t".repeat(1_000));
    Reply read = server.get(list + "/entries", "Accept-Encoding", encodings);
    assertThat(read.header("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void aForeignHostIsRefusedAlsoWhenTheEntriesAreReady() throws Exception {
    String list = server.list("x");
    server.get(list + "/entries");
    assertThat(
            Raw.exchange(
                server.port,
                "GET " + list + "/entries HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void entriesThatAreReadyAreAnsweredWhileAllCarriersAreHeld() throws Exception {
    String list = server.list("x");
    server.entry(list, "a");
    String etag = server.get(list + "/entries").header("ETag");
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> holders = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      holders.add(
          Thread.startVirtualThread(() -> {
            while (!enough.get()) {
              Thread.onSpinWait();
            }
          }));
    }
    try {
      assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);
      assertThat(server.get(list + "/entries", "If-None-Match", etag).status()).isEqualTo(304);
    } finally {
      enough.set(true);
    }
    for (Thread holder : holders) {
      holder.join();
    }
  }
}
