package dev.tend.otp.application;

import static dev.tend.otp.process.TimeSource.FOR_EVER;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.report.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applications that run together ({@code application_controller}), from their start to their common
 * end. All methods work from any thread but those of these applications themselves, where a wait
 * for their end would be for ever.
 */
public final class Applications {
  private final Pid<Controller> controller;

  private Applications(Pid<Controller> controller) {
    this.controller = controller;
  }

  /**
   * An application and all that it depends on. Nothing is started yet but their own process, so
   * that they can be {@linkplain #stopAtShutdown stopped} from the beginning; {@link #stop} ends
   * that too.
   *
   * @throws IllegalArgumentException if two of them have one name
   */
  public static Applications of(Application application) {
    Map<String, Application> inOrder = new LinkedHashMap<>();
    collect(application, inOrder);
    Controller controller = new Controller(new ArrayList<>(inOrder.values()));
    return new Applications(
        Processes.<Controller>start(controller, StartOptions.defaults()).orThrow());
  }

  private static void collect(Application application, Map<String, Application> inOrder) {
    Application other = inOrder.get(application.name());
    if (other == null) {
      application.dependencies().forEach(dependency -> collect(dependency, inOrder));
      other = inOrder.putIfAbsent(application.name(), application);
    }
    if (other != null && !other.equals(application)) {
      throw new IllegalArgumentException("two applications have one name: " + application);
    }
  }

  /**
   * Starts them one after the other, each once and after all that it depends on ({@code
   * application:ensure_all_started/1}). Returns when all run, or when those that it had started
   * have stopped again because one could not be. Those that run already are left alone, and one
   * that has ended without ending the others is started again. If one could not be started and none
   * ran before, these applications have ended: {@link #awaitEnd}.
   */
  public AllStarted ensureAllStarted() {
    try {
      return controller.call(new Controller.StartAll(), FOR_EVER);
    } catch (CallFailed gone) {
      return new AllStarted.Stopped();
    }
  }

  /** Those that run, in the order of their start; none if they have been stopped. */
  public List<Application> whichApplications() {
    try {
      return controller.call(new Controller.WhichApplications(), FOR_EVER);
    } catch (CallFailed gone) {
      return List.of();
    }
  }

  /**
   * Stops them in the reverse order of their first start, each with all the time it needs, and
   * waits until that is done. While one is being started, that one's start is finished first, and
   * those behind it are not started.
   *
   * @return why they ended; empty if the time ran out, and they go on stopping
   */
  public Optional<End> stop(Duration timeout) {
    return Processes.stop(controller, ExitReason.SHUTDOWN, timeout).map(Applications::endOf);
  }

  /**
   * Waits until they have ended: they were stopped, one did not start, or one ended whose end is
   * the others'. What that means for the JVM (an exit status) is the caller's to decide.
   */
  public End awaitEnd() {
    return endOf(Processes.awaitExit(controller));
  }

  private static End endOf(ExitReason reason) {
    return switch (reason) {
      case ExitReason.Shutdown(End.Ended ended) -> ended;
      case ExitReason.Shutdown(var asked) -> new End.Stopped();
      default -> new End.Ended("applications", reason);
    };
  }

  /**
   * From now on, when the JVM is asked to end (SIGTERM, Ctrl-C, {@link System#exit}), it
   * {@linkplain #stop stops} them first, waits for that no longer than the timeout, and then goes.
   * Not when the JVM is killed, halts, or crashes: what must survive that is on the disk before.
   *
   * @param last runs after it, also when the time ran out
   */
  public void stopAtShutdown(Duration timeout, Runnable last) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    if (stop(timeout).isEmpty()) {
                      Log.write(System.Logger.Level.WARNING, "not stopped within " + timeout);
                    }
                  } finally {
                    last.run();
                  }
                },
                "otp-stop"));
  }
}
