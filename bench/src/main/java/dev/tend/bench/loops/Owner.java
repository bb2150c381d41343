package dev.tend.bench.loops;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A process that has made something, and keeps it until it is closed. */
record Owner<T>(Pid<?> process, T made) implements AutoCloseable {

  static <T> Owner<T> of(Supplier<T> making) {
    CompletableFuture<T> made = new CompletableFuture<>();
    Pid<?> process =
        Processes.spawn(() -> {
          made.complete(making.get());
          Processes.receive();
        });
    return new Owner<>(process, made.join());
  }

  @Override
  public void close() {
    Processes.exit(process, ExitReason.KILL);
  }
}
