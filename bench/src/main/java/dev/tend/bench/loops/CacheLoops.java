package dev.tend.bench.loops;

import dev.tend.bench.Experiment;
import dev.tend.bench.seed.SeedExperiments;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The server of one of the seed's hundred lists by its name: TodoCache.serverProcess, two bare
 * ConcurrentHashMap look-ups, and what making the name costs both.
 */
public class CacheLoops extends Loops {

  /** One of the profiler's experiments. */
  public abstract static class Way {
    private final Experiment experiment;

    Way(String name) {
      experiment =
          SeedExperiments.all().stream()
              .filter(one -> one.name().equals(name))
              .findAny()
              .orElseThrow();
    }

    final Experiment experiment() {
      return experiment;
    }

    @Setup(Level.Trial)
    public void setUp() throws Exception {
      experiment.setUp();
    }

    @TearDown(Level.Trial)
    public void tearDown() throws Exception {
      experiment.tearDown();
    }
  }

  /** Tend's own. */
  @State(Scope.Benchmark)
  public static class Cache extends Way {
    public Cache() {
      super("ets");
    }
  }

  /** The limit. */
  @State(Scope.Benchmark)
  public static class Maps extends Way {
    public Maps() {
      super("maps");
    }
  }

  /** What is no look-up. */
  @State(Scope.Benchmark)
  public static class Name extends Way {
    public Name() {
      super("loop");
    }
  }

  @Benchmark
  public void serverProcess(Cache cache) throws Exception {
    cache.experiment().run();
  }

  @Benchmark
  public void twoMaps(Maps maps) throws Exception {
    maps.experiment().run();
  }

  @Benchmark
  public void nameAlone(Name name) throws Exception {
    name.experiment().run();
  }
}
