package dev.tend.otp.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that a process has taken up and not answered. Guarded by its lock. */
final class Unanswered {
  /** With so many put aside it looks for those whose callers are dead. */
  private static final int FIRST_SWEEP = 64;

  /** The one taken up last: mostly it is answered before the next. */
  private @Nullable PendingCall inHand;

  /** Those before that, once there was one. */
  private @Nullable Mailbox aside;

  private int sweepAt = FIRST_SWEEP;

  void add(PendingCall call) {
    if (inHand != null) {
      putAside(inHand);
    }
    inHand = call;
  }

  /** A server that hears of its caller's death may never answer: such calls must not gather. */
  private void putAside(PendingCall call) {
    Mailbox calls = aside;
    if (calls == null) {
      calls = new Mailbox();
      aside = calls;
    }
    call.isPutAside = true;
    calls.add(call);
    if (calls.size() >= sweepAt) {
      for (Signal signal : calls.after(null, Integer.MAX_VALUE)) {
        if (signal instanceof PendingCall waiting && waiting.hasDeadClient()) {
          remove(waiting);
        }
      }
      sweepAt = Math.max(FIRST_SWEEP, 2 * calls.size());
    }
  }

  /** Nothing if it is not among them. */
  void remove(PendingCall call) {
    if (call == inHand) {
      inHand = null;
    } else if (call.isPutAside && aside != null) {
      call.isPutAside = false;
      aside.remove(call);
    }
  }

  /** In the order in which they were taken up. */
  List<Signal> takeAll() {
    List<Signal> all = new ArrayList<>(aside == null ? List.of() : aside.takeAll());
    if (inHand != null) {
      all.add(inHand);
      inHand = null;
    }
    return all;
  }
}
