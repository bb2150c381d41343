package dev.tend.otp.ets;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Processes that do the same, each with a number from 0. */
final class Workers {
  static final int COUNT = 4;

  private Workers() {}

  static List<Pid<?>> spawn(int count, IntConsumer code) {
    return IntStream.range(0, count)
        .<Pid<?>>mapToObj(worker -> Processes.spawn(() -> code.accept(worker)))
        .toList();
  }

  /** Returns when all have ended well. */
  static void await(List<Pid<?>> workers) {
    workers.forEach(
        pid -> assertThat(Processes.awaitExit(pid, ofSeconds(60))).contains(ExitReason.NORMAL));
  }

  static void work(IntConsumer code) {
    await(spawn(COUNT, code));
  }
}
