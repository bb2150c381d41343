package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
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
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Folded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which lists exist: alone in opening the catalogue's file, on a platform thread of its own. What
 * it has once read or made it keeps in two tables, which clients read without asking it.
 */
public final class Catalog
    extends GroupCommit<CatalogFile, CatalogWish, Catalogued, Catalog.Request<?>> {
  public static final ServerName<Catalog> NAME = ServerName.local("todo_catalog");
  private static final SetName<Owned, CatalogEntry> BY_NAME = new SetName<>("todo_catalog_names");
  private static final SetName<ListId, CatalogEntry> BY_ID = new SetName<>("todo_catalog_ids");

  private static final int SEARCHED_AT_ONCE = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ListStore store;

  private record Owned(String owner, String name) {}

  /** What it is asked. */
  public sealed interface Request<R> extends Call<Catalog, R> {}

  record Change(CatalogWish wish, Deadline deadline) implements Request<Stored<Catalogued>> {}

  record Find(ListId id) implements Request<Stored<Optional<CatalogEntry>>> {}

  record Page(String owner, boolean trash, CatalogPlace after, int limit)
      implements Request<Stored<List<CatalogEntry>>> {}

  record Search(String owner, boolean trash, String folded, CatalogPlace after, int limit)
      implements Request<Stored<Optional<List<CatalogEntry>>>> {}

  record Count() implements Request<Stored<Long>> {}

  /** Lets the file stand still for a moment. */
  record Hold(UUID standstill) implements Request<Stored<UUID>> {}

  private Catalog(ListStore store) {
    super("catalog");
    this.store = store;
  }

  static StartResult<Catalog> startLink(ListStore store) {
    return GenServer.startLink(new Catalog(store), StartOptions.named(NAME).onPlatformThread());
  }

  // ---- in the client ----

  /**
   * Carries out a wish, durably; safe to repeat with the same command id. Not begun too late. A
   * list's running server hears of it at the next request, or from {@link ListClient#adopt}.
   */
  public static Stored<Catalogued> change(CatalogWish wish, Deadline deadline) {
    return ask(NAME, new Change(wish, deadline), deadline.left());
  }

  /** The list of that name, if it has been seen since the catalogue's process started. */
  static Optional<CatalogEntry> known(String owner, String name) {
    return BY_NAME.lookup(new Owned(owner, name));
  }

  /** The list of that id, in the trash or not, if it has been seen since the process started. */
  static Optional<CatalogEntry> known(ListId id) {
    return BY_ID.lookup(id);
  }

  /**
   * The list of that id; none if it is in the trash. Asks the process only for one not seen before.
   */
  public static Stored<Optional<CatalogEntry>> find(ListId id, Deadline deadline) {
    Stored<Optional<CatalogEntry>> found = entry(id, deadline);
    return found instanceof Stored.Done<Optional<CatalogEntry>>(long epoch, var entry)
        ? new Stored.Done<>(epoch, entry.filter(list -> !list.isDeleted()))
        : found;
  }

  /** The same, in the trash or not. */
  static Stored<Optional<CatalogEntry>> entry(ListId id, Deadline deadline) {
    Optional<CatalogEntry> known = known(id);
    return known.isPresent()
        ? new Stored.Done<>(0, known)
        : ask(NAME, new Find(id), deadline.left());
  }

  /**
   * An owner's lists by name, after a place, at most so many; always from the file.
   *
   * @param trash those in the trash instead of those that are not
   */
  public static Stored<List<CatalogEntry>> page(
      String owner, boolean trash, CatalogPlace after, int limit) {
    return ask(NAME, new Page(owner, trash, after, limit), PATIENCE);
  }

  /**
   * Those of {@link #page} whose names contain a text, whatever the case, with or without accents.
   * A text of three letters or more that few names contain is found at once, however many lists
   * there are; any other by reading pages until enough are found.
   *
   * @param text if empty, all are found
   */
  public static Stored<List<CatalogEntry>> search(
      String owner, boolean trash, String text, CatalogPlace after, int limit) {
    String folded = Folded.of(text);
    return folded.isEmpty()
        ? page(owner, trash, after, limit)
        : switch (ask(NAME, new Search(owner, trash, folded, after, limit), PATIENCE)) {
          case Stored.Done<Optional<List<CatalogEntry>>>(long epoch, var found) ->
              found.isPresent()
                  ? new Stored.Done<>(epoch, found.get())
                  : searchPages(owner, trash, folded, after, limit);
          case Stored.Unavailable<Optional<List<CatalogEntry>>>(Hindrance why) ->
              new Stored.Unavailable<>(why);
          case Stored.Unknown<Optional<List<CatalogEntry>>>(Hindrance why) ->
              new Stored.Unknown<>(why);
        };
  }

  /** The process has time for others in between. */
  private static Stored<List<CatalogEntry>> searchPages(
      String owner, boolean trash, String folded, CatalogPlace after, int limit) {
    List<CatalogEntry> found = new ArrayList<>();
    CatalogPlace place = after;
    while (true) {
      Stored<List<CatalogEntry>> answer = page(owner, trash, place, SEARCHED_AT_ONCE);
      if (!(answer instanceof Stored.Done<List<CatalogEntry>>(long epoch, var page))) {
        return answer;
      }
      page.stream()
          .filter(list -> list.nameContains(folded))
          .limit(limit - (long) found.size())
          .forEach(found::add);
      if (page.size() < SEARCHED_AT_ONCE || found.size() == limit) {
        return new Stored.Done<>(epoch, found);
      }
      place = CatalogPlace.of(page.getLast());
    }
  }

  /** How many lists there are; O(that), from the file. */
  public static Stored<Long> count() {
    return ask(NAME, new Count(), PATIENCE);
  }

  // ---- in the process ----

  @Override
  protected Init<State<CatalogFile, CatalogWish, Catalogued>> init() {
    Table.newSet(BY_NAME, Access.PROTECTED, Catalog::named);
    Table.newSet(BY_ID, Access.PROTECTED, CatalogEntry::id);
    return super.init();
  }

  @Override
  protected Handled<State<CatalogFile, CatalogWish, Catalogued>> handleCall(
      Request<?> request, Caller caller, State<CatalogFile, CatalogWish, Catalogued> state) {
    return switch (request) {
      case Change change when change.deadline().hasPassed() ->
          refuse(to(caller, change), Hindrance.TOO_LATE, state);
      case Change change -> write(change.wish(), to(caller, change), state);
      case Find find ->
          read(
              to(caller, find),
              state,
              file -> {
                Optional<CatalogEntry> entry = file.find(find.id());
                entry.ifPresent(Catalog::remember);
                return entry;
              });
      case Search search ->
          read(
              to(caller, search),
              state,
              file ->
                  file.containing(
                      search.owner(),
                      search.trash(),
                      search.folded(),
                      search.after(),
                      search.limit()));
      case Count count -> read(to(caller, count), state, CatalogFile::count);
      case Hold hold -> hold(hold.standstill(), to(caller, hold), state);
      case Page page ->
          read(
              to(caller, page),
              state,
              file -> file.page(page.owner(), page.trash(), page.after(), page.limit()));
    };
  }

  @Override
  protected void committed(List<Catalogued> answers) {
    for (Catalogued answer : answers) {
      switch (answer) {
        case Catalogued.Entered(CatalogEntry entry) -> {
          remember(entry);
          Subscriptions.tell(new ListEvent.Catalogued(entry));
        }
        case Catalogued.Exists(CatalogEntry entry) -> remember(entry);
        case Catalogued.Repeated _,
            Catalogued.NameTaken _,
            Catalogued.NoSuchList _,
            Catalogued.Stale _,
            Catalogued.KeyReused _ -> {}
      }
    }
  }

  /** The name that it had leads nowhere before the one that it has leads to it. */
  private static void remember(CatalogEntry entry) {
    SetTable<Owned, CatalogEntry> names = BY_NAME.whereis().orElseThrow();
    known(entry.id())
        .map(Catalog::named)
        .filter(old -> !old.equals(named(entry)) || entry.isDeleted())
        .ifPresent(names::delete);
    BY_ID.whereis().orElseThrow().insert(entry);
    if (!entry.isDeleted()) {
      names.insert(entry);
    }
  }

  private static Owned named(CatalogEntry entry) {
    return new Owned(entry.owner(), entry.name());
  }

  @Override
  protected int changes(List<CatalogWish> wishes, List<Catalogued> answers) {
    return (int) answers.stream().filter(Catalogued.Entered.class::isInstance).count();
  }

  @Override
  protected int file() {
    return Damage.CATALOG;
  }

  /**
   * The opening before this one may have made a change durable and not have lived to tell of it. So
   * what a running list goes by is read anew, and subscribers hear that they may have missed
   * something.
   */
  @Override
  protected CatalogFile open() throws StoreException {
    CatalogFile file = store.openCatalog();
    try {
      for (ListId list : inUse()) {
        file.find(list).ifPresent(Catalog::remember);
      }
      Subscriptions.tell(new ListEvent.Reopened());
      return file;
    } catch (StoreException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Those with a running server. What is known of others is forgotten: it is asked for anew. */
  private static Set<ListId> inUse() {
    Set<ListId> lists = running();
    BY_ID.whereis().stream()
        .flatMap(Table::rows)
        .filter(entry -> !lists.contains(entry.id()))
        .forEach(Catalog::forget);
    // One that has begun meanwhile may have seen what was known until now.
    lists.addAll(running());
    return lists;
  }

  private static Set<ListId> running() {
    Set<ListId> lists = new HashSet<>();
    for (ProcessRegistry.Registration held : ProcessRegistry.registrations()) {
      if (held.key() instanceof ProcessRegistry.ListKey(ListId list)) {
        lists.add(list);
      }
    }
    return lists;
  }

  private static void forget(CatalogEntry entry) {
    BY_NAME.whereis().orElseThrow().deleteObject(entry);
    BY_ID.whereis().orElseThrow().delete(entry.id());
  }

  @Override
  protected long epochOf(CatalogFile file) {
    return file.epoch();
  }

  @Override
  protected List<Catalogued> commit(CatalogFile file, List<CatalogWish> wishes)
      throws StoreException {
    return file.commit(wishes);
  }
}
