package dev.tend.todo;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Answered;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.ListState.Journey;
import dev.tend.todo.ListState.Loading;
import dev.tend.todo.ListState.Serving;
import dev.tend.todo.ListState.Waiting;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.TodoList;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * One process that holds one list.
 *
 * <p>Implementation note. The server keeps two versions. A change is judged by the pending one,
 * gets its revision, and joins the line; the line's records go to the shard's {@link
 * DatabaseWorker}, one append at a time, and everything that gathers meanwhile goes with the next.
 * When an append is durable the server publishes and then answers, in the order of the line. A
 * refusal that rests on a pending change waits in the line for that change. If an append was
 * refused, nothing of it and of what came after it has happened, and all who wait are told so. If
 * its end is not known, nobody is told anything until a newer opening of the shard has said what
 * the journal's head is.
 */
public final class TodoServer extends GenServer<ListState, TodoServer.Request<?>, NoCasts> {
  /**
   * How many answers may wait for the disk, and how many repetitions to be read from it; the next
   * one is refused at once.
   */
  public static final int MOST_PENDING = 256;

  /** How many records of one list go into one commit, so that others have their turn. */
  static final int MOST_IN_APPEND = 64;

  private static final Outcome UNREAD =
      new Outcome.Unknown("the answer of then cannot be read now");
  private static final Outcome UNWRITTEN =
      new Outcome.Unknown("this change still waits for the disk");

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration MOVE_AGAIN = Duration.ofSeconds(5);

  /** With the catalogue, when it loads. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a list is asked. */
  public sealed interface Request<R> extends Call<TodoServer, R> {}

  /** A request that changes the list. */
  public sealed interface ChangeRequest extends Request<Outcome> {
    Command command();
  }

  /** Adds an entry; an {@code If-Match} is about the list. */
  public record Add(Command command, Draft draft) implements ChangeRequest {}

  /** A request that changes one entry that is there. */
  public sealed interface OfEntry extends ChangeRequest {
    int id();
  }

  /** Changes fields of an entry. */
  public record Update(Command command, int id, Edit edit) implements OfEntry {}

  /** Removes an entry. */
  public record Delete(Command command, int id) implements OfEntry {}

  /**
   * Sends an entry to another list; {@link Moves} brings it there.
   *
   * @param there whether there is that list; where it is gone only a repetition is answered
   */
  record Move(Command command, int id, ListId to, boolean there) implements OfEntry {}

  /** Ends a move: the entry is in the other list. */
  record Arrived(Command command, int id) implements ChangeRequest {}

  /** Ends a move: the other list does not take the entry. */
  record Stay(Command command, int id) implements ChangeRequest {}

  /** Brings back an entry that is gone, under its own id; an {@code If-Match} is about the list. */
  record Restore(Command command, int id, Draft draft) implements ChangeRequest {}

  /** Removes all entries; an {@code If-Match} is about the list. */
  public record Clear(Command command) implements ChangeRequest {}

  /** The list as it is published, once it is loaded. */
  public record Read() implements Request<Reading> {}

  /** The same, for a server that may not know yet that its list was renamed or deleted. */
  record Adopt(CatalogEntry catalog) implements Request<Reading> {}

  private enum Again {
    LOAD,
    ASK,
    STOP
  }

  /** Moves that were under way some time ago. */
  private record Underway(Set<Version.Leaving> moves) {}

  /** How many requests may wait in line; the next one is told at once that the list is busy. */
  public static final int MAILBOX = 4_096;

  private final CatalogEntry catalog;
  private final TodoConfig config;

  private TodoServer(CatalogEntry catalog, TodoConfig config) {
    this.catalog = catalog;
    this.config = config;
  }

  static StartResult<TodoServer> startLink(CatalogEntry catalog, TodoConfig config) {
    return GenServer.startLink(
        new TodoServer(catalog, config),
        StartOptions.named(name(catalog.id())).withMailboxLimit(MAILBOX));
  }

  static ServerName<TodoServer> name(ListId id) {
    return ServerName.via(ProcessRegistry.VIA, new ProcessRegistry.ListKey(id));
  }

  // ---- loading ----

  @Override
  protected Init<ListState> init() {
    return Init.<ListState>ok(Loading.begin(now())).continueWith(Again.LOAD);
  }

  @Override
  protected Handled<ListState> handleContinue(Object step, ListState state) {
    return state instanceof Loading loading ? load(loading) : noReply(state);
  }

