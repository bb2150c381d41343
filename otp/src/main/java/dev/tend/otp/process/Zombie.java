package dev.tend.otp.process;

import java.util.List;

/**
 * A thread that still ran the code of a dead process when it was looked at. The JVM cannot stop it;
 * it has been interrupted, and nothing that it does as a process has any effect.
 */
public record Zombie(Pid<?> pid, String kind, Thread.State state, List<StackTraceElement> stack) {

  static Zombie of(ProcessCore dead, Thread thread) {
    return new Zombie(
        dead.pid, dead.turns.kind(), thread.getState(), List.of(thread.getStackTrace()));
  }
}
