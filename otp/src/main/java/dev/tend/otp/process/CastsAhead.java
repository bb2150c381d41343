package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Casts that followed each other in a mailbox and that the process has taken out together, so that
 * it takes its lock once for all of them. To everybody else they wait as before: they are counted,
 * keep their places where the mailbox is bounded, go back before the process looks into its mailbox
 * for something else, and are lost when it dies. Only of its own thread, but for {@link #size}.
 */
final class CastsAhead {
  private static final int MOST = 64;
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(CastsAhead.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Signal first;

  /** Through {@link #COUNT}. */
  private int count;

  /** Of the casts that are first in the mailbox; holds the process's lock. */
  void take(Mailbox mailbox) {
    int before = mailbox.size();
    first = mailbox.pollCasts(MOST);
    COUNT.setOpaque(this, before - mailbox.size());
  }

  @Nullable Signal poll() {
    Signal next = first;
    if (next != null) {
      first = next.next;
      next.next = null;
      COUNT.setOpaque(this, count - 1);
    }
    return next;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** All of them; holds the process's lock. */
  void giveBack(Mailbox mailbox) {
    Signal oldest = first;
    if (oldest != null) {
      mailbox.addFirst(oldest);
      clear();
    }
  }

  void clear() {
    first = null;
    COUNT.setOpaque(this, 0);
  }

  /** By any thread. */
  int size() {
    return (int) COUNT.getOpaque(this);
  }
}
