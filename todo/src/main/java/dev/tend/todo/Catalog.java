package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.Created;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.NewList;
import dev.tend.todo.journal.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which lists exist: alone in opening the catalogue's file, on a platform thread of its own. What
 * it has once read or made it keeps in two tables, which clients read without asking it.
 */
public final class Catalog extends GroupCommit<CatalogFile, NewList, Created, Catalog.Request<?>> {
  public static final ServerName<Catalog> NAME = ServerName.local("todo_catalog");
  private static final SetName<Owned, CatalogEntry> BY_NAME = new SetName<>("todo_catalog_names");
  private static final SetName<ListId, CatalogEntry> BY_ID = new SetName<>("todo_catalog_ids");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ListStore store;

  private record Owned(String owner, String name) {}

  /** What it is asked. */
  public sealed interface Request<R> extends Call<Catalog, R> {}

  record Create(NewList wish, Deadline deadline) implements Request<Stored<Created>> {}

  record Find(ListId id) implements Request<Stored<Optional<CatalogEntry>>> {}

  record Page(String owner, String afterName, int limit)
      implements Request<Stored<List<CatalogEntry>>> {}

  record Count() implements Request<Stored<Long>> {}

  private Catalog(ListStore store) {
    this.store = store;
  }

  static StartResult<Catalog> startLink(ListStore store) {
    return GenServer.startLink(new Catalog(store), StartOptions.named(NAME).onPlatformThread());
  }

  // ---- in the client ----

  /** Creates a list, durably; safe to repeat with the same command id. Not begun too late. */
  public static Stored<Created> create(NewList wish, Deadline deadline) {
    return ask(NAME, new Create(wish, deadline), deadline.left());
  }

  /** The list of that name, if it has been seen since the catalogue's process started. */
  static Optional<CatalogEntry> known(String owner, String name) {
    return BY_NAME.lookup(new Owned(owner, name));
  }

  /** The list of that id; asks the process only for one not seen before. */
  public static Stored<Optional<CatalogEntry>> find(ListId id, Deadline deadline) {
    Optional<CatalogEntry> known = BY_ID.lookup(id);
    return known.isPresent()
        ? new Stored.Done<>(0, known)
        : ask(NAME, new Find(id), deadline.left());
  }

  /** An owner's lists by name, after one, at most so many; always from the file. */
  public static Stored<List<CatalogEntry>> page(String owner, String afterName, int limit) {
    return ask(NAME, new Page(owner, afterName, limit), PATIENCE);
  }

  /** How many lists there are; O(that), from the file. */
  public static Stored<Long> count() {
    return ask(NAME, new Count(), PATIENCE);
  }

  // ---- in the process ----

  @Override
  protected Init<State<CatalogFile, NewList, Created>> init() {
    Table.newSet(BY_NAME, Access.PROTECTED, entry -> new Owned(entry.owner(), entry.name()));
    Table.newSet(BY_ID, Access.PROTECTED, CatalogEntry::id);
    return super.init();
  }

  @Override
  protected Handled<State<CatalogFile, NewList, Created>> handleCall(
      Request<?> request, Caller caller, State<CatalogFile, NewList, Created> state) {
    return switch (request) {
      case Create create when create.deadline().hasPassed() ->
          read(
              to(caller, create),
              state,
              file -> {
                throw new StoreException.Unavailable("the request came too late", null);
              });
      case Create create -> write(create.wish(), to(caller, create), state);
      case Find find ->
          read(
              to(caller, find),
              state,
              file -> {
                Optional<CatalogEntry> entry = file.find(find.id());
                entry.ifPresent(Catalog::remember);
                return entry;
              });
      case Count count -> read(to(caller, count), state, CatalogFile::count);
      case Page page ->
          read(
              to(caller, page),
              state,
              file -> file.page(page.owner(), page.afterName(), page.limit()));
    };
  }

  @Override
  protected void committed(List<Created> answers) {
    for (Created created : answers) {
      if (created instanceof Created.Made(CatalogEntry entry, boolean fresh)) {
        remember(entry);
      }
    }
  }

  private static void remember(CatalogEntry entry) {
    BY_NAME.whereis().orElseThrow().insert(entry);
    BY_ID.whereis().orElseThrow().insert(entry);
  }

  @Override
  protected CatalogFile open() throws StoreException {
    return store.openCatalog();
  }

  @Override
  protected long epochOf(CatalogFile file) {
    return file.epoch();
  }

  @Override
  protected List<Created> commit(CatalogFile file, List<NewList> wishes) throws StoreException {
    return file.create(wishes);
  }
}
