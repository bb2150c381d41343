package dev.tend.todo;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool: who checks the files, the catalogue's process, and one worker a shard, each restarted
 * by itself; and the {@link Pruner} where history is not kept for ever.
 */
public final class Database {
  public static final ServerName<Supervisor> NAME = ServerName.local("todo_database");

  private Database() {}

  static StartResult<Supervisor> startLink(TodoConfig config) {
    ListStore store = config.store();
    List<ChildSpec> children = new ArrayList<>();
    children.add(
        ChildSpec.worker("DatabaseCheck", () -> DatabaseCheck.startLink(store, config.check())));
    children.add(ChildSpec.worker("Catalog", () -> Catalog.startLink(store)));
    for (int n = 1; n <= store.shards(); n++) {
      int shard = n;
      children.add(
          ChildSpec.worker(
              new ProcessRegistry.WorkerKey(shard), () -> DatabaseWorker.startLink(store, shard)));
    }
    config
        .history()
        .ifPresent(kept ->
            children.add(ChildSpec.worker("Pruner", () -> Pruner.startLink(store.shards(), kept))));
    Flags flags = new Flags(Strategy.ONE_FOR_ONE, 3 * children.size(), Duration.ofSeconds(30));
    return Supervisor.startLink(flags, children, StartOptions.named(NAME));
  }

  /** What of the stored lists cannot be reached at this moment, in words; empty if all can. */
  public static List<String> unavailable() {
    try {
      List<String> reasons = new ArrayList<>();
      why("the catalogue", Catalog.find(ListId.random(), Deadline.in(Duration.ofSeconds(1))))
          .ifPresent(reasons::add);
      for (ChildInfo child : Supervisor.whichChildren(NAME).reversed()) {
        if (child.id() instanceof ProcessRegistry.WorkerKey(int shard)) {
          why("shard " + shard, DatabaseWorker.probe(shard)).ifPresent(reasons::add);
        }
      }
      return reasons;
    } catch (CallFailed restarting) {
      return List.of("the database is restarting");
    }
  }

  /**
   * A file that is not used, for it is damaged, or could not be opened when it was tried last.
   *
   * @param what {@code the catalogue}, or {@code shard 1}
   * @param reason in words, and what to do about it
   */
  public record Closed(String what, String reason) {}

  /** What is closed at this moment. No process is asked. */
  public static List<Closed> closed() {
    SortedMap<Integer, String> reasons = new TreeMap<>();
    Shut.all().forEach(shut -> reasons.put(shut.file(), shut.reason()));
    Damage.all().forEach(found -> reasons.put(found.file(), found.reason()));
    return reasons.entrySet().stream()
        .map(entry -> new Closed(Damage.name(entry.getKey()), entry.getValue()))
        .toList();
  }

  /**
   * Looks through a shard's whole file at once, and not only when its turn comes.
   *
   * @return what is wrong with it
   */
  public static Optional<String> check(int shard, Duration patience) {
    return DatabaseCheck.NAME.call(new DatabaseCheck.Look(shard), patience);
  }

  private static Optional<String> why(String what, Stored<?> answer) {
    return switch (answer) {
      case Stored.Done<?> done -> Optional.empty();
      case Stored.Unavailable<?>(Hindrance why) -> Optional.of(what + ": " + why.sentence());
      case Stored.Unknown<?>(Hindrance why) -> Optional.of(what + ": " + why.sentence());
    };
  }
}
