package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tells a client that its stream is alive. */
class BeatTest {
  @RegisterExtension final TestServer server = new TestServer(TestServer.IMPATIENT);

  @Test
  void aStreamThatHearsMuchAndHasNothingToTellBeats() {
    try (EventReader reader = new EventReader(server.port, "/api/v1/events")) {
      eventually(() -> {
        EventsTest.streams().forEach(stream -> Processes.send(stream, "nothing to tell"));
        assertThat(reader.events("beat")).hasSizeGreaterThan(2);
      });
    }
  }
}
