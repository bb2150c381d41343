package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be put into a process's inbox. A signal is its own queue node: {@code previous} links
 * the inbox, {@code next} and {@code previous} the mailbox; it is in one of them at a time.
 */
abstract class Signal {
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(Signal.class, "word", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int SENT = 0;
  private static final int OPEN = 1;
  private static final int VOID = 2;
  private static final int DROPPED = 3;
  private static final int SPINS = 100;

  @Nullable Signal next;
  @Nullable Signal previous;

  /** Through {@link #WORD} where it is in an inbox. */
  private int word = SENT;

  /**
   * Its sender will say, when it has been put into the inbox, whether that came before its death.
   */
  final void open() {
    word = OPEN;
  }

  /** The sender's word, without which the receiver goes no further. */
  final void decide(boolean sent) {
    WORD.setRelease(this, sent ? SENT : VOID);
  }

  /** Once, of what has not been sent. */
  final boolean drop() {
    boolean first = word == VOID;
    word = DROPPED;
    return first;
  }

  /** Whether it was sent by a living process: its word is waited for, it follows at once. */
  @SuppressWarnings("ThreadPriorityCheck")
  final boolean isSent() {
    for (int spins = 1; ; spins++) {
      int now = (int) WORD.getAcquire(this);
      if (now != OPEN) {
        return now == SENT;
      }
      if (spins % SPINS == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** What a receiver sees of it; only messages, casts and calls are ever seen. */
  Object seen() {
    throw new IllegalStateException("acts on arrival: " + this);
  }

  /** The same as an event for a behaviour. */
  Event event() {
    return new Event.Info(seen());
  }

  /** Whether it needs a place in a bounded mailbox; what the runtime itself tells always fits. */
  boolean takesPlace() {
    return false;
  }

  /** Whether all that it does is to wait in the mailbox. */
  final boolean isPlain() {
    return !(this instanceof OnArrival) && !(this instanceof AliasMessage);
  }

  /** Acts on its receiver as soon as it arrives, whatever the receiver is doing. */
  abstract static class OnArrival extends Signal {}

  /** What the runtime puts into a mailbox: EXIT, DOWN, answers, timers. */
  static class Message extends Signal {
    private final Object payload;

    Message(Object payload) {
      this.payload = payload;
    }

    @Override
    Object seen() {
      return payload;
    }
  }

  /** A message that a program sends. */
  static final class Sent extends Message {
    Sent(Object payload) {
      super(payload);
    }

    @Override
    boolean takesPlace() {
      return true;
    }
  }

  /** A message through an alias, which may have been taken back. */
  static final class AliasMessage extends Message {
    final Alias alias;

    AliasMessage(Alias alias, Object payload) {
      super(payload);
      this.alias = alias;
    }

    @Override
    boolean takesPlace() {
      return !alias.isForReply();
    }
  }

  static final class CastSignal extends Signal {
    final Cast<?> message;

    CastSignal(Cast<?> message) {
      this.message = message;
    }

    @Override
    boolean takesPlace() {
      return true;
    }

    @Override
    Object seen() {
      return event();
    }

    @Override
    Event event() {
      return new Event.Told(message);
    }
  }

  /** {@code sys:terminate/2}: end in an orderly way when this is reached in line. */
  static final class StopSignal extends Signal {
    final ExitReason reason;

    StopSignal(ExitReason reason) {
      this.reason = reason;
    }

    @Override
    Object seen() {
      return event();
    }

    @Override
    Event event() {
      return new Event.Stop(reason);
    }
  }

  /**
   * The idle time that a behaviour asked for has passed, if it still waits under this very token.
   */
  static final class IdleSignal extends OnArrival {}

  /** The same for {@link StartOptions#hibernateAfter}. */
  static final class HibernateSignal extends OnArrival {}

  /** {@code erlang:send_after/3}: the receiver keeps the timer. */
  static final class TimerSignal extends OnArrival {
    final Timer timer;
    final Duration delay;

    TimerSignal(Timer timer, Duration delay) {
      this.timer = timer;
      this.delay = delay;
    }
  }

  /** The receiver is to hold something, if it can be had and the receiver lives. */
  static final class HoldSignal extends OnArrival {
    final Holding holding;
    private final Supplier<Boolean> acquire;
    private boolean acquired;
    private @Nullable Throwable thrown;

    HoldSignal(Holding holding, Supplier<Boolean> acquire) {
      this.holding = holding;
      this.acquire = acquire;
    }

    /** In the receiver; what is thrown concerns the sender alone. */
    boolean acquire() {
      try {
        acquired = acquire.get();
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
      return acquired;
    }

    /** In the sender, once the receiver is settled. */
    boolean acquired() {
      return switch (thrown) {
        case RuntimeException exception -> throw exception;
        case Error error -> throw error;
        case null, default -> acquired;
      };
    }
  }

  /** The receiver has become the holder of something. */
  static final class HandoverSignal extends OnArrival {
    final Handover handover;

    HandoverSignal(Handover handover) {
      this.handover = handover;
    }
  }

  static final class LetGoSignal extends OnArrival {
    final Holding holding;

    LetGoSignal(Holding holding) {
      this.holding = holding;
    }
  }

  /** The starter waits no longer: kills a process whose start has not been decided. */
  static final class StartTimeout extends OnArrival {}

  /** {@code exit(Pid, Reason)}. */
  static final class ExitSignal extends OnArrival {
    final Pid<?> from;
    final ExitReason reason;

    ExitSignal(Pid<?> from, ExitReason reason) {
      this.from = from;
      this.reason = reason;
    }
  }

  /** The exit signal of a link; acts only where the link still stands. */
  static final class LinkExit extends OnArrival {
    final ProcessCore from;
    final ExitReason reason;

    LinkExit(ProcessCore from, ExitReason reason) {
      this.from = from;
      this.reason = reason;
    }
  }

  static final class LinkSignal extends OnArrival {
    final ProcessCore from;
    final Object link;

    LinkSignal(ProcessCore from, Object link) {
      this.from = from;
      this.link = link;
    }
  }

  static final class UnlinkSignal extends OnArrival {
    final ProcessCore from;
    final Object link;

    UnlinkSignal(ProcessCore from, Object link) {
      this.from = from;
      this.link = link;
    }
  }

  /** The other side of a link is gone without a word: its start failed. */
  static final class LinkForgotten extends OnArrival {
    final ProcessCore peer;

    LinkForgotten(ProcessCore peer) {
      this.peer = peer;
    }
  }

  static final class MonitorSignal extends OnArrival {
    final MonitorRef ref;

    MonitorSignal(MonitorRef ref) {
      this.ref = ref;
    }
  }

  static final class DemonitorSignal extends OnArrival {
    final MonitorRef ref;

    DemonitorSignal(MonitorRef ref) {
      this.ref = ref;
    }
  }

  static final class DownSignal extends OnArrival {
    final MonitorRef ref;
    final ExitReason reason;

    DownSignal(MonitorRef ref, ExitReason reason) {
      this.ref = ref;
      this.reason = reason;
    }
  }
}
