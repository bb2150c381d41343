package dev.tend.otp.process;

import org.jspecify.annotations.Nullable;

/** Why a process ended: OTP's exit reasons, which print as they do there. */
public sealed interface ExitReason {
  ExitReason NORMAL = new Normal();
  ExitReason SHUTDOWN = new Shutdown(null);

  /** As a signal: cannot be trapped. Whoever is linked to its victim sees {@link #KILLED}. */
  ExitReason KILL = new Kill();

  ExitReason KILLED = new Killed();
  ExitReason NO_PROCESS = new NoProcess();

  /** Its work was done. */
  record Normal() implements ExitReason {
    @Override
    public boolean isClean() {
      return true;
    }

    @Override
    public String toString() {
      return "normal";
    }
  }

  /** It was told to stop: {@code shutdown}, or with a detail {@code {shutdown, Detail}}. */
  record Shutdown(@Nullable Object detail) implements ExitReason {
    @Override
    public boolean isClean() {
      return true;
    }

    @Override
    public String toString() {
      return detail == null ? "shutdown" : "{shutdown, " + detail + "}";
    }
  }

  record Kill() implements ExitReason {
    @Override
    public boolean isClean() {
      return false;
    }

    @Override
    public String toString() {
      return "kill";
    }
  }

  record Killed() implements ExitReason {
    @Override
    public boolean isClean() {
      return false;
    }

    @Override
    public String toString() {
      return "killed";
    }
  }

  /** {@code noproc}: there was no such process when it was linked or monitored. */
  record NoProcess() implements ExitReason {
    @Override
    public boolean isClean() {
      return false;
    }

    @Override
    public String toString() {
      return "noproc";
    }
  }

  /** Its code threw. */
  record Crash(Throwable cause) implements ExitReason {
    @Override
    public boolean isClean() {
      return false;
    }

    @Override
    public String toString() {
      return "crash: " + cause;
    }
  }

  /** Any other reason, given by the program. */
  record Term(Object value) implements ExitReason {
    @Override
    public boolean isClean() {
      return false;
    }

    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /**
   * True for {@code normal}, {@code shutdown} and {@code {shutdown, _}}: an end without a fault.
   */
  boolean isClean();
}