  /**
   * Whoever had it started may know its catalogue entry from before the catalogue died. From now
   * on, since it has its name, a catalogue that is opened reads its entry anew.
   */
  private Handled<ListState> load(Loading loading) {
    return switch (Catalog.entry(catalog.id(), Deadline.in(PATIENCE))) {
      case Stored.Done<Optional<CatalogEntry>>(long _, var entry) ->
          load(entry.orElse(catalog), loading);
      case Stored.Unavailable<Optional<CatalogEntry>>(Hindrance why) ->
          notLoaded(loading.failed(why));
      case Stored.Unknown<Optional<CatalogEntry>>(Hindrance why) -> notLoaded(loading.failed(why));
    };
  }

  private Handled<ListState> load(CatalogEntry entry, Loading loading) {
    Headroom room = new Headroom(config.memory());
    try {
      return load(entry, loading, room);
    } finally {
      room.leave();
    }
  }

  private Handled<ListState> load(CatalogEntry entry, Loading loading, Headroom room) {
    return switch (Loader.load(entry, room)) {
      case Stored.Done<Version>(long epoch, Version version) -> {
        Serving loaded = Serving.of(entry, version, epoch);
        publish(loaded);
        Headroom.grown(TodoList.empty(), version.list(), config.memory());
        Subscriptions.tell(new ListEvent.Loaded(entry, version.list().revision()));
        resume(Set.copyOf(version.leaving().values()));
        yield resting(loaded);
      }
      case Stored.Unavailable<Version>(Hindrance why) -> notLoaded(loading.failed(why));
      case Stored.Unknown<Version>(Hindrance why) -> notLoaded(loading.failed(why));
    };
  }

  /** Tries again later, less and less often, and not for ever if nobody asks. */
  private Handled<ListState> notLoaded(Loading loading) {
    if (now() - loading.asked() > config.idle().toNanos()) {
      return stop(ExitReason.NORMAL, loading);
    }
    Processes.sendAfter(loading.retry(), Processes.self(), Again.LOAD);
    return noReply(loading);
  }

  private static long now() {
    return Processes.time().nanoTime();
  }

  private void publish(Serving state) {
    ProcessRegistry.publish(key(), state.published());
  }

  /** The one that others read too, and what they have made of it. */
  private Published published(Serving state) {
    return ListClient.published(catalog.id()).orElseGet(state::published);
  }

  private ProcessRegistry.ListKey key() {
    return new ProcessRegistry.ListKey(catalog.id());
  }

  // ---- requests ----

  @Override
  protected Handled<ListState> handleCall(Request<?> request, Caller caller, ListState state) {
    return switch (state) {
      case Loading loading -> refuse(request, caller, loading.askedAt(now()), loading.why());
      case Serving serving ->
          Damage.of(catalog.shard())
              .map(reason -> refuse(request, caller, serving, Hindrance.storage(reason)))
              .orElseGet(() -> serve(request, caller, serving));
    };
  }

  private Handled<ListState> serve(Request<?> request, Caller caller, Serving state) {
    return switch (request) {
      case Read read -> read(caller.to(read), upToDate(state));
      case Adopt adopt -> read(caller.to(adopt), adopting(adopt.catalog(), state));
      case ChangeRequest change -> change(change, caller.to(change), upToDate(state));
    };
  }

  private Handled<ListState> read(ReplyTo<Reading> to, Serving state) {
    Reading reading =
        state.catalog().isDeleted()
            ? new Reading.NoSuchList()
            : new Reading.Found(published(state));
    return resting(state).andReply(to, reading);
  }

  /** The catalogue may have changed since: its table knows before anyone is answered. */
  private Serving upToDate(Serving state) {
    return Catalog.known(catalog.id()).map(entry -> adopting(entry, state)).orElse(state);
  }

  private Serving adopting(CatalogEntry entry, Serving state) {
    if (entry.revision() <= state.catalog().revision()) {
      return state;
    }
    Serving adopted = state.in(entry);
    publish(adopted);
    return adopted;
  }

  private Handled<ListState> refuse(
      Request<?> request, Caller caller, ListState state, Hindrance why) {
    return switch (request) {
      case Read read -> reply(read, caller, new Reading.Unavailable(why, RETRY_AFTER), state);
      case Adopt adopt ->
          stop(ExitReason.NORMAL, state)
              .andReply(caller.to(adopt), new Reading.Unavailable(why, RETRY_AFTER));
      case ChangeRequest change -> reply(change, caller, unavailable(why), state);
    };
  }

