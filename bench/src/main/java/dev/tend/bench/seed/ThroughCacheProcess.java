package dev.tend.bench.seed;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.Optional;

/** The seed's part 2. */
final class ThroughCacheProcess extends WayToList {
  private Optional<Pid<SeedCache>> cache = Optional.empty();

  ThroughCacheProcess() {
    super("cache-process", "the seed's first cache: every client calls one process with a map");
  }

  @Override
  void prepare() {
    cache = Optional.of(SeedCache.start().orThrow());
    Lists.names().forEach(SeedCache::serverProcess);
  }

  @Override
  public void run() {
    require(SeedCache.serverProcess(Lists.anyName()).isAlive());
  }

  @Override
  void cleanUp() {
    cache.ifPresent(pid -> Processes.stop(pid, ExitReason.NORMAL, Duration.ofSeconds(5)));
  }
}
