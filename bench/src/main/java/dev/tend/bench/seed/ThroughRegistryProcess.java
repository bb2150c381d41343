package dev.tend.bench.seed;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.Optional;

/** The seed's part 3, before its tables. */
final class ThroughRegistryProcess extends WayToList {
  private Optional<Pid<SeedRegistry>> registry = Optional.empty();

  ThroughRegistryProcess() {
    super("registry-process", "the seed's second: clients ask a registry that is one process");
  }

  @Override
  void prepare() {
    registry = Optional.of(SeedRegistry.start().orThrow());
    Lists.names().forEach(SeedRegistry::serverProcess);
  }

  @Override
  public void run() {
    require(SeedRegistry.serverProcess(Lists.anyName()).isAlive());
  }

  @Override
  void cleanUp() {
    registry.ifPresent(pid -> Processes.stop(pid, ExitReason.NORMAL, Duration.ofSeconds(5)));
  }
}
