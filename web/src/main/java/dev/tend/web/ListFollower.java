package dev.tend.web;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.registry.UnknownRegistry;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.History;
import dev.tend.todo.ListClient;
import dev.tend.todo.ListEvent;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.Subscriptions;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.web.ListEvents.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The process behind one stream: what it has written of each list that it is about.
 *
 * <p>Implementation note. It blocks while the client does not read; what its bounded mailbox does
 * not hold meanwhile is lost to it. That does no harm: it knows the last revision that it has
 * written of each list, and whatever does not follow that one makes it read the rest from the
 * journal. So a change is written once and in order, whoever died in between. A list whose server
 * dies is woken, for it may have made a change durable and died before it told.
 */
final class ListFollower {
  /** The message after which it writes no more. */
  static final Object END = new Object();

  private static final Object NOTHING = new Object();

  /** An incarnation that no list has. */
  private static final String NEVER = "";

  private static final int PAGE = 200;
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATER = Duration.ofSeconds(2);

  private final List<Position> positions;
  private final Feeds feeds;
  private final EventWriter out;

  /** Of each list that it is about, what has been written. */
  private final Map<ListId, Position> written = new HashMap<>();

  /** Of those, the lists begun without a position of which no change has been heard yet. */
  private final Set<ListId> unheard = new HashSet<>();

  private final Map<Pid<?>, ListId> watched = new HashMap<>();

  /** The lists that do not answer, and why, where it is known. */
  private final Map<ListId, Optional<Hindrance>> down = new HashMap<>();

  /** The lists that will be looked after. */
  private final Set<ListId> due = new HashSet<>();

  ListFollower(List<Position> positions, Feeds feeds, EventWriter out) {
    this.positions = positions;
    this.feeds = feeds;
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    try {
      Subscriptions.subscribeToCatalog(Command.LOCAL);
      positions.forEach(position -> Subscriptions.subscribe(position.list()));
    } catch (UnknownRegistry restarting) {
      return; // The client comes back.
    }
    out.event("hello", "", "{}");
    for (Position position : positions) {
      // Before the journal is read: a server that dies after that may have made a change durable.
      boolean served = watch(position.list());
      begin(position);
      if (!served && TodoCache.rests(position.list())) {
        look(position.list());
      }
      beat();
    }
    while (true) {
      if (isBehind()) {
        written.keySet().forEach(list -> again(list, SOON));
      }
      Object message = Processes.receive(beat(), any -> any).orElse(NOTHING);
      if (message == END || message instanceof ListEvent.Reopened) {
        return; // In the second case the client comes back, and reads which lists there are.
      }
      handle(message);
    }
  }

  /** What found no room may have been the last that was told: then no later one shows the gap. */
  private static boolean isBehind() {
    return Processes.info(Processes.self())
        .filter(me -> me.mailbox() > me.mailboxLimit() / 2)
        .isPresent();
  }

