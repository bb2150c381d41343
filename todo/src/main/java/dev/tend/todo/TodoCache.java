package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Story;
import dev.tend.otp.supervisor.ChildResult;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds a list's server, or has it started. What clients ask of lists goes by {@link ListClient}.
 *
 * <p>A client looks into the table itself; only a miss asks the process, which looks again, so that
 * any number of clients that ask for a new list at once get the same one. The process watches the
 * servers, takes the dead ones out of the table, and lets a list rest that keeps crashing. It never
 * waits for a disk.
 */
public final class TodoCache extends GenServer<CacheState, TodoCache.Request<?>, NoCasts> {
  public static final ServerName<TodoCache> NAME = ServerName.local("todo_cache");
  private static final SetName<ListId, Row> TABLE = new SetName<>("ets_todo_cache");

  /** For those who show it; the cache itself goes by its state. */
  private static final SetName<ListId, Resting> RESTING = new SetName<>("ets_todo_cache_resting");

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final TodoConfig config;

  private record Row(ListId list, Pid<TodoServer> pid) {}

  /** A list that is left alone after crashes, until then. */
  public record Resting(ListId list, Instant until) {}

  /** What it is asked. */
  public sealed interface Request<R> extends Call<TodoCache, R> {}

  record Locate(CatalogEntry list) implements Request<Located> {}

  private TodoCache(TodoConfig config) {
    this.config = config;
  }

  static StartResult<TodoCache> startLink(TodoConfig config) {
    return GenServer.startLink(new TodoCache(config), StartOptions.named(NAME));
  }

  // ---- in the client: servers ----

  /**
   * The server of the list of this name; the list is made if there is none. The seed's call: two
   * look-ups in tables, the second time. While part of the system restarts it waits, five seconds
   * at most.
   *
   * @throws NotAvailable if the server cannot be had even so, or the list rests after crashes
   * @throws dev.tend.todo.list.InvalidField if no list can have that name
   */
  public static Pid<TodoServer> serverProcess(String name) {
    Optional<Pid<TodoServer>> running =
        Catalog.known(Command.LOCAL, name).flatMap(list -> lookUp(list.id()));
    return running.isPresent() ? running.get() : awaitServer(name);
  }

