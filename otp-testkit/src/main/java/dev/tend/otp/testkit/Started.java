package dev.tend.otp.testkit;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A supervision tree, or any process, that runs during each test: a JUnit extension for a field
 * with {@code @RegisterExtension}.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Started<Supervisor> tree =
 *     Started.by(() -> Supervisor.start(flags, children, StartOptions.defaults()));
 * }</pre>
 *
 * Started before the test; stopped after it in an orderly way, which fails the test if it takes
 * more than ten seconds. A test may end it earlier.
 *
 * @param <T> the server it is
 */
public final class Started<T> implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Supplier<StartResult<T>> start;
  private @Nullable Pid<T> pid;

  private Started(Supplier<StartResult<T>> start) {
    this.start = start;
  }

  /** What to start before each test, without a link. */
  public static <T> Started<T> by(Supplier<StartResult<T>> start) {
    return new Started<>(start);
  }

  /** The process, during a test. */
  public Pid<T> pid() {
    return Objects.requireNonNull(pid, "no test is running");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    pid = start.get().orThrow();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Pid<T> started = pid;
    pid = null;
    if (started != null
        && started.isAlive()
        && Processes.stop(started, ExitReason.SHUTDOWN, PATIENCE).isEmpty()) {
      Processes.exit(started, ExitReason.KILL);
      throw new AssertionError(started + " did not stop within " + PATIENCE);
    }
  }
}
