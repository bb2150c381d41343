package dev.tend.todo;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A moment in which the catalogue and all shards stand still together: everything acknowledged
 * before it is in the files, and nothing is written until it is closed. It ends by itself after
 * {@link #LONGEST}, so that whoever began it and died holds nobody up; {@link #lasts} tells. If a
 * process that stands still is replaced, the epoch in its file is newer than the one given here.
 */
public final class Standstill implements AutoCloseable {
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final UUID id = UUID.randomUUID();
  private final int shards;
  private final long begun = System.nanoTime();
  private List<Long> epochs = List.of();

  /** Ends a process's standing still. */
  record Release(UUID standstill) {}

  private Standstill(int shards) {
    this.shards = shards;
  }

  /**
   * Waits until all of them stand still.
   *
   * @param shards how many there are
   * @return done, and to be closed; or why it could not be: then none stands still
   */
  public static Stored<Standstill> begin(int shards) {
    Standstill standstill = new Standstill(shards);
    List<Long> epochs = new ArrayList<>();
    for (Stored<UUID> answer : standstill.hold()) {
      switch (answer) {
        case Stored.Done<UUID>(long epoch, UUID _) -> epochs.add(epoch);
        case Stored.Unavailable<UUID>(Hindrance why) -> {
          standstill.close();
          return new Stored.Unavailable<>(why);
        }
        case Stored.Unknown<UUID>(Hindrance why) -> {
          standstill.close();
          return new Stored.Unavailable<>(why);
        }
      }
    }
    standstill.epochs = List.copyOf(epochs);
    return new Stored.Done<>(epochs.getFirst(), standstill);
  }

  private List<Stored<UUID>> hold() {
    try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Stored<UUID>>> answers = new ArrayList<>();
      answers.add(
          CompletableFuture.supplyAsync(
              () -> GroupCommit.ask(Catalog.NAME, new Catalog.Hold(id), LONGEST), asking));
      for (int n = 1; n <= shards; n++) {
        int shard = n;
        answers.add(
            CompletableFuture.supplyAsync(
                () ->
                    GroupCommit.ask(DatabaseWorker.of(shard), new DatabaseWorker.Hold(id), LONGEST),
                asking));
      }
      return answers.stream().map(CompletableFuture::join).toList();
    }
  }

  /** The epoch of the catalogue's opening. */
  public long catalogEpoch() {
    return epochs.getFirst();
  }

  /** The epoch of a shard's opening. */
  public long shardEpoch(int shard) {
    return epochs.get(shard);
  }

  /** Whether none of them has gone on by itself until now. */
  public boolean lasts() {
    // Each began to stand still after our beginning, so it does not end before this.
    return System.nanoTime() - begun < LONGEST.toNanos();
  }

  /** Lets all go on. */
  @Override
  public void close() {
    release(Catalog.NAME);
    for (int shard = 1; shard <= shards; shard++) {
      release(DatabaseWorker.of(shard));
    }
  }

  private void release(ServerName<?> process) {
    try {
      Processes.send(process, new Release(id));
    } catch (CallFailed gone) {
      // It goes on by itself, or is not there any more.
    }
  }
}
