package dev.tend.app;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waits for servers: one that says where it is may still be opening its files. */
public final class Ready {
  private Ready() {}

  /** Returns when the server would serve requests. */
  public static void ready(String address) {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(address + "/health/ready"))
            .timeout(Duration.ofSeconds(15))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      eventually(() -> {
        HttpResponse<String> answer = http.send(ask, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      });
    }
  }
}
