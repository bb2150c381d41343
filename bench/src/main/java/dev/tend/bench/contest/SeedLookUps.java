package dev.tend.bench.contest;

import dev.tend.bench.Experiment;
import dev.tend.bench.seed.SeedExperiments;
import dev.tend.otp.process.Processes;

/** One of {@code tend profile}'s experiments. */
final class SeedLookUps implements Contestant.LookUps {
  private final Experiment experiment;

  SeedLookUps(String name) throws Exception {
    experiment =
        SeedExperiments.all().stream()
            .filter(one -> one.name().equals(name))
            .findAny()
            .orElseThrow();
    experiment.setUp();
  }

  @Override
  public long use(int clients, int operations) throws Exception {
    Finish finish = new Finish(clients);
    return finish.time(() -> {
      for (int client = 0; client < clients; client++) {
        Processes.spawn(() -> {
          repeat(operations);
          finish.cross();
        });
      }
    });
  }

  private void repeat(int operations) {
    try {
      for (int i = 0; i < operations; i++) {
        experiment.run();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    experiment.tearDown();
  }
}