  private Handled<ListState> change(ChangeRequest request, ReplyTo<Outcome> to, Serving state) {
    Command command = request.command();
    if (command.deadline().hasPassed()) {
      return resting(state).andReply(to, unavailable(Hindrance.TOO_LATE));
    }
    Version pending = state.pending();
    Optional<Receipts.Receipt> before = pending.receipts().of(command.origin());
    if (before.isPresent()) {
      return isRefusedMove(request, pending)
          ? inTurn(new Waiting(null, pending.list().revision(), to, new Outcome.KeyReused()), state)
          : repeated(before.get(), request, to, state);
    }
    if (state.isFull()) {
      return resting(state).andReply(to, unavailable(Hindrance.DISK_BUSY));
    }
    return switch (Judge.of(request, state.catalog(), pending)) {
      case Judge.Refused(Outcome outcome) ->
          inTurn(new Waiting(null, pending.list().revision(), to, outcome), state);
      case Judge.Accepted(Change made) -> {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        JournalRecord record =
            new JournalRecord(pending.list().revision() + 1, now, command.origin(), made);
        Waiting waiting =
            new Waiting(record, record.revision(), to, Judge.outcomeOf(state.catalog(), record));
        yield resting(sending(state.accepting(pending.after(record, now), waiting)));
      }
    };
  }

  /** What it began has been taken back: to drive it on would leave the entry in both lists. */
  private static boolean isRefusedMove(ChangeRequest request, Version pending) {
    return request instanceof Move
        && pending.receipts().of(Moves.staying(request.command().origin())).isPresent();
  }

  /** The same command again: the same answer, from its record in the line or in the journal. */
  private Handled<ListState> repeated(
      Receipts.Receipt before, ChangeRequest request, ReplyTo<Outcome> to, Serving state) {
    long revision = before.revision();
    if (!before.bodyHash().equals(request.command().origin().bodyHash())) {
      return inTurn(new Waiting(null, revision, to, new Outcome.KeyReused()), state);
    }
    if (revision <= state.durable().list().revision()) {
      if (state.replays().size() >= MOST_PENDING) {
        return resting(state).andReply(to, UNREAD);
      }
      DatabaseWorker.One one = new DatabaseWorker.One(catalog.id(), revision);
      return resting(
          state.replaying(new ListState.Replay(sendRequest(worker(), one), before, request, to)));
    }
    Outcome outcome =
        state.line().stream()
            .filter(waiting -> waiting.record() != null && waiting.revision() == revision)
            .findFirst()
            .orElseThrow()
            .outcome();
    return inTurn(new Waiting(null, revision, to, outcome), state);
  }

  private Handled<ListState> replayed(ListState.Replay replay, Object message, Serving state) {
    Serving rest = state.replayed(replay);
    return replay.id().check(message).map(TodoServer::stored).orElseThrow()
            instanceof Stored.Done<Optional<JournalRecord>>(long _, var record)
        ? record
            .map(one -> Judge.outcomeOf(rest.catalog(), one))
            .map(outcome -> resting(rest).andReply(replay.to(), outcome))
            .orElseGet(() -> change(replay.request(), replay.to(), rest.forgetting(replay)))
        : resting(rest).andReply(replay.to(), UNREAD);
  }

  /** Answers now if what the answer rests on is durable, else when it is; if it can wait for it. */
  private Handled<ListState> inTurn(Waiting waiting, Serving state) {
    if (waiting.revision() <= state.durable().list().revision()) {
      return resting(state).andReply(waiting.to(), waiting.outcome());
    }
    return state.isFull()
        ? resting(state).andReply(waiting.to(), UNWRITTEN)
        : resting(state.waiting(waiting));
  }

  // ---- the append under way ----

  /** Sends what has gathered, unless an append is under way. */
  private Serving sending(Serving state) {
    List<JournalRecord> unwritten = state.unwritten();
    if (!(state.journey() instanceof Journey.None) || unwritten.isEmpty()) {
      return state;
    }
    List<JournalRecord> records = unwritten.subList(0, Math.min(unwritten.size(), MOST_IN_APPEND));
    Append append = new Append(catalog.id(), state.durable().list().revision(), records);
    return state.on(
        new Journey.Sent(
            sendRequest(worker(), new DatabaseWorker.Write(append)), records.getLast().revision()));
  }

