package dev.tend.todo;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Pruned;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Writes and reads the journals of one shard, on a platform thread of its own. */
public final class DatabaseWorker
    extends GroupCommit<Shard, Append, Appended, DatabaseWorker.Request<?>> {
  private final ListStore store;
  private final int shard;

  /** What it is asked. */
  public sealed interface Request<R> extends Call<DatabaseWorker, R> {}

  /** Adds records to a journal; answered when they are durable. */
  record Write(Append append) implements Request<Stored<Appended>> {}

  /** A page of a journal. */
  record Page(ListId list, long after, int limit) implements Request<Stored<List<JournalRecord>>> {}

  /** The record of one revision. */
  record One(ListId list, long revision) implements Request<Stored<Optional<JournalRecord>>> {}

  /** The newest records before a revision; about one entry, or 0 for all. */
  record Backwards(ListId list, int entry, long before, int limit)
      implements Request<Stored<List<JournalRecord>>> {}

  /** What a list was where its history begins. */
  record Foundation(ListId list, long after, int limit)
      implements Request<Stored<List<JournalRecord>>> {}

  /** The revision that a list had at a time. */
  record RevisionAt(ListId list, Instant time) implements Request<Stored<OptionalLong>> {}

  /** Drops old records. */
  record Prune(Optional<ListId> after, Instant before, int most)
      implements Request<Stored<Pruned>> {}

  /** What a journal has made of its list, but for the entries. */
  record StandingOf(ListId list) implements Request<Stored<Standing>> {}

  /** A page of a list's entries. */
  record Entries(ListId list, int after, int limit) implements Request<Stored<List<Entry>>> {}

  /** The newest commands before a revision, descending. */
  record Commands(ListId list, long before, int limit) implements Request<Stored<List<Made>>> {}

  /** The last revision of a journal. */
  record Head(ListId list) implements Request<Stored<Long>> {}

  /** Lets the file stand still for a moment. */
  record Hold(UUID standstill) implements Request<Stored<UUID>> {}

  private DatabaseWorker(ListStore store, int shard) {
    super("shard-" + shard);
    this.store = store;
    this.shard = shard;
  }

  /** Where the worker of a shard is reached. */
  public static ServerName<DatabaseWorker> of(int shard) {
    return ServerName.via(ProcessRegistry.VIA, new ProcessRegistry.WorkerKey(shard));
  }

  /** Whether a shard's worker answers from its file, within a second. */
  static Stored<Long> probe(int shard) {
    return ask(of(shard), new Head(ListId.random()), Duration.ofSeconds(1));
  }

  static StartResult<DatabaseWorker> startLink(ListStore store, int shard) {
    return GenServer.startLink(
        new DatabaseWorker(store, shard), StartOptions.named(of(shard)).onPlatformThread());
  }

  @Override
  protected Handled<State<Shard, Append, Appended>> handleCall(
      Request<?> request, Caller caller, State<Shard, Append, Appended> state) {
    return switch (request) {
      case Write write -> write(write.append(), to(caller, write), state);
      case Page page ->
          read(to(caller, page), state, file -> file.read(page.list(), page.after(), page.limit()));
      case One one -> read(to(caller, one), state, file -> file.record(one.list(), one.revision()));
      case Backwards back ->
          read(
              to(caller, back),
              state,
              file -> file.history(back.list(), back.entry(), back.before(), back.limit()));
      case Foundation page ->
          read(
              to(caller, page),
              state,
              file -> file.foundation(page.list(), page.after(), page.limit()));
      case RevisionAt at ->
          read(to(caller, at), state, file -> file.revisionAt(at.list(), at.time()));
      case Prune prune ->
          read(
              to(caller, prune),
              state,
              file -> file.prune(prune.after(), prune.before(), prune.most()));
      case StandingOf of -> read(to(caller, of), state, file -> file.standing(of.list()));
      case Entries page ->
          read(
              to(caller, page),
              state,
              file -> file.entries(page.list(), page.after(), page.limit()));
      case Commands page ->
          read(
              to(caller, page),
              state,
              file -> file.commands(page.list(), page.before(), page.limit()));
      case Hold hold -> hold(hold.standstill(), to(caller, hold), state);
      case Head head -> read(to(caller, head), state, file -> file.head(head.list()));
    };
  }

  @Override
  protected int file() {
    return shard;
  }

  @Override
  protected Shard open() throws StoreException {
    return store.openShard(shard);
  }

  @Override
  protected long epochOf(Shard file) {
    return file.epoch();
  }

  @Override
  protected List<Appended> commit(Shard file, List<Append> appends) throws StoreException {
    List<Appended> answers = file.commit(appends);
    Commits.made(appends, answers);
    return answers;
  }

  @Override
  protected int changes(List<Append> appends, List<Appended> answers) {
    return Commits.changes(appends, answers);
  }

  @Override
  protected String kind() {
    return "DatabaseWorker " + shard;
  }
}
