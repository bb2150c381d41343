package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A life and death that nobody sees, before the first process runs. What the JVM does only once
 * needs much more room on the stack than a step itself: to initialise a class (one whose
 * initialisation overflows cannot be used ever after) and to link a lambda.
 */
final class Rehearsal {
  private Rehearsal() {}

  static void perform() {
    ProcessCore actor = neverLaunched();
    List<Pid<?>> others = List.of(neverLaunched().pid, neverLaunched().pid);
    ScopedValue.where(ProcessCore.SELF, actor)
        .run(() -> {
          Processes.trapExit(true);
          others.forEach(Rehearsal::live);
          others.forEach(Rehearsal::die);
        });
    Processes.exit(actor.pid, ExitReason.KILL);
    initialise(PendingCall.class);
    startTheSchedulersClock();
  }

  private static ProcessCore neverLaunched() {
    return new ProcessCore(new PlainTurns(() -> {}), StartOptions.defaults(), null, false);
  }

  private static void live(Pid<?> other) {
    LocalNames.TABLE.register(other, other);
    LocalNames.TABLE.unregister(other);
    LocalNames.TABLE.register(other, other);
    Processes.link(other);
    Processes.unlink(other);
    Processes.link(other);
    Processes.demonitor(Processes.monitor(other));
    Processes.monitor(other);
    setTimer(other);
    Processes.send(other, "lost");
  }

  /** It starts the thread of all timers. If the JVM has none left, the next timer tries again. */
  private static void setTimer(Pid<?> other) {
    try {
      Processes.sendAfter(Duration.ofDays(1), other, "never");
    } catch (OutOfMemoryError noThread) {
      // Who cannot start this one cannot start a process either.
    }
  }

  private static void die(Pid<?> other) {
    Processes.exit(other, ExitReason.KILL);
    Processes.link(other);
    Processes.monitor(other);
    Processes.send(other, "lost");
    Processes.receive(Duration.ZERO, message -> null);
  }

  /**
   * The first timed wait of any virtual thread starts it. If the JVM has no thread left by then,
   * who waits is lost: it never runs again, and who asks for its stack goes round for ever.
   */
  private static void startTheSchedulersClock() {
    try {
      Thread.ofVirtual()
          .inheritInheritableThreadLocals(false)
          .start(() -> LockSupport.parkNanos(1));
    } catch (OutOfMemoryError noThread) {
      // Nor is there one to carry a process that could wait.
    }
  }

  private static void initialise(Class<?> type) {
    try {
      MethodHandles.lookup().ensureInitialized(type);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