  @Override
  protected Handled<ListState> handleInfo(Object message, ListState state) {
    return switch (state) {
      case Loading loading -> message == Again.LOAD ? load(loading) : noReply(loading);
      case Serving serving
          when message == Again.STOP
              && serving.isSettled()
              && serving.durable().leaving().isEmpty() ->
          stop(ExitReason.NORMAL, serving);
      case Serving serving when message instanceof Underway(Set<Version.Leaving> moves) -> {
        Set<Version.Leaving> still = new HashSet<>(serving.durable().leaving().values());
        still.retainAll(moves);
        resume(still);
        yield resting(serving);
      }
      case Serving serving
          when message instanceof Answered answered
              && serving.replays().containsKey(answered.id()) ->
          replayed(serving.replays().get(answered.id()), message, serving);
      case Serving serving ->
          switch (serving.journey()) {
            case Journey.Sent sent ->
                sent.id()
                    .check(message)
                    .map(answer -> appended(answer, sent.upTo(), serving))
                    .orElseGet(() -> resting(serving));
            case Journey.Asked asked ->
                asked
                    .id()
                    .check(message)
                    .map(answer -> headTold(answer, asked.upTo(), serving))
                    .orElseGet(() -> resting(serving));
            case Journey.Lost lost ->
                message == Again.ASK ? resting(asking(serving, lost.upTo())) : resting(serving);
            case Journey.None none -> resting(serving);
          };
    };
  }

  private Handled<ListState> appended(Answer<Stored<Appended>> answer, long upTo, Serving state) {
    return switch (stored(answer)) {
      case Stored.Done<Appended>(long epoch, Appended what) ->
          switch (what) {
            case Appended.Committed committed -> durable(state.heardOf(epoch), upTo);
            case Appended.Conflict(long head) ->
                conflict(state, head, state.durable().list().revision());
            case Appended.Refused(String reason) ->
                giveUp(state.heardOf(epoch), new Hindrance(Hindrance.Kind.OTHER, reason));
          };
      case Stored.Unavailable<Appended>(Hindrance why) -> giveUp(state, why);
      case Stored.Unknown<Appended> unknown -> resting(asking(state, upTo));
    };
  }

  private Handled<ListState> headTold(Answer<Stored<Long>> answer, long upTo, Serving state) {
    if (!(stored(answer) instanceof Stored.Done<Long>(long epoch, Long head))
        || epoch <= state.epoch()) {
      Processes.sendAfter(SOON, Processes.self(), Again.ASK);
      return resting(state.on(new Journey.Lost(upTo)));
    }
    Serving informed = state.heardOf(epoch).on(new Journey.None());
    if (head == upTo) {
      return durable(informed, upTo);
    }
    return head == state.durable().list().revision()
        ? resting(sending(informed))
        : conflict(informed, head, upTo);
  }

  private Serving asking(Serving state, long upTo) {
    return state.on(
        new Journey.Asked(sendRequest(worker(), new DatabaseWorker.Head(catalog.id())), upTo));
  }

  /** These revisions are on disk: publish, then answer, then send what has gathered. */
  private Handled<ListState> durable(Serving state, long upTo) {
    Instant now = Instant.now();
    Version durable = state.durable();
    List<JournalRecord> written = new ArrayList<>();
    for (JournalRecord record : state.unwritten()) {
      if (record.revision() <= upTo) {
        durable = durable.after(record, now);
        written.add(record);
      }
    }
    List<Waiting> due = new ArrayList<>();
    PVector<Waiting> later = TreePVector.empty();
    for (Waiting waiting : state.line()) {
      if (waiting.revision() <= upTo) {
        due.add(waiting);
      } else {
        later = later.plus(waiting);
      }
    }
    Serving next = state.durable(durable, later);
    publish(next);
    Headroom.grown(state.durable().list(), durable.list(), config.memory());
    Subscriptions.tell(new ListEvent.Changed(next.catalog(), List.copyOf(written)));
    resumeLater(Moves.begunBy(written));
    Handled<ListState> handled = resting(sending(next));
    for (Waiting waiting : due) {
      handled = handled.andReply(waiting.to(), waiting.outcome());
    }
    return handled;
  }

