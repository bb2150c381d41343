package dev.tend.todo;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A list as its clients see it: changes go to its server, found or started by {@link TodoCache};
 * reads go to what that has published, and to the server only where nothing is.
 */
public final class ListClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Reading GONE_READ =
      new Reading.Unavailable(Hindrance.LIST_RESTARTING, RETRY_AFTER);

  private static final Outcome GONE =
      new Outcome.Unavailable(Hindrance.LIST_RESTARTING, RETRY_AFTER);

  private ListClient() {}

  // ---- changes ----

  /**
   * Changes a list. Answers by the request's deadline; see {@link Outcome} for how sure one can be.
   * A request that has not been begun because its server was gone is sent once more.
   */
  public static Outcome call(ListId id, TodoServer.ChangeRequest request) {
    long began = System.nanoTime();
    Outcome outcome = attempt(id, request);
    return CallTimes.change(
        began,
        outcome == GONE && !request.command().deadline().hasPassed()
            ? attempt(id, request)
            : outcome);
  }

  /**
   * Changes a list many times, in order, each change by itself; see {@link #call}. A change that
   * was not begun because the server was gone is not put again: its outcome says that nothing
   * happened.
   *
   * @return an outcome for each request, in order
   */
  public static List<Outcome> calls(
      ListId id, List<? extends TodoServer.ChangeRequest> requests, Deadline deadline) {
    return calls(id, requests, Long.MAX_VALUE, deadline);
  }

  /**
   * The same, for someone who shows the entries that the changes leave.
   *
   * @param most how much they may weigh; once it is reached no other change is begun
   */
  public static List<Outcome> calls(
      ListId id, List<? extends TodoServer.ChangeRequest> requests, long most, Deadline deadline) {
    long began = System.nanoTime();
    return CallTimes.batch(
        began,
        switch (located(id, deadline)) {
          case Server.Runs(Pid<TodoServer> pid) -> Batch.put(pid, requests, most, deadline);
          case Server.None(Outcome why) -> Collections.nCopies(requests.size(), why);
        });
  }

  private static Outcome attempt(ListId id, TodoServer.ChangeRequest request) {
    return switch (located(id, request.command().deadline())) {
      case Server.Runs(Pid<TodoServer> pid) -> {
        try {
          yield pid.call(request, request.command().deadline().left());
        } catch (CallFailed failed) {
          yield failed(failed.why());
        }
      }
      case Server.None(Outcome why) -> why;
    };
  }

  private sealed interface Server {
    record Runs(Pid<TodoServer> pid) implements Server {}

    record None(Outcome why) implements Server {}
  }

  private static Server located(ListId id, Deadline deadline) {
    Optional<Pid<TodoServer>> running = TodoCache.lookUp(id);
    if (running.isPresent()) {
      return new Server.Runs(running.get());
    }
    return switch (Catalog.find(id, deadline)) {
      case Stored.Unavailable<Optional<CatalogEntry>>(Hindrance why) ->
          new Server.None(unavailable(why));
      case Stored.Unknown<Optional<CatalogEntry>>(Hindrance why) ->
          new Server.None(unavailable(why));
      case Stored.Done<Optional<CatalogEntry>>(long epoch, Optional<CatalogEntry> list) ->
          list.isEmpty()
              ? new Server.None(new Outcome.NoSuchList())
              : switch (TodoCache.serverProcess(list.get(), deadline)) {
                case Located.Unavailable(Hindrance why) -> new Server.None(unavailable(why));
                case Located.Resting(Duration remaining) ->
                    new Server.None(new Outcome.Unavailable(Hindrance.LIST_RESTS, remaining));
                case Located.Running(Pid<TodoServer> pid) -> new Server.Runs(pid);
              };
    };
  }

  static Outcome failed(CallFailed.Why why) {
    return switch (why) {
      case CallFailed.Refused(CallFailed.Refusal refusal) ->
          refusal == CallFailed.Refusal.MAILBOX_FULL ? unavailable(Hindrance.LIST_BUSY) : GONE;
      case CallFailed.Exit(ExitReason reason, boolean begun) ->
          begun ? new Outcome.Unknown("this list has failed meanwhile") : GONE;
      case CallFailed.Timeout(boolean begun) ->
          begun
              ? new Outcome.Unknown("the disk did not answer in time")
              : unavailable(Hindrance.LIST_BUSY);
    };
  }

  // ---- reads ----

  /**
   * A list as its living server has published it: two look-ups that never wait. None if it is in
   * the trash, if its server has not heard yet that it was renamed, or if its shard is damaged.
   */
  public static Optional<Published> published(ListId id) {
    return ProcessRegistry.published(new ProcessRegistry.ListKey(id))
        .filter(Published.class::isInstance)
        .map(Published.class::cast)
        .filter(ListClient::isUpToDate);
  }

  private static boolean isUpToDate(Published list) {
    return !list.catalog().isDeleted()
        && Damage.of(list.catalog().shard()).isEmpty()
        && Catalog.known(list.catalog().id())
            .map(entry -> entry.revision() <= list.catalog().revision())
            .orElse(true);
  }

  /**
   * Makes sure that a list's server, if one runs, goes by its catalogue entry of now, before those
   * who changed that are answered. A server that does not answer is killed: the next one knows.
   */
  public static void adopt(CatalogEntry entry, Deadline deadline) {
    TodoCache.lookUp(entry.id())
        .ifPresent(server -> {
          try {
            server.call(new TodoServer.Adopt(entry), deadline.left());
          } catch (CallFailed gone) {
            Processes.exit(server, ExitReason.KILL);
          }
        });
  }

  /** A list as it is published; or loaded first, if its server does not run. */
  public static Reading read(ListId id) {
    Optional<Published> published = published(id);
    return published.isPresent()
        ? new Reading.Found(published.get())
        : CallTimes.load(System.nanoTime(), load(id));
  }

  private static Reading load(ListId id) {
    Deadline deadline = Deadline.in(PATIENCE);
    return switch (Catalog.find(id, deadline)) {
      case Stored.Unavailable<Optional<CatalogEntry>>(Hindrance why) -> unreadable(why);
      case Stored.Unknown<Optional<CatalogEntry>>(Hindrance why) -> unreadable(why);
      case Stored.Done<Optional<CatalogEntry>>(long epoch, Optional<CatalogEntry> list) ->
          list.isEmpty()
              ? new Reading.NoSuchList()
              : loaded(list.get(), deadline)
                  .or(() -> loaded(list.get(), deadline))
                  .orElse(GONE_READ);
    };
  }

  /** Empty if its server was gone before it answered. */
  private static Optional<Reading> loaded(CatalogEntry list, Deadline deadline) {
    return switch (TodoCache.serverProcess(list, deadline)) {
      case Located.Unavailable(Hindrance why) -> Optional.of(unreadable(why));
      case Located.Resting(Duration remaining) ->
          Optional.of(new Reading.Unavailable(Hindrance.LIST_RESTS, remaining));
      case Located.Running(Pid<TodoServer> pid) -> {
        try {
          yield Optional.of(pid.call(new TodoServer.Read(), deadline.left()));
        } catch (CallFailed failed) {
          yield switch (failed.why()) {
            case CallFailed.Timeout late -> Optional.of(unreadable(Hindrance.LIST_LOADING));
            case CallFailed.Refused(CallFailed.Refusal why)
                when why == CallFailed.Refusal.MAILBOX_FULL ->
                Optional.of(unreadable(Hindrance.LIST_BUSY));
            case CallFailed.Refused noProcess -> Optional.empty();
            case CallFailed.Exit gone -> Optional.empty();
          };
        }
      }
    };
  }

  private static Reading unreadable(Hindrance why) {
    return new Reading.Unavailable(why, RETRY_AFTER);
  }

  private static Outcome unavailable(Hindrance why) {
    return new Outcome.Unavailable(why, RETRY_AFTER);
  }
}
