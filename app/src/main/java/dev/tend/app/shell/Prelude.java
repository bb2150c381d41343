package dev.tend.app.shell;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions and names that every line typed at the shell can use. */
public final class Prelude {
  /** The exit signals one sends by hand. */
  public static final ExitReason kill = ExitReason.KILL;

  public static final ExitReason normal = ExitReason.NORMAL;
  public static final ExitReason shutdown = ExitReason.SHUTDOWN;

  private Prelude() {}

  /** The living process of that local name, or null. */
  public static @Nullable Pid<?> whereis(String name) {
    return ServerName.local(name).whereis().orElse(null);
  }

  /**
   * Sends an exit signal; {@code kill} ends any process.
   *
   * @throws IllegalArgumentException if there is no process to send it to
   */
  public static void exit(@Nullable Pid<?> pid, ExitReason reason) {
    if (pid == null) {
      throw new IllegalArgumentException("there is no process of that name");
    }
    Processes.exit(pid, reason);
  }

  /** The shell's own process. */
  public static Pid<?> self() {
    return Processes.self();
  }

  /** Sends a message to a process. */
  public static void send(Pid<?> to, Object message) {
    Processes.send(to, message);
  }

  /** Prints the messages in the shell's mailbox, among them the exits of what is linked to it. */
  public static void flush() {
    Optional<Object> message = Processes.receive(Duration.ZERO, any -> any);
    while (message.isPresent()) {
      System.out.println(message.get());
      message = Processes.receive(Duration.ZERO, any -> any);
    }
  }

  /** Prints the supervision tree. */
  public static void tree() {
    Snapshot snapshot = Processes.snapshot();
    System.out.print(snapshot.tree());
    if (!snapshot.zombies().isEmpty()) {
      System.out.println(
          "threads that run on after their process's death: " + snapshot.zombies().size());
    }
  }

  /** Prints one line a process. */
  public static void processes() {
    List<ProcessInfo> processes = Processes.snapshot().processes();
    processes.forEach(System.out::println);
    System.out.println(processes.size() + " processes");
  }

  /** Prints what can be seen of a process from outside. */
  public static void i(@Nullable Pid<?> pid) {
    Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == pid)
        .findFirst()
        .ifPresentOrElse(Prelude::print, () -> printDead(pid));
  }

  private static void print(ProcessInfo info) {
    System.out.printf(
        """
        %s
          runs      %s
          name      %s
          started by %s
          status    %s
          mailbox   %d
          links     %d
          monitors  %d
          timers    %d
        """,
        info.pid(),
        info.kind(),
        info.name() == null ? "none" : info.name(),
        info.starter() == null ? "no process" : info.starter(),
        info.status(),
        info.mailbox(),
        info.links(),
        info.monitors(),
        info.timers());
  }

  private static void printDead(@Nullable Pid<?> pid) {
    String reason =
        pid == null ? "" : pid.exitReason().map(why -> " has ended: " + why).orElse(" has ended");
    System.out.println(pid == null ? "no such process" : pid + reason);
  }

  /** Prints what one can do here. */
  public static void help() {
    System.out.print(Guide.TEXT);
  }
}
