package dev.tend.otp.sys;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.WatchDog;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of processes. */
@OtpTest
class FlightRecordingTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private final Recording recording = new Recording();
  private final Duration limit = WatchDog.limit();
  private List<RecordedEvent> events = List.of();

  @BeforeEach
  void record() {
    for (String name :
        List.of("Spawn", "Exit", "Call", "Restart", "LongHandler", "MailboxHigh", "Zombie")) {
      recording.enable("dev.tend.otp." + name).withoutThreshold();
    }
    recording.start();
  }

  @AfterEach
  void end() {
    WatchDog.setLimit(limit);
    recording.close();
  }

  private void stop(Path folder) throws IOException {
    Path file = folder.resolve("events.jfr");
    recording.stop();
    recording.dump(file);
    events = RecordingFile.readAllEvents(file);
  }

  private List<RecordedEvent> of(String name, String field, Object value) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.tend.otp." + name))
        .filter(event -> value.toString().equals(event.getString(field)))
        .toList();
  }

  private RecordedEvent one(String name, String field, Object value) {
    List<RecordedEvent> all = of(name, field, value);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void life_and_death(@TempDir Path folder) throws IOException {
    ServerName<Probe> name = ServerName.local("recorded");
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<Probe> named = new Probe().start(StartOptions.named(name)).orThrow();
      Processes.stop(named, ExitReason.SHUTDOWN, ofSeconds(10));
      Pid<?> plain =
          Processes.spawn(() -> {
            throw new IllegalStateException();
          });
      Processes.awaitExit(plain, ofSeconds(10));
      stop(folder);
      RecordedEvent spawn = one("Spawn", "process", "recorded" + named);
      assertThat(spawn.getString("kind")).isEqualTo("Probe");
      assertThat(spawn.getString("starter")).isEqualTo(self.toString());
      RecordedEvent exit = one("Exit", "process", "recorded" + named);
      assertThat(exit.getString("reason")).isEqualTo("Shutdown");
      assertThat(exit.getDuration("lifetime")).isPositive();
      assertThat(one("Exit", "process", plain).getString("reason")).isEqualTo("Crash");
      assertThat(one("Exit", "process", plain).getString("kind")).isEqualTo("process");
    });
  }

  @Test
  void calls(@TempDir Path folder) throws IOException {
    Pid<Probe> server = Probe.started();
    CountDownLatch go = new CountDownLatch(1);
    server.call(new Probe.State());
    server.cast(new Probe.Tell(go::await));
    assertThat(catchThrowable(() -> server.call(new Probe.State(), ZERO))).isNotNull();
    go.countDown();
    assertThat(
            catchThrowable(
                () -> server.call(new Probe.Handle<>((from, state) -> Probe.end(BOOM, state)))))
        .isNotNull();
    Processes.awaitExit(server, ofSeconds(10));
    assertThat(catchThrowable(() -> server.call(new Probe.State()))).isNotNull();
    stop(folder);
    List<RecordedEvent> calls = of("Call", "server", server);
    assertThat(calls)
        .extracting(call -> call.getString("outcome"))
        .containsExactlyInAnyOrder("Replied", "Timeout", "Exit", "Refused");
    assertThat(calls)
        .allSatisfy(call -> {
          assertThat(call.getString("request")).startsWith(Probe.class.getName());
          assertThat(call.getStackTrace().getFrames())
              .anyMatch(f -> f.getMethod().getType().getName().equals(getClass().getName()));
        });
  }

  @Test
  void a_restart(@TempDir Path folder) throws IOException {
    Pid<Supervisor> supervisor =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 1, ofSeconds(1)),
                List.of(
                    ChildSpec.worker(
                        "child", () -> GenServer.startLink(new Probe(), StartOptions.defaults()))),
                StartOptions.defaults())
            .orThrow();
    Pid<?> child =
        ((ChildInfo.Running) Supervisor.whichChildren(supervisor).getFirst().state()).pid();
    Processes.exit(child, ExitReason.KILL);
    eventually(() -> assertThat(Processes.info(supervisor).orElseThrow().restarts()).isEqualTo(1));
    Processes.stop(supervisor, ExitReason.SHUTDOWN, ofSeconds(10));
    stop(folder);
    RecordedEvent restart = one("Restart", "supervisor", supervisor);
    assertThat(restart.getString("child")).isEqualTo("child");
    assertThat(restart.getString("reason")).isEqualTo("Killed");
  }

  @Test
  void a_mailbox_that_grows_is_told_at_each_doubling(@TempDir Path folder) throws IOException {
    Pid<Probe> server = Probe.started();
    Sys.suspend(server);
    for (int i = 0; i < 20_000; i++) {
      Processes.send(server, i);
    }
    Sys.getState(server);
    stop(folder);
    Processes.exit(server, ExitReason.KILL);
    List<RecordedEvent> marks = of("MailboxHigh", "process", server);
    assertThat(marks).hasSizeBetween(1, 3);
    assertThat(marks).extracting(mark -> mark.getInt("waiting")).allMatch(n -> n >= 4_096);
  }

  @Test
  void what_the_watch_dog_finds(@TempDir Path folder) throws IOException {
    WatchDog.setLimit(ZERO);
    Pid<Probe> server = Probe.started();
    AtomicReference<Thread> handling = new AtomicReference<>();
    CountDownLatch go = new CountDownLatch(1);
    server.cast(
        new Probe.Tell(() -> {
          handling.set(Thread.currentThread());
          awaitDeaf(go);
        }));
    eventually(() -> assertThat(handling.get().getState()).isEqualTo(Thread.State.WAITING));
    WatchDog.setLimit(ofMillis(2));
    untilFound(server, false);
    Processes.exit(server, ExitReason.KILL);
    untilFound(server, true);
    stop(folder);
    go.countDown();
    RecordedEvent handler = one("LongHandler", "process", server);
    assertThat(handler.getDuration("runningFor")).isGreaterThanOrEqualTo(ofMillis(2));
    assertThat(handler.getString("threadState")).isEqualTo("WAITING");
    assertThat(handler.getString("handlersStack")).contains("awaitDeaf");
    assertThat(one("Zombie", "process", server).getString("zombiesStack")).contains("awaitDeaf");
  }

  private static void untilFound(Pid<?> server, boolean zombie) {
    eventually(() ->
        assertThat(Story.after(0))
            .extracting(Story.Event::what)
            .anyMatch(what ->
                what instanceof Happening.Overdue late
                    && late.pid().equals(server)
                    && late.zombie() == zombie));
  }

  private static void awaitDeaf(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // That is what makes a zombie.
      }
    }
  }
}
