package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.sys.Sys;
import dev.tend.todo.DatabaseWorker;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Two seconds are waited for each of them, one after the other. */
  @Test
  void aStreamAboutManyListsThatCannotBeReadBeats() {
    String lists =
        IntStream.range(0, 20)
            .mapToObj(i -> server.list("list " + i))
            .map(path -> "list=" + path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.joining("&"));
    List<ServerName<DatabaseWorker>> workers = List.of(DatabaseWorker.of(1), DatabaseWorker.of(2));
    workers.forEach(Sys::suspend);
    try (EventReader reader = new EventReader(server.port, "/api/v1/events?" + lists)) {
      eventually(Duration.ofSeconds(20), () -> assertThat(reader.events("beat")).isNotEmpty());
    } finally {
      workers.forEach(Sys::resume);
    }
  }
}
