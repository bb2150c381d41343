package dev.tend.todo;

import dev.tend.otp.process.Processes;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brings entries from one list to another, which no single commit can do: the source has recorded
 * that an entry leaves, the target adds it, the source removes it; each step under a command id
 * that is made of the first one's, so that any of them can be repeated. Whoever asked drives it; if
 * it does not get to the end, the source's server does, whenever it loads and every few seconds. A
 * crash may leave a copy for a moment, never a loss.
 */
public final class Moves {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Moves() {}

  /**
   * Moves an entry.
   *
   * @return {@link Outcome.Changed} of the target, with the entry as it is there; {@link
   *     Outcome.NoSuchList} if the one list is not there or the other; {@link Outcome.Unknown} if
   *     it is under way still, and will go on by itself
   */
  public static Outcome move(ListId from, Command command, int id, ListId to) {
    if (from.equals(to)) {
      return new Outcome.NothingToDo();
    }
    boolean there = !(ListClient.read(to) instanceof Reading.NoSuchList);
    Outcome leaving = ListClient.call(from, new TodoServer.Move(command, id, to, there));
    return leaving instanceof Outcome.Changed changed && changed.entry() != null
        ? drive(
            from,
            new Change.Leaving(id, Draft.of(changed.entry()), to.value()),
            command.origin(),
            command.deadline())
        : leaving;
  }

  /** What has begun by these records. */
  static Set<Version.Leaving> begunBy(List<JournalRecord> records) {
    Set<Version.Leaving> begun = new HashSet<>();
    for (JournalRecord record : records) {
      if (record.change() instanceof Change.Leaving what) {
        begun.add(new Version.Leaving(what, record.origin()));
      }
    }
    return begun;
  }

  /** Drives moves that are under way, in a process of their own. */
  static void resume(ListId from, Collection<Version.Leaving> leaving) {
    if (!leaving.isEmpty()) {
      List<Version.Leaving> all = List.copyOf(leaving);
      Processes.spawn(
          () -> all.forEach(one -> drive(from, one.what(), one.origin(), Deadline.in(PATIENCE))));
    }
  }

  private static Outcome drive(
      ListId from, Change.Leaving leaving, Origin origin, Deadline deadline) {
    Command arrive = step(origin, deadline);
    Outcome arrival =
        ListClient.call(new ListId(leaving.to()), new TodoServer.Add(arrive, leaving.what()));
    return switch (arrival) {
      case Outcome.Changed arrived -> {
        Command leave = step(part(origin, " left"), deadline);
        yield switch (ListClient.call(from, new TodoServer.Arrived(leave, leaving.id()))) {
          case Outcome.Changed _ -> arrived;
          case Outcome.NoSuchEntry _ -> unlessItStays(arrived, from, leaving, origin, deadline);
          default -> new Outcome.Unknown("the entry is in both lists for a moment");
        };
      }
      case Outcome.Unavailable _, Outcome.Unknown _ ->
          new Outcome.Unknown("the entry is on its way");
      case Outcome.NoSuchList _,
          Outcome.NoSuchEntry _,
          Outcome.Stale _,
          Outcome.KeyReused _,
          Outcome.NothingToDo _,
          Outcome.Full _ -> {
        Command stay = step(staying(origin), deadline);
        yield switch (ListClient.call(from, new TodoServer.Stay(stay, leaving.id()))) {
          // It is driven on, and the target may take it yet.
          case Outcome.Unavailable _, Outcome.Unknown _ ->
              new Outcome.Unknown("the entry is on its way");
          case Outcome.NoSuchEntry _ -> arrivedBefore(leaving, origin, deadline).orElse(arrival);
          default -> arrival;
        };
      }
    };
  }

  /** What has arrived in a list that was deleted since. */
  private static Optional<Outcome> arrivedBefore(
      Change.Leaving leaving, Origin origin, Deadline deadline) {
    return Catalog.entry(new ListId(leaving.to()), deadline)
                instanceof Stored.Done<Optional<CatalogEntry>>(long _, var target)
            && target.isPresent()
            && Loader.made(target.get(), origin, deadline)
                instanceof Stored.Done<Optional<JournalRecord>>(long _, var record)
        ? record.map(one -> Judge.outcomeOf(target.get(), one))
        : Optional.empty();
  }

  /**
   * Of an entry that has arrived and is not on its way any more. Where another driver was refused
   * by the target, it stays, and what arrived is taken back, unless somebody has changed it since.
   */
  private static Outcome unlessItStays(
      Outcome.Changed arrived,
      ListId from,
      Change.Leaving leaving,
      Origin origin,
      Deadline deadline) {
    Command stay = step(staying(origin), deadline);
    return switch (ListClient.call(from, new TodoServer.Stay(stay, leaving.id()))) {
      case Outcome.Changed _ -> {
        Entry there = Objects.requireNonNull(arrived.entry(), "an addition has its entry");
        Command back = new Command(part(origin, " back"), Set.of(arrived.etag()), deadline);
        ListClient.call(new ListId(leaving.to()), new TodoServer.Delete(back, there.id()));
        yield new Outcome.KeyReused();
      }
      case Outcome.Unavailable _, Outcome.Unknown _ ->
          new Outcome.Unknown("the entry may be in both lists");
      default -> arrived;
    };
  }

  /** Under what a move ends that the other list does not take. */
  static Origin staying(Origin origin) {
    return part(origin, " stays");
  }

  /** Whether something is done under a part of that move's key. */
  static boolean isStep(Origin step, Origin move) {
    return step.actor().equals(move.actor()) && step.commandId().startsWith(move.commandId() + " ");
  }

  /** With a blank, which no client's key has. */
  private static Origin part(Origin origin, String suffix) {
    return new Origin(
        origin.actor(), origin.channel(), origin.commandId() + suffix, origin.bodyHash());
  }

  private static Command step(Origin origin, Deadline deadline) {
    return new Command(origin, Set.of(), deadline);
  }
}
