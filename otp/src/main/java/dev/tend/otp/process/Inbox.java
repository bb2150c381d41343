package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What has been put to a process and not been looked at: a lock-free stack of signals, linked by
 * {@code previous}; and how many places of a bounded mailbox are taken, those of the mailbox
 * included.
 */
abstract class Inbox {
  private static final VarHandle NEWEST;
  private static final VarHandle PLACES_TAKEN;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEWEST = lookup.findVarHandle(Inbox.class, "newest", Signal.class);
      PLACES_TAKEN = lookup.findVarHandle(Inbox.class, "placesTaken", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Signal newest;

  /**
   * What has been taken from there and not been dealt with: it stays here if a stack overflow comes
   * between. Guarded by the process's lock.
   */
  @Nullable Signal taken;

  private volatile int placesTaken;

  /** A chain that was the inbox, linked both ways. */
  record Chain(Signal oldest, Signal newest, int length, boolean isPlain) {}

  final boolean hasMail() {
    return newest != null || taken != null;
  }

  /** Puts a signal on the inbox. Takes no lock, blocks never. */
  final void push(Signal signal) {
    Signal head;
    do {
      head = newest;
      signal.previous = head;
    } while (!NEWEST.compareAndSet(this, head, signal));
  }

  /** Takes everything out, and keeps it as {@link #taken}; null if there is nothing. */
  final @Nullable Chain takeInbox() {
    Signal fresh = (Signal) NEWEST.getAndSet(this, null);
    if (fresh != null) {
      if (taken != null) {
        Signal first = fresh;
        while (first.previous != null) {
          first = first.previous;
        }
        first.previous = taken;
      }
      taken = fresh;
    }
    Signal head = firstSent(taken);
    taken = head;
    if (head == null) {
      return null;
    }
    int length = 1;
    boolean isPlain = head.isPlain();
    Signal oldest = head;
    for (Signal before = before(oldest); before != null; before = before(oldest)) {
      before.next = oldest;
      isPlain &= before.isPlain();
      length++;
      oldest = before;
    }
    return new Chain(oldest, head, length, isPlain);
  }

  private @Nullable Signal before(Signal signal) {
    Signal before = firstSent(signal.previous);
    signal.previous = before;
    return before;
  }

  /** What the dead have not sent is left out. */
  private @Nullable Signal firstSent(@Nullable Signal signal) {
    Signal sent = signal;
    while (sent != null && !sent.isSent()) {
      Room.require();
      if (sent.drop()) {
        left(sent);
      }
      sent = sent.previous;
    }
    return sent;
  }

  /** A signal is in the inbox and the mailbox no more. */
  abstract void left(Signal signal);

  final int countInbox() {
    int count = 0;
    for (Signal signal = newest; signal != null; signal = signal.previous) {
      count++;
    }
    return count;
  }

  /** Takes a place in a bounded mailbox, where the signal needs one; false if none is left. */
  final boolean takePlace(Signal signal, int limit) {
    if (limit == StartOptions.UNBOUNDED || !signal.takesPlace()) {
      return true;
    }
    Room.require();
    int before;
    do {
      before = placesTaken;
      if (before >= limit) {
        return false;
      }
    } while (!PLACES_TAKEN.compareAndSet(this, before, before + 1));
    return true;
  }

  /** Gives back the place of a signal that has left the mailbox. */
  final void freePlace(Signal signal, int limit) {
    if (limit != StartOptions.UNBOUNDED && signal.takesPlace()) {
      PLACES_TAKEN.getAndAdd(this, -1);
    }
  }
}