  private static Pid<TodoServer> awaitServer(String name) {
    Deadline deadline = Deadline.in(PATIENCE);
    while (true) {
      switch (locate(name, deadline)) {
        case Located.Running(Pid<TodoServer> pid) -> {
          return pid;
        }
        case Located.Resting(Duration remaining) ->
            throw new NotAvailable("this list keeps failing and rests for " + remaining);
        case Located.Unavailable(Hindrance why) -> {
          if (deadline.hasPassed()) {
            throw new NotAvailable(why.sentence());
          }
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private static Located locate(String name, Deadline deadline) {
    Optional<CatalogEntry> known = Catalog.known(Command.LOCAL, name);
    if (known.isPresent()) {
      return serverProcess(known.get(), deadline);
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    CatalogWish wish =
        new CatalogWish.NewList(Command.LOCAL, name, now, Command.fresh("shell").origin(), true);
    return switch (Catalog.change(wish, deadline)) {
      case Stored.Done<Catalogued>(long epoch, Catalogued.Entered(CatalogEntry list)) ->
          serverProcess(list, deadline);
      case Stored.Done<Catalogued>(long epoch, Catalogued.Exists(CatalogEntry list)) ->
          serverProcess(list, deadline);
      case Stored.Done<Catalogued>(long epoch, Catalogued refused) ->
          throw new NotAvailable("the list could not be made: " + refused);
      case Stored.Unavailable<Catalogued>(Hindrance why) -> new Located.Unavailable(why);
      case Stored.Unknown<Catalogued>(Hindrance why) -> new Located.Unavailable(why);
    };
  }

  /** The server of a list that exists, running: one look-up, or a start. */
  public static Located serverProcess(CatalogEntry list, Deadline deadline) {
    Optional<Pid<TodoServer>> known = lookUp(list.id());
    if (known.isPresent()) {
      return new Located.Running(known.get());
    }
    try {
      return NAME.call(new Locate(list), deadline.left());
    } catch (CallFailed failed) {
      return new Located.Unavailable(Hindrance.PART_RESTARTING);
    }
  }

  /** The server of a list, if one runs: one look-up. */
  static Optional<Pid<TodoServer>> lookUp(ListId list) {
    return TABLE.lookup(list).map(Row::pid).filter(Pid::isAlive);
  }

  // ---- in the client: lists that rest ----

  /** The lists that rest, in no order; read from a table, whatever the cache is doing. */
  public static List<Resting> allResting() {
    Instant now = Instant.now();
    try {
      return RESTING.whereis().stream()
          .flatMap(Table::rows)
          .filter(list -> list.until().isAfter(now))
          .toList();
    } catch (BadTable vanished) {
      return List.of();
    }
  }

  /**
   * Whether a list rests: one look-up, whatever the cache is doing. It does by the time that {@link
   * ListEvent.Rests} is told.
   */
  public static boolean rests(ListId list) {
    return RESTING.lookup(list).filter(rest -> rest.until().isAfter(Instant.now())).isPresent();
  }

  // ---- in the process ----

  private static SetTable<ListId, Row> table() {
    return TABLE.whereis().orElseThrow();
  }

  /** The servers that run already are taken over: none is started twice, none restarts. */
  @Override
  protected Init<CacheState> init() {
    Table.newSet(TABLE, Access.PROTECTED, Row::list);
    Table.newSet(RESTING, Access.PROTECTED, Resting::list);
    CacheState state = CacheState.empty();
    for (ProcessRegistry.Registration held : ProcessRegistry.registrations()) {
      if (held.key() instanceof ProcessRegistry.ListKey(ListId id)) {
        state = running(id, held.pid(), state);
      }
    }
    return Init.ok(state);
  }

  @Override
  protected Handled<CacheState> handleCall(Request<?> request, Caller caller, CacheState state) {
    return switch (request) {
      case Locate locate -> {
        ListId id = locate.list().id();
        Optional<Pid<TodoServer>> known = lookUp(id);
        if (known.isPresent()) {
          yield reply(locate, caller, new Located.Running(known.get()), state);
        }
        CacheState current = withLastEnd(id, state);
        Duration rest = current.rest(id, Processes.time().nanoTime());
        yield rest.isPositive()
            ? reply(locate, caller, new Located.Resting(rest), current)
            : awake(locate, caller, current);
      }
    };
  }

  /** A crash counts before the list is started again, even if its DOWN is still on the way. */
  private static CacheState withLastEnd(ListId id, CacheState state) {
    MonitorRef last = state.watches().get(id);
    if (last == null || last.target().isAlive()) {
      return state;
    }
    Processes.demonitor(last);
    return ended(last, id, state);
  }

  private static CacheState ended(MonitorRef ref, ListId id, CacheState state) {
    table().deleteObject(new Row(id, server(ref.target())));
    CacheState next = state.notWatching(ref, id);
    return ref.target().exitReason().orElse(ExitReason.NO_PROCESS) instanceof ExitReason.Crash
        ? crashed(id, next)
        : next;
  }

  private static CacheState crashed(ListId id, CacheState state) {
    long now = Processes.time().nanoTime();
    CacheState next = state.crashed(id, now);
    Duration rest = next.rest(id, now);
    if (rest.isPositive() && !state.rest(id, now).isPositive()) {
      Resting resting = new Resting(id, Instant.now().plus(rest));
      RESTING.whereis().orElseThrow().insert(resting);
      Subscriptions.tell(new ListEvent.Rests(id));
      Story.tell(
          new Happening.Told(resting, "rests after failing " + CacheState.TOO_MANY + " times"));
    }
    return next;
  }

  private Handled<CacheState> awake(Locate locate, Caller caller, CacheState state) {
    RESTING.whereis().orElseThrow().delete(locate.list().id());
    return start(locate, caller, state);
  }

  private Handled<CacheState> start(Locate locate, Caller caller, CacheState state) {
    ChildResult result;
    try {
      result = ServerSupervisor.startChild(locate.list(), config);
    } catch (CallFailed failed) {
      return reply(locate, caller, new Located.Unavailable(Hindrance.PART_RESTARTING), state);
    }
    return switch (result) {
      case ChildResult.Started(Pid<?> pid, Object info) -> found(locate, caller, pid, state);
      case ChildResult.AlreadyStarted(Pid<?> pid) -> found(locate, caller, pid, state);
      default ->
          reply(
              locate,
              caller,
              new Located.Unavailable(
                  new Hindrance(Hindrance.Kind.OTHER, "this list could not be started: " + result)),
              state);
    };
  }

  private static Handled<CacheState> found(
      Locate locate, Caller caller, Pid<?> pid, CacheState state) {
    CacheState next = running(locate.list().id(), pid, state);
    return reply(locate, caller, new Located.Running(server(pid)), next);
  }

  private static CacheState running(ListId id, Pid<?> pid, CacheState state) {
    table().insert(new Row(id, server(pid)));
    MonitorRef watch = state.watches().get(id);
    if (watch != null && watch.target().equals(pid)) {
      return state;
    }
    return state.watching(Processes.monitor(pid), id);
  }

  @SuppressWarnings("unchecked") // only list servers are started and registered under a list's key
  private static Pid<TodoServer> server(Pid<?> pid) {
    return (Pid<TodoServer>) pid;
  }

  @Override
  protected Handled<CacheState> handleInfo(Object message, CacheState state) {
    if (!(message instanceof Down down)) {
      return noReply(state);
    }
    ListId id = state.watched().get(down.ref());
    return noReply(id == null ? state : ended(down.ref(), id, state));
  }
}
