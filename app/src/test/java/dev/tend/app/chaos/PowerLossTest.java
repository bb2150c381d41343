package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.chaos.Finding.What;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine loses power, again and again, under load: the JVM is killed, and of what it had
 * written and not synced nothing is left, or parts. What was acknowledged is there, and every file
 * opens.
 */
class PowerLossTest {
  private static final boolean LONG = Boolean.getBoolean("tend.long");
  private static final long SEED = Long.getLong("tend.seed", LONG ? System.nanoTime() : 7);

  @TempDir private Path folder;
  private long seed = SEED;
  private final AtomicInteger undone = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();

  /** Where a sync takes no time, all may be synced whenever the power is lost: then more seeds. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasAcknowledgedOutlivesIt(boolean torn) throws Exception {
    whatWasAcknowledgedIsThere(torn);
    while (undone.get() == 0 && seed < SEED + 2) {
      seed++;
      whatWasAcknowledgedIsThere(torn);
    }
    assertThat(undone).as("writes that were not synced yet").hasPositiveValue();
  }

  private void whatWasAcknowledgedIsThere(boolean torn) throws Exception {
    losses.set(0);
    Wish wish = new Wish(Mode.JVM, seed, Duration.ofSeconds(LONG ? 300 : 10), 12, 6, 2);
    Verdict verdict =
        Chaos.run(wish, losingPower(Servers.real(), torn), data(), log(), _ -> {}, () -> {});
    print(verdict);

    assertThat(verdict.findings()).as("replay with -Dtend.seed=%d", seed).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
    assertThat(losses).as("losses of power").hasValueGreaterThan(1);
  }

  @Test
  void withSynchronousOffThisTestIsRed() throws Exception {
    Wish wish = new Wish(Mode.JVM, SEED, Duration.ofSeconds(4), 8, 4, 2);
    Launch launch = losingPower(Servers.broken(BrokenServer.Fault.UNSYNCED), false);
    Verdict verdict = Chaos.run(wish, launch, data(), log(), _ -> {}, () -> {});
    print(verdict);
    assertThat(verdict.count(What.LOST)).isPositive();
  }

  private Launch losingPower(Launch launch, boolean torn) throws Exception {
    Path steps = folder.resolve("steps-" + seed + ".log");
    Random random = new Random(seed);
    return new Launch(
        launch.command(),
        Map.of(
            "LD_PRELOAD",
            Shim.compiled("power_loss", folder),
            "POWER_DATA",
            data().toString(),
            "POWER_LOG",
            steps.toString()),
        () -> {
          PowerLoss loss = new PowerLoss(random, torn);
          if (Files.exists(steps)) {
            losses.incrementAndGet();
          }
          loss.strike(data(), steps);
          undone.addAndGet(loss.undone());
        });
  }

  private void print(Verdict verdict) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    new Table(out).print(verdict);
    out.println("%d losses of power, %d writes undone".formatted(losses.get(), undone.get()));
  }

  private Path data() {
    return folder.resolve("data-" + seed);
  }

  private Path log() {
    return folder.resolve("server.log");
  }
}
