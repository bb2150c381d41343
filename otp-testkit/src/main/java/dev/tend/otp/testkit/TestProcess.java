package dev.tend.otp.testkit;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Runs a test, or a part of one, as a process: it can link, monitor, receive and start children.
 *
 * <p>What the code throws, a failed assertion too, is thrown to the test. When the code is through
 * its process ends with {@code shutdown}, and what it started (and what that started) is killed.
 */
public final class TestProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestProcess() {}

  /** Runs the code in a process and returns when that has ended. */
  public static void run(Executable code) {
    run(StartOptions.defaults(), code);
  }

  /** The same in a process started so, for example with a {@link ManualTime}. */
  public static void run(StartOptions options, Executable code) {
    call(
        options,
        () -> {
          code.execute();
          return true;
        });
  }

  /** The same for code that has a result. */
  public static <T> T call(ThrowingSupplier<T> code) {
    return call(StartOptions.defaults(), code);
  }

  private static <T> T call(StartOptions options, ThrowingSupplier<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Pid<?> pid =
        Processes.spawn(
            options,
            () -> {
              complete(result, code);
              throw Processes.exit(ExitReason.SHUTDOWN);
            });
    try {
      ExitReason reason =
          Processes.awaitExit(pid, PATIENCE)
              .orElseThrow(
                  () -> new AssertionError("the test's process still runs after " + PATIENCE));
      result.completeExceptionally(new AssertionError("the test's process was ended: " + reason));
    } finally {
      killOffspring(pid);
    }
    return outcome(result);
  }

  private static <T> void complete(CompletableFuture<T> result, ThrowingSupplier<T> code) {
    try {
      result.complete(code.get());
    } catch (DeadProcess gone) {
      throw gone;
    } catch (Throwable thrown) {
      result.completeExceptionally(thrown);
    }
  }

  private static <T> T outcome(CompletableFuture<T> result) {
    if (result.state() == CompletableFuture.State.SUCCESS) {
      return result.resultNow();
    }
    return TestProcess.<T, RuntimeException>rethrow(result.exceptionNow());
  }

  /** As it is, checked or not. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, E extends Throwable> T rethrow(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static void killOffspring(Pid<?> root) {
    Processes.exit(root, ExitReason.KILL);
    List<Pid<?>> offspring = offspring(root);
    offspring.reversed().forEach(pid -> Processes.exit(pid, ExitReason.KILL));
    offspring.forEach(pid -> Processes.awaitExit(pid, PATIENCE));
  }

  /** All that live and descend from it, in the order of their starts. */
  private static List<Pid<?>> offspring(Pid<?> root) {
    Set<Pid<?>> family = new HashSet<>(Set.of(root));
    return Processes.snapshot().processes().stream()
        .filter(info -> info.starter() != null && family.contains(info.starter()))
        .<Pid<?>>map(ProcessInfo::pid)
        .peek(family::add)
        .toList();
  }
}
