package dev.tend.otp.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process as the receiver of its messages: what it takes out of its mailbox next, what it waits
 * for, and the calls that it owes an answer.
 */
abstract class Receiver extends Scheduled implements Unsettled {
  final TimeSource time;

  // Guarded by this.
  final Mailbox mailbox = new Mailbox();
  final Unanswered unanswered = new Unanswered();
  final Idleness idleness = new Idleness();

  // Only the process's own thread of the moment.
  final CastsAhead ahead = new CastsAhead();
  @Nullable Duration idle;
  boolean hibernates;

  Receiver(Turns turns, StartOptions options, TimeSource time) {
    super(turns, options);
    this.time = time;
  }

  /**
   * Lets everything in the inbox act. Holds the lock.
   *
   * @return what it leaves, if it has died of that; to be settled without the lock
   */
  abstract @Nullable Estate absorb(Due due);

  /** It has nothing to do, and waits as its last callback asked for. Holds the lock. */
  abstract void beginIdleness();

  // ---- what comes in ----

  /** Takes a place in a bounded mailbox, where one is needed. What is sent to the dead fits. */
  final boolean admit(Signal signal) {
    return takePlace(signal, options.mailboxLimit()) || exitReason() != null;
  }

  @Override
  void left(Signal signal) {
    freePlace(signal, options.mailboxLimit());
  }

  @Override
  public void settleOnce(Due due) {
    Estate estate;
    boolean ready;
    synchronized (this) {
      estate = absorb(due);
      ready = !mailbox.isEmpty() || idleness.isTimedOut();
    }
    if (estate != null) {
      estate.settle(due);
    } else if (ready) {
      wake();
    }
  }

  /** About how many messages wait, without its lock. */
  @SuppressWarnings("GuardedBy")
  int waiting() {
    return ahead.size() + mailbox.size() + countInbox();
  }

  // ---- a behaviour's next event ----

  /** How it waits for its next event. Writes only what is new: who sends reads what is near. */
  final void waits(@Nullable Duration atMost, boolean hibernating) {
    if (idle != atMost) {
      idle = atMost;
    }
    if (hibernates != hibernating) {
      hibernates = hibernating;
    }
  }

  /**
   * The next event for a behaviour; marks a call as begun. If none comes for as long as {@code
   * idle} says, that is an {@link Event.IdleTimeout}; null: for ever.
   *
   * @param lingers how often it yields before it rests
   * @param talk whether it looks for a message before it yields
   * @return null if this thread has nothing more to do; another one then goes on with it
   */
  @Nullable Event nextEvent(int lingers, Conversation talk) {
    Signal next = ahead.poll();
    if (next != null) {
      requireAlive();
      left(next);
      return next.event();
    }
    int yields = options.platformThread() ? 0 : lingers;
    boolean looks = yields > 0 && talk.isToLook();
    Due due = new Due();
    while (true) {
      Estate estate = null;
      synchronized (this) {
        requireAlive();
        Signal signal = nextInLine();
        if (signal == null && hasMail()) {
          estate = absorb(due);
          signal = estate == null ? nextInLine() : null;
        }
        if (estate == null) {
          if (signal != null || isTimeUp()) {
            idleness.ends();
            return signal == null ? new Event.IdleTimeout() : signal.event();
          }
          if (yields == 0) {
            beginIdleness();
            rest();
          }
        }
      }
      if (estate != null) {
        estate.settle(due);
        due.settle();
        requireAlive();
      } else if (looks) {
        looks = false;
        talk.look();
      } else if (yields > 0) {
        yields--;
        linger();
      } else if (!wakesItself()) {
        if (!keepsThread()) {
          return null;
        }
        parkUntilWoken();
      }
    }
  }

  /** Before it looks into its mailbox for something else. */
  private void giveBackAhead() {
    if (!ahead.isEmpty()) {
      synchronized (this) {
        requireAlive();
        ahead.giveBack(mailbox);
      }
    }
  }

  /** Whether the idle time asked for is over; of no time at all, if nothing is there now. */
  private boolean isTimeUp() {
    return idleness.isTimedOut() || (idle != null && idle.isZero() && !hasMail());
  }

