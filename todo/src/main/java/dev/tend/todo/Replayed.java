package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.TodoList;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of earlier times as they were replayed of late: who reads one in pages has it replayed
 * once, and who has no patience for all of a long journal goes on from there. What a list was at a
 * revision never changes within an incarnation; so nothing of it has to be taken back. It goes
 * before memory gets short.
 *
 * @param since the revision where its history began: what was replayed from another beginning is
 *     not gone on from
 */
record Replayed(ListId list, String incarnation, long since, SoftReference<TodoList> then) {
  private static final int MOST = 16;

  /** The one that was wanted last is the first. */
  private static final Deque<Replayed> KEPT = new ArrayDeque<>();

  /** The nearest that is not past a revision. */
  static Optional<TodoList> before(CatalogEntry list, long since, long revision) {
    synchronized (KEPT) {
      @Nullable Replayed nearest = null;
      @Nullable TodoList found = null;
      for (Replayed one : KEPT) {
        @Nullable TodoList then = one.isOf(list, since) ? one.then().get() : null;
        if (then != null
            && then.revision() <= revision
            && (found == null || found.revision() < then.revision())) {
          nearest = one;
          found = then;
        }
      }
      if (nearest != null) {
        KEPT.remove(nearest);
        KEPT.addFirst(nearest);
      }
      return Optional.ofNullable(found);
    }
  }

  static void keep(CatalogEntry list, long since, TodoList then) {
    synchronized (KEPT) {
      KEPT.addFirst(new Replayed(list.id(), list.incarnation(), since, new SoftReference<>(then)));
      if (KEPT.size() > MOST) {
        KEPT.removeLast();
      }
    }
  }

  private boolean isOf(CatalogEntry of, long from) {
    return list.equals(of.id()) && incarnation.equals(of.incarnation()) && since == from;
  }
}