  /**
   * Tells that it is there, if it has told nothing for long.
   *
   * @return when that has to be done next
   */
  private Duration beat() throws IOException, InterruptedException {
    Duration pause = feeds.beat(BEAT);
    if (out.silence().compareTo(pause) >= 0) {
      out.beat();
    }
    Duration left = pause.minus(out.silence());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void handle(Object message) throws IOException, InterruptedException {
    switch (message) {
      case ListEvent.Changed(CatalogEntry list, List<JournalRecord> records) ->
          changed(list, records);
      case ListEvent.Loaded(CatalogEntry list, long revision) -> {
        found(list.id());
        catchUp(list.id(), revision);
      }
      case ListEvent.Rests(ListId list) -> look(list);
      case ListEvent.Catalogued(CatalogEntry list) -> {
        out.event("list", "", View.of(list).toString());
        comesBack(list);
      }
      case Down(var _, Pid<?> pid, ExitReason reason) -> ended(pid, reason);
      case Look(ListId list) -> {
        due.remove(list);
        look(list);
      }
      default -> {}
    }
  }

  // ---- changes ----

  private void begin(Position wanted) throws IOException, InterruptedException {
    ListId id = wanted.list();
    switch (History.head(id, Deadline.in(PATIENCE))) {
      case History.Answer.NoSuchList<Long>() -> gone(id);
      case History.Answer.Unavailable<Long>(Hindrance _) -> {
        written.put(id, wanted);
        again(id, LATER);
      }
      case History.Answer.Found<Long>(CatalogEntry list, Long head) -> {
        Position now = new Position(id, list.incarnation(), head);
        if (wanted.incarnation() == null && !written.containsKey(id)) {
          written.put(id, now);
          unheard.add(id);
        } else if (!list.incarnation().equals(wanted.incarnation()) || wanted.revision() > head) {
          reset(now); // Also where it could not be read at first: what has come since is not known.
        } else {
          written.put(id, wanted);
          catchUp(id, head);
        }
      }
    }
  }

  /**
   * The client's picture of a list cannot be brought up to date by changes: it reads the list,
   * which is at this position at least, and then hears of what follows.
   */
  private void reset(Position now) throws IOException, InterruptedException {
    written.put(now.list(), now);
    tellReset(now.list());
  }

  private void gone(ListId list) throws IOException, InterruptedException {
    written.remove(list);
    tellReset(list);
  }

  private void tellReset(ListId list) throws IOException, InterruptedException {
    unheard.remove(list);
    out.event("reset", "", Json.object().put("list", list.value()).toString());
  }

  /** Whoever was told that a list is gone reads it anew when it has left the trash. */
  private void comesBack(CatalogEntry list) throws IOException, InterruptedException {
    boolean isGone =
        !written.containsKey(list.id())
            && positions.stream().anyMatch(position -> position.list().equals(list.id()));
    if (isGone && !list.isDeleted()) {
      begin(new Position(list.id(), NEVER, 0));
    }
  }

  private void changed(CatalogEntry list, List<JournalRecord> records)
      throws IOException, InterruptedException {
    @Nullable Position position = written.get(list.id());
    if (position == null) {
      return;
    }
    long first = records.getFirst().revision();
    if (unheard.remove(list.id()) && first <= position.revision()) {
      // It happened after the greeting, and before the journal was looked at.
      written.put(list.id(), new Position(list.id(), list.incarnation(), first - 1));
    }
    if (position.incarnation() != null && first <= position.revision() + 1) {
      write(list, records);
    } else {
      catchUp(list.id(), records.getLast().revision());
    }
  }

  private void write(CatalogEntry list, List<JournalRecord> records)
      throws IOException, InterruptedException {
    for (JournalRecord record : records) {
      @Nullable Position position = written.get(list.id());
      if (position != null && record.revision() == position.revision() + 1) {
        String id = list.id() + ":" + list.incarnation() + "-" + record.revision();
        out.event("change", id, View.of(record).put("list", list.id().value()).toString());
        written.put(list.id(), new Position(list.id(), list.incarnation(), record.revision()));
      }
    }
  }

  /** Writes what the journal has after what has been written, up to a revision at least. */
  private void catchUp(ListId id, long head) throws IOException, InterruptedException {
    @Nullable Position position = written.get(id);
    while (position != null && position.revision() < head) {
      if (position.incarnation() == null) {
        begin(position);
        return;
      }
      switch (History.after(id, position.revision(), PAGE, Deadline.in(PATIENCE))) {
        case History.Answer.NoSuchList<List<JournalRecord>>() -> gone(id);
        case History.Answer.Unavailable<List<JournalRecord>>(Hindrance _) -> {
          again(id, LATER);
          return;
        }
        case History.Answer.Found<List<JournalRecord>>(
                CatalogEntry list,
                List<JournalRecord> records) -> {
          if (!list.incarnation().equals(position.incarnation())) {
            begin(position);
            return;
          } else if (records.isEmpty()) {
            reset(new Position(id, list.incarnation(), head));
          } else {
            write(list, records);
          }
        }
      }
      position = written.get(id);
    }
  }

  // ---- servers ----

  /** False if it has no server now. */
  private boolean watch(ListId list) {
    Optional<Pid<?>> server = ProcessRegistry.whereis(new ProcessRegistry.ListKey(list));
    server
        .filter(running -> watched.putIfAbsent(running, list) == null)
        .ifPresent(Processes::monitor);
    return server.isPresent();
  }

  /** Its server answered. If it has died since, nobody has told why: it is woken. */
  private void found(ListId list) throws IOException, InterruptedException {
    if (watch(list)) {
      up(list);
    } else {
      again(list, SOON);
    }
  }

  /** An idle list stops when it has told everything. Any other is woken: it may have not. */
  private void ended(Pid<?> server, ExitReason reason) throws IOException, InterruptedException {
    @Nullable ListId list = watched.remove(server);
    if (list != null && !(reason instanceof ExitReason.Normal)) {
      if (down.putIfAbsent(list, Optional.empty()) == null) {
        out.event("down", "", Json.object().put("list", list.value()).toString());
      }
      again(list, SOON);
    }
  }

  private void look(ListId list) throws IOException, InterruptedException {
    @Nullable Position position = written.get(list);
    if (position == null) {
      return;
    }
    switch (ListClient.read(list)) {
      case Reading.NoSuchList() -> gone(list);
      case Reading.Unavailable(Hindrance why, Duration retryAfter) -> {
        down(list, why, retryAfter);
        again(list, LATER);
      }
      case Reading.Found(Published published) -> {
        found(list);
        if (position.incarnation() == null) {
          begin(position);
        } else {
          catchUp(list, published.list().revision());
        }
      }
    }
  }

  /** Tells that a list does not answer, why, and when to ask again. */
  private void down(ListId list, Hindrance why, Duration retryAfter)
      throws IOException, InterruptedException {
    if (!Optional.of(why).equals(down.put(list, Optional.of(why)))) {
      ObjectNode data =
          Json.object()
              .put("list", list.value())
              .put("reason", why.sentence())
              .put("hindrance", why.kind().word())
              .put("retryAfter", Refusal.seconds(retryAfter));
      out.event("down", "", data.toString());
    }
  }

  private void up(ListId list) throws IOException, InterruptedException {
    if (down.remove(list) != null) {
      out.event("up", "", Json.object().put("list", list.value()).toString());
    }
  }

  private void again(ListId list, Duration time) {
    if (due.add(list)) {
      Processes.sendAfter(time, Processes.self(), new Look(list));
    }
  }

  /** It is time to look after a list. */
  private record Look(ListId list) {}
}
