package dev.tend.otp.race;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the races by jcstress. Stricter than that: a race that did not run, for whatever reason, is
 * a failure too, and one that hangs is ended.
 */
final class Races {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Races() {}

  public static void main(String[] args) throws Exception {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      System.out.println("Races need two processors, and here is one: none has been run.");
      return;
    }
    Options options = new Options(args);
    if (!options.parse()) {
      System.exit(2);
    }
    JCStress stress = new JCStress(options);
    Set<String> missing = new TreeSet<>(stress.getTests());
    if (missing.isEmpty()) {
      throw new AssertionError("no race is called " + options.getTestFilter());
    }
    Duration patience = PATIENCE.plusMillis(10L * options.getTime() * options.getIterations());
    Thread.ofPlatform().daemon().start(() -> endHungRaces(patience));
    stress.run();
    missing.removeAll(ran(options));
    if (!missing.isEmpty()) {
      throw new AssertionError("these races have not been run: " + missing);
    }
  }

  /** jcstress waits for ever for a race that hangs before it is measured. */
  private static void endHungRaces(Duration patience) {
    while (true) {
      Instant tooOld = Instant.now().minus(patience);
      ProcessHandle.current()
          .children()
          .filter(race -> race.info().startInstant().filter(tooOld::isAfter).isPresent())
          .forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(1_000_000_000);
    }
  }

  private static Set<String> ran(Options options) throws Exception {
    InProcessCollector results = new InProcessCollector();
    DiskReadCollector file = new DiskReadCollector(options.getResultFile(), results);
    file.dump();
    file.close();
    return results.getTestResults().stream()
        .filter(result -> result.status() == Status.NORMAL)
        .map(TestResult::getName)
        .collect(Collectors.toSet());
  }
}