  /** Drives moves now, and again and again as long as they have not ended. */
  private void resume(Set<Version.Leaving> moves) {
    resumeLater(moves);
    Moves.resume(catalog.id(), moves);
  }

  private static void resumeLater(Set<Version.Leaving> moves) {
    if (!moves.isEmpty()) {
      Processes.sendAfter(MOVE_AGAIN, Processes.self(), new Underway(moves));
    }
  }

  /** Nothing of what waits has been written, and nothing of it will be. */
  private Handled<ListState> giveUp(Serving state, Hindrance why) {
    return answerAll(state, waiting -> unavailable(why), resting(state.reverted()));
  }

  /**
   * Someone else has written this list's journal: this server's picture of it is wrong.
   *
   * @param perhaps up to this revision our own append may be part of that journal
   */
  private Handled<ListState> conflict(Serving state, long head, long perhaps) {
    ExitReason reason =
        new ExitReason.Shutdown(
            "the journal's head is " + head + ", not " + state.durable().list().revision());
    return answerAll(
        state,
        waiting ->
            waiting.revision() <= perhaps
                ? new Outcome.Unknown(Hindrance.LIST_RESTARTING.sentence())
                : unavailable(Hindrance.LIST_RESTARTING),
        stop(reason, state.reverted()));
  }

  private static Handled<ListState> answerAll(
      Serving state, Function<Waiting, Outcome> answer, Handled<ListState> handled) {
    Handled<ListState> answered = handled;
    for (Waiting waiting : state.line()) {
      answered = answered.andReply(waiting.to(), answer.apply(waiting));
    }
    return answered;
  }

  // ---- rest ----

  /** Has a list's server stop, unless it has something to do; the next request reads it again. */
  static void makeRoom(Pid<?> server) {
    Processes.send(server, Again.STOP);
  }

  private Handled<ListState> resting(Serving state) {
    if (state.isSettled() && state.catalog().isDeleted()) {
      return stop(ExitReason.NORMAL, state);
    }
    Handled<ListState> handled = noReply(state);
    return state.isSettled() && state.durable().leaving().isEmpty()
        ? handled.timeout(config.idle())
        : handled;
  }

  @Override
  protected Handled<ListState> handleTimeout(ListState state) {
    return stop(ExitReason.NORMAL, state);
  }

  private ServerName<DatabaseWorker> worker() {
    return DatabaseWorker.of(catalog.shard());
  }

  private static <V> Stored<V> stored(Answer<Stored<V>> answer) {
    return switch (answer) {
      case Answer.Replied<Stored<V>>(Stored<V> stored) -> stored;
      case Answer.Failed<Stored<V>>(CallFailed.Why why) -> GroupCommit.unanswered(why);
    };
  }

  private static Outcome unavailable(Hindrance why) {
    return new Outcome.Unavailable(why, RETRY_AFTER);
  }

  @Override
  protected String kind() {
    return "TodoServer \"" + catalog.name() + "\"";
  }

  // ---- for the shell ----

  /** Adds a task and waits until it is durable. */
  public static Outcome add(Pid<TodoServer> list, java.time.LocalDate date, String title) {
    return list.call(new Add(Command.fresh("shell"), Draft.of(date, title)));
  }

  public static Outcome update(Pid<TodoServer> list, int id, Edit edit) {
    return list.call(new Update(Command.fresh("shell"), id, edit));
  }

  public static Outcome delete(Pid<TodoServer> list, int id) {
    return list.call(new Delete(Command.fresh("shell"), id));
  }

  public static Outcome clear(Pid<TodoServer> list) {
    return list.call(new Clear(Command.fresh("shell")));
  }

  /** All tasks. */
  public static List<dev.tend.todo.list.Entry> entries(Pid<TodoServer> list) {
    return List.copyOf(published(list).list().entries());
  }

  /** The tasks of a day. */
  public static List<dev.tend.todo.list.Entry> entries(
      Pid<TodoServer> list, java.time.LocalDate date) {
    return List.copyOf(published(list).list().entries(date));
  }

  private static Published published(Pid<TodoServer> list) {
    return switch (list.call(new Read())) {
      case Reading.Found(Published published) -> published;
      case Reading.NoSuchList() -> throw new NotAvailable("there is no such list");
      case Reading.Unavailable(Hindrance why, Duration retryAfter) ->
          throw new NotAvailable(why.sentence());
    };
  }
}
