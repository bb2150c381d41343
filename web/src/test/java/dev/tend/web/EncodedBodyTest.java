package dev.tend.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bodies that come in fewer bytes ({@code Content-Encoding}, RFC 9110 §8.4). */
@ExtendWith(NoLeaks.class)
@Timeout(value = 60, unit = SECONDS)
class EncodedBodyTest {
  private static final byte[] GOOD =
      gzip("{\"name\": \"packed\"}".getBytes(StandardCharsets.UTF_8));

  @RegisterExtension final TestServer server = new TestServer();

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
  void aPackedBodyIsUnpacked(String encoding) throws Exception {
    assertThat(post(encoding, GOOD)).startsWith("HTTP/1.1 201 ");
    assertThat(lists()).hasSize(1);
    assertThat(lists().get(0).get("name").asString()).isEqualTo("packed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, br", "br, gzip", "gzip, gzip", "identity, x"})
  void onlyGzipIsUnpacked(String encoding) throws Exception {
    assertThat(post(encoding, GOOD))
        .startsWith("HTTP/1.1 415 ")
        .containsIgnoringCase("Accept-Encoding: gzip")
        .contains("\"field\":\"Content-Encoding\"");
    assertThat(lists()).isEmpty();
  }

  @Test
  void aBodyIsAsLargeAsItIsWhenUnpacked() throws Exception {
    byte[] bomb = gzip(new byte[200_000_000]);
    assertThat(bomb.length).isLessThan(1_000_000);
    assertThat(post("gzip", bomb)).startsWith("HTTP/1.1 413 ");
    assertThat(lists()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 12, 20, 30})
  void aBodyThatBreaksOffIsRefused(int length) throws Exception {
    assertThat(post("gzip", Arrays.copyOf(GOOD, length))).startsWith("HTTP/1.1 400 ");
    assertThat(lists()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 12, 20, 30})
  void aBrokenBodyIsRefused(int at) throws Exception {
    byte[] broken = GOOD.clone();
    broken[at] ^= 0x5a;
    assertThat(post("gzip", broken)).startsWith("HTTP/1.1 400 ");
    assertThat(lists()).isEmpty();
  }

  private String post(String encoding, byte[] body) throws IOException {
    try (Raw raw = new Raw(server.port)) {
      return raw.say(
              WireTest.JSON
                  + ("Connection: close\r\nContent-Encoding: " + encoding + "\r\n")
                  + ("Content-Length: " + body.length + "\r\n\r\n"))
          .say(body)
          .rest();
    }
  }

  private JsonNode lists() {
    return server.get("/api/v1/lists").json().get("lists");
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
