package dev.tend.store.system;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who was killed when; times are counted in deaths. */
final class Deaths {
  private final AtomicLong clock = new AtomicLong();
  private final Map<Pid<?>, Long> deaths = new ConcurrentHashMap<>();

  /** It was dead from the time on that this writes down. */
  void kill(Pid<?> pid) {
    Processes.exit(pid, ExitReason.KILL);
    deaths.put(pid, clock.incrementAndGet());
  }

  long now() {
    return clock.get();
  }

  boolean wasDead(Pid<?> pid, long time) {
    Long death = deaths.get(pid);
    return death != null && death <= time;
  }
}
