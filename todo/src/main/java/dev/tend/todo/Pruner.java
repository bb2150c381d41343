package dev.tend.todo;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Pruned;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Drops the history that is older than it is kept: every hour, shard by shard, in small steps
 * between which the workers commit and serve others. What the lists are, and were at the beginning
 * of the history that stays, is not touched.
 */
public final class Pruner extends GenServer<Pruner.Place, Pruner.Request, NoCasts> {
  public static final ServerName<Pruner> NAME = ServerName.local("todo_pruner");

  /** Commands are remembered for so long, by their records. */
  public static final Duration SHORTEST = Receipts.KEPT.multipliedBy(2);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 500;

  private final int shards;
  private final Duration kept;

  /**
   * How far it has come.
   *
   * @param dropped how many records, since it began
   */
  public record Place(int shard, Optional<ListId> after, long dropped) {}

  /** What it is asked. */
  public sealed interface Request extends Call<Pruner, Place> {}

  /** Where it is. */
  public record Progress() implements Request {}

  private enum Next {
    STEP
  }

  private Pruner(int shards, Duration kept) {
    this.shards = shards;
    this.kept = kept;
  }

  static StartResult<Pruner> startLink(int shards, Duration kept) {
    return GenServer.startLink(new Pruner(shards, kept), StartOptions.named(NAME));
  }

  @Override
  protected Init<Place> init() {
    return again(FIRST, Init.ok(new Place(1, Optional.empty(), 0)));
  }

  @Override
  protected Handled<Place> handleCall(Request request, Caller caller, Place place) {
    return switch (request) {
      case Progress progress -> reply(progress, caller, place, place);
    };
  }

  @Override
  protected Handled<Place> handleInfo(Object message, Place place) {
    return message == Next.STEP ? step(place) : noReply(place);
  }

  /** A shard that cannot be had now is looked at the next time. */
  private Handled<Place> step(Place place) {
    DatabaseWorker.Prune prune =
        new DatabaseWorker.Prune(place.after(), Instant.now().minus(kept), MOST);
    return switch (GroupCommit.ask(DatabaseWorker.of(place.shard()), prune, PATIENCE)) {
      case Stored.Done<Pruned>(long _, Pruned(int records, var after, boolean isEnd)) -> {
        long dropped = place.dropped() + records;
        yield isEnd
            ? nextShard(place.shard(), dropped)
            : again(PAUSE, noReply(new Place(place.shard(), after, dropped)));
      }
      case Stored.Unavailable<Pruned> _, Stored.Unknown<Pruned> _ ->
          nextShard(place.shard(), place.dropped());
    };
  }

  private Handled<Place> nextShard(int shard, long dropped) {
    return shard == shards
        ? again(EVERY, noReply(new Place(1, Optional.empty(), dropped)))
        : again(PAUSE, noReply(new Place(shard + 1, Optional.empty(), dropped)));
  }

  private static <V> V again(Duration time, V handled) {
    Processes.sendAfter(time, Processes.self(), Next.STEP);
    return handled;
  }
}
