package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import java.io.Serial;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Questions about one list to the worker of its shard, one after another; the first that cannot be
 * answered now ends it.
 */
final class ShardReader {
  private final CatalogEntry list;
  private final Supplier<Duration> patience;
  private long epoch;

  private ShardReader(CatalogEntry list, Supplier<Duration> patience) {
    this.list = list;
    this.patience = patience;
  }

  /** Makes a value of the answers. */
  interface Work<V> {
    V of(ShardReader reader) throws Unread;
  }

  /** Something that cannot be had now, and why. */
  static final class Unread extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final transient Hindrance why;

    Unread(Hindrance why) {
      super(why.sentence(), null, false, false);
      this.why = why;
    }
  }

  /**
   * What the work makes, with the newest epoch that it has heard of.
   *
   * @param patience how long it waits for the next answer
   */
  static <V> Stored<V> read(CatalogEntry list, Supplier<Duration> patience, Work<V> work) {
    ShardReader reader = new ShardReader(list, patience);
    try {
      V value = work.of(reader);
      return new Stored.Done<>(reader.epoch, value);
    } catch (Unread unread) {
      return new Stored.Unavailable<>(unread.why);
    }
  }

  <V> V ask(DatabaseWorker.Request<Stored<V>> question) throws Unread {
    return switch (GroupCommit.ask(DatabaseWorker.of(list.shard()), question, patience.get())) {
      case Stored.Done<V>(long by, V value) -> {
        epoch = Math.max(epoch, by);
        yield value;
      }
      case Stored.Unavailable<V>(Hindrance why) -> throw new Unread(why);
      case Stored.Unknown<V>(Hindrance why) -> throw new Unread(why);
    };
  }
}
