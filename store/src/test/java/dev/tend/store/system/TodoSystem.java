package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.TimeSource;
import dev.tend.store.DataFolder;
import dev.tend.todo.TodoConfig;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.journal.ListStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The to-do system on a real data folder, started before each test and stopped after it. */
final class TodoSystem implements BeforeEachCallback, AfterEachCallback {
  private final UnaryOperator<ListStore> faults;
  private Duration idle = Duration.ofMinutes(10);
  private long memory = TodoConfig.SHARE;
  private Optional<Duration> history = Optional.empty();
  private StartOptions options = StartOptions.defaults();
  private int shards = 4;
  private Path folder;
  private DataFolder data;
  private Pid<?> root;

  private TodoSystem(UnaryOperator<ListStore> faults) {
    this.faults = faults;
  }

  static TodoSystem onDisk() {
    return new TodoSystem(UnaryOperator.identity());
  }

  static TodoSystem withFaults(UnaryOperator<ListStore> faults) {
    return new TodoSystem(faults);
  }

  TodoSystem idle(Duration time) {
    idle = time;
    return this;
  }

  TodoSystem memory(long bytes) {
    memory = bytes;
    return this;
  }

  TodoSystem history(Duration kept) {
    history = Optional.of(kept);
    return this;
  }

  TodoSystem shards(int number) {
    shards = number;
    return this;
  }

  /** The file of a shard. */
  Path file(int shard) {
    return folder.resolve("shard-" + shard + ".db");
  }

  /** All its processes go by this clock. */
  TodoSystem time(TimeSource time) {
    options = options.withTime(time);
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    folder = Files.createTempDirectory("tend-system-");
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  void start() throws Exception {
    data = DataFolder.open(folder, shards);
    CompletableFuture<Pid<?>> started = new CompletableFuture<>();
    root =
        Processes.spawn(
            options,
            () -> {
              Processes.trapExit(true);
              try {
                started.complete(
                    TodoSupervisor.startLink(
                            new TodoConfig(
                                faults.apply(data.store()),
                                idle,
                                memory,
                                history,
                                Duration.ofDays(1)))
                        .orThrow());
              } catch (Throwable failure) {
                started.completeExceptionally(failure);
              }
              Processes.receive(message -> message.equals("stop") ? message : null);
            });
    started.get();
  }

  DataFolder data() {
    return data;
  }

  /** The uuid by which the catalogue of a data folder knows itself. */
  static String catalog(Path folder) throws IOException {
    JsonNode marker = new JsonMapper().readTree(Files.readAllBytes(folder.resolve("tend.json")));
    return marker.required("catalog").stringValue();
  }

  /** Goes on with another folder, which is deleted at the end. */
  void startOn(Path other) throws Exception {
    folder = other;
    start();
  }

  /** Stops the tree in order, then closes the folder. */
  void stop() throws Exception {
    Pid<?> supervisor = TodoSupervisor.NAME.whereis().orElse(null);
    if (supervisor != null) {
      assertThat(Processes.stop(supervisor, ExitReason.SHUTDOWN, Duration.ofSeconds(30)))
          .isPresent();
    }
    Processes.send(root, "stop");
    assertThat(Processes.awaitExit(root, Duration.ofSeconds(30))).isPresent();
    data.close();
  }

  static void kill(ServerName<?> name) {
    Processes.exit(name.whereis().orElseThrow(), ExitReason.KILL);
  }
}