  /** Takes the next signal out of the mailbox. Holds the lock. */
  private @Nullable Signal nextInLine() {
    Signal signal = turns.next(mailbox);
    while (signal != null && !begin(signal)) {
      signal = turns.next(mailbox);
    }
    if (signal instanceof Signal.CastSignal) {
      ahead.take(mailbox);
    }
    return signal;
  }

  /** Takes note that a signal has left the mailbox; false for a call that has been withdrawn. */
  private boolean begin(Signal signal) {
    left(signal);
    if (signal instanceof PendingCall call) {
      if (!call.begin()) {
        return false;
      }
      unanswered.add(call);
    }
    return true;
  }

  // ---- selective receive ----

  /**
   * Selective receive: the first message that the matcher gives a value for. Others stay, in order.
   *
   * @return null if none came in time
   */
  <R> @Nullable R receive(Function<Object, @Nullable R> matcher, Duration timeout) {
    giveBackAhead();
    long end = time.momentAfter(timeout);
    boolean lingers = !options.platformThread();
    Signal seen = null;
    int chunk = 1;
    while (true) {
      if (hasMail()) {
        new Due().settle(this);
      }
      List<Signal> fresh;
      synchronized (this) {
        requireAlive();
        fresh = mailbox.after(seen, chunk);
        parks(fresh.isEmpty() && !lingers);
      }
      chunk = 64;
      for (Signal signal : fresh) {
        R found = matcher.apply(signal.seen());
        if (found != null) {
          if (take(signal)) {
            return found;
          }
          seen = null;
          break;
        }
        seen = signal;
      }
      if (fresh.isEmpty()) {
        if (end - time.nanoTime() <= 0) {
          parks(false);
          if (!hasMail() && isLastInLine(seen)) {
            return null;
          }
          continue;
        }
        if (lingers) {
          lingers = false;
          linger();
        } else if (!hasMail()) {
          Room.require();
          time.parkUntil(end, this, () -> hasMail() || !isResting());
          Thread.interrupted();
        }
        parks(false);
      }
    }
  }

  /** Another thread may have moved something from the inbox into the mailbox meanwhile. */
  private synchronized boolean isLastInLine(@Nullable Signal seen) {
    return mailbox.after(seen, 1).isEmpty();
  }

  /**
   * Takes this signal out of the mailbox, unless its matcher has (by {@code demonitor}); false if
   * it is a withdrawn call.
   */
  private synchronized boolean take(Signal signal) {
    requireAlive();
    if (!mailbox.has(signal)) {
      return true;
    }
    mailbox.remove(signal);
    return begin(signal);
  }

  /** Removes the messages that a condition holds for. Holds the lock. */
  void flush(Predicate<Object> condition) {
    for (Signal signal : mailbox.after(null, Integer.MAX_VALUE)) {
      if (condition.test(signal.seen())) {
        mailbox.remove(signal);
        left(signal);
      }
    }
  }

  // ---- answers ----

  /** A call that no longer waits. */
  synchronized void forget(PendingCall call) {
    unanswered.remove(call);
  }

  /** Gives the answers of a step, all or (if the process has died) none. */
  void answer(Step step) {
    if (!step.hasReplies()) {
      return;
    }
    PendingCall only = step.onlyCall();
    if (only != null) {
      ProcessCore asker = answer(only, step.onlyValue());
      forgetAnothers(only);
      if (asker != null) {
        new Due().settle(asker);
      }
      return;
    }
    Due due = new Due();
    List<Step.Reply> replies = step.replies();
    synchronized (this) {
      for (Step.Reply reply : replies) {
        due.add(answer(reply.to(), reply.value()));
      }
    }
    replies.forEach(reply -> forgetAnothers(reply.to()));
    due.settle();
  }

  private synchronized @Nullable ProcessCore answer(PendingCall call, @Nullable Object value) {
    requireAlive();
    if (call.isPutTo(this)) {
      unanswered.remove(call);
    }
    return call.answer(value);
  }

  /**
   * Where one server answers what another was asked, that one forgets it; without this one's lock.
   */
  private void forgetAnothers(PendingCall call) {
    if (!call.isPutTo(this)) {
      call.forget();
    }
  }
}
