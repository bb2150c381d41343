package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.ServerName;
import dev.tend.todo.Hindrance;
import dev.tend.web.listener.Listener;
import dev.tend.web.metrics.RequestTimes;
import dev.tend.web.status.Traffic;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of actions that fail; with routes of its own and no system behind. */
class FaultsTest {
  private Listener listener;

  @BeforeEach
  void listen() throws Exception {
    Routes routes =
        new Routes()
            .on("GET", "/throws", exchange -> boom())
            .on("GET", "/overflows", exchange -> overflow(exchange))
            .on("GET", "/begun", exchange -> callFailed(true))
            .on("POST", "/begun", exchange -> callFailed(true))
            .on("POST", "/not-begun", exchange -> callFailed(false))
            .on(
                "GET",
                "/later",
                exchange -> {
                  throw Refusal.unavailable(
                      new Hindrance(Hindrance.Kind.QUARANTINED, "resting"),
                      Duration.ofMillis(2_001));
                });
    listener =
        Api.listen(
            TestServer.CONFIG,
            routes,
            new Tally(new Traffic(), new RequestTimes(new PrometheusRegistry())));
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private static Answer boom() {
    throw new IllegalStateException("a secret");
  }

  private static Answer overflow(Exchange exchange) {
    return exchange.key().isEmpty() ? Answer.empty(204) : overflow(exchange).with("a", "b");
  }

  private static Answer callFailed(boolean begun) {
    throw new CallFailed(
        ServerName.local("x"), "request", new CallFailed.Exit(ExitReason.KILLED, begun));
  }

  private String ask(String method, String path) throws IOException {
    return Raw.exchange(
        listener.port(),
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({"/throws", "/overflows"})
  void aFaultIsA500WithoutItsReason(String path) throws Exception {
    String answer = ask("GET", path);
    assertThat(answer)
        .startsWith("HTTP/1.1 500 ")
        .contains("\"instance\":\"urn:uuid:")
        .doesNotContain("secret")
        .doesNotContain("IllegalState");
  }

  @Test
  void whatHadBegunIsNotKnown() throws Exception {
    assertThat(ask("POST", "/begun"))
        .startsWith("HTTP/1.1 504 ")
        .contains("urn:tend:problem:outcome-unknown")
        .contains("Idempotency-Key: ");
  }

  @Test
  void whatHadNotBegunDidNotHappen() throws Exception {
    assertThat(ask("POST", "/not-begun")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
    assertThat(ask("GET", "/begun")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
    assertThat(ask("GET", "/later")).startsWith("HTTP/1.1 503 ").contains("Retry-After: 3");
  }
}
