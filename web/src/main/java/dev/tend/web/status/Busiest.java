package dev.tend.web.status;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of any number of children have most to do. Finding out is a pass over all processes (7 ms
 * where there are 100,000), so it is done once a second at most, and only while someone looks.
 */
final class Busiest {
  private static final int MOST = 5;
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  // Guarded by this.
  private @Nullable Pid<?> whose;
  private List<ProcessInfo> found = List.of();
  private long looked;

  /** Those of this supervisor; of one at a time. */
  synchronized List<ProcessInfo> of(Pid<?> wanted) {
    if (!Objects.equals(whose, wanted) || System.nanoTime() - looked > FRESH) {
      whose = wanted;
      found = Processes.busiest(wanted, MOST);
      looked = System.nanoTime();
    }
    return found;
  }
}
