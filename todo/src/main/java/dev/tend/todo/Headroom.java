package dev.tend.todo;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.ShardReader.Unread;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import dev.tend.todo.list.Weight;
import java.util.Comparator;
import java.util.List;

/**
 * Room in memory for a list that is loaded. Where all lists have more than their share, the largest
 * ones are asked to stop, as idle ones do; the next request reads them again.
 *
 * <p>Most lists are small, and cost nothing here: all are summed up only for one that has another
 * MiB. Large ones are read one after the other, each to its end, if it has not more than the share
 * alone. So the share is not more than a third of the memory: for those that are there, for the one
 * that comes, and for all else.
 */
final class Headroom {
  private static final long STEP = 1 << 20;
  private static final long AROUND_AN_ENTRY = 200;

  /** Whoever has it reads a large list. */
  private static final Object TURN = new Turn();

  private record Turn() {
    @Override
    public String toString() {
      return "the turn of large lists";
    }
  }

  private final long share;
  private long size;
  private boolean hasTurn;

  /** For the calling process, which loads one list. */
  Headroom(long share) {
    this.share = share;
  }

  /** For some more entries. */
  void require(List<Entry> entries) throws Unread {
    entries.forEach(entry -> size += AROUND_AN_ENTRY + Weight.of(entry));
    if (size >= STEP && !hasTurn) {
      hasTurn = ProcessRegistry.VIA.register(TURN, Processes.self());
      if (!hasTurn || isMissing(share)) {
        throw new Unread(Hindrance.NO_ROOM);
      }
    }
    if (size > Math.max(share, STEP)) {
      throw new Unread(Hindrance.TOO_LARGE);
    }
  }

  /** The list is published, or is not to be. */
  void leave() {
    if (hasTurn) {
      ProcessRegistry.VIA.unregister(TURN);
    }
  }

  /** Makes room if a list that the calling process has published has grown by a step. */
  static void grown(TodoList before, TodoList now, long share) {
    if (of(now) / STEP > of(before) / STEP) {
      isMissing(share);
    }
  }

  /** Whether there is none; then it is made, by the largest lists of others. */
  private static boolean isMissing(long share) {
    List<Held> all =
        ProcessRegistry.registrations().stream()
            .filter(held -> held.value() instanceof Published)
            .map(held -> new Held(held.pid(), of(((Published) held.value()).list())))
            .sorted(Comparator.comparingLong(Held::size).reversed())
            .toList();
    long over = all.stream().mapToLong(Held::size).sum() - share;
    boolean isMissing = over > 0;
    for (Held list : all) {
      if (over > 0 && list.pid() != Processes.self()) {
        TodoServer.makeRoom(list.pid());
        over -= list.size();
      }
    }
    return isMissing;
  }

  private record Held(Pid<?> pid, long size) {}

  private static long of(TodoList list) {
    return list.weight() + AROUND_AN_ENTRY * list.size();
  }
}
