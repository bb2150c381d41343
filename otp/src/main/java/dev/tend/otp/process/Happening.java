package dev.tend.otp.process;

import java.time.Duration;
import java.util.Optional;

/** What someone who watches the system wants to be told. */
public sealed interface Happening {

  /**
   * A process ended abnormally of its own doing; whoever was killed from outside is told of by its
   * supervisor alone.
   *
   * @param starter who had started it; in a supervision tree, its supervisor
   * @param report the crash report in full, where the log took it too
   */
  record Crashed(
      Pid<?> pid, String kind, Optional<Pid<?>> starter, ExitReason reason, Optional<String> report)
      implements Happening {}

  /** A supervisor's child ended abnormally, and is not started again. */
  record Lost(Pid<?> supervisor, Object child, Pid<?> pid, ExitReason reason)
      implements Happening {}

  /**
   * A supervisor has started its child again.
   *
   * @param reason of the end before
   * @param former the process it had, if that is known
   * @param took from the moment the supervisor heard of the end, failed attempts included
   * @param others how many children were started again with it
   */
  record Restarted(
      Pid<?> supervisor,
      Object child,
      ExitReason reason,
      Optional<Pid<?>> former,
      Optional<Pid<?>> pid,
      Duration took,
      int others)
      implements Happening {}

  /** A supervisor could not start its child again; it tries once more. */
  record NotRestarted(Pid<?> supervisor, Object child, ExitReason reason) implements Happening {}

  /** A supervisor ends, for its children have failed more often than it may restart them. */
  record GaveUp(Pid<?> supervisor, String kind, Object child, int restarts, Duration period)
      implements Happening {}

  /**
   * A handler, or the thread of a dead process, has run beyond the {@link WatchDog}'s limit.
   *
   * @param zombie whether the process is dead
   */
  record Overdue(Pid<?> pid, String kind, Duration running, boolean zombie) implements Happening {}

  /**
   * What the program itself has to tell.
   *
   * @param about a value that the program knows the thing by
   */
  record Told(Object about, String sentence) implements Happening {}
}
