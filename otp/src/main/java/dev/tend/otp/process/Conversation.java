package dev.tend.otp.process;

import org.jspecify.annotations.Nullable;

/**
 * Who asks a behaviour one thing after the other, and whether the two keep in touch. Only for the
 * thread that runs it, for as long as it has that.
 *
 * <p>Who asks and who answers mostly take turns on one carrier, and each turn is a switch of
 * virtual threads. When they have come to run on two carriers neither need let go of its own: the
 * server looks for the next call, its caller for the answer, and nothing is switched. So where many
 * calls in a row came from one process, a server with nothing to do looks for a moment whether the
 * next comes meanwhile, and if it does they are in touch. They part when either looks in vain, when
 * another one calls, or when somebody waits for a carrier (decision record 0015).
 */
final class Conversation {
  /** After how many calls in a row it is tried whether they can be in touch, and tried again. */
  private static final int PAUSE = 256;

  /** How often a server looks that does not know where its caller runs: for some microseconds. */
  private static final int LOOKS_ON_TRIAL = 100;

  /** How often those do that are in touch: longer than it mostly takes to lose a core. */
  private static final int LOOKS = 1_000;

  private final Scheduled server;
  private @Nullable ProcessCore caller;

  /** Its calls since another one's. */
  private int inRow;

  /** The number of them at which it is tried next. */
  private int trial = PAUSE;

  private boolean inTouch;

  Conversation(Scheduled server) {
    this.server = server;
  }

  /** A call has come; without a caller, from no process. */
  void hears(@Nullable ProcessCore from) {
    if (from != null && from == caller) {
      inRow++;
    } else {
      part();
      caller = from;
      inRow = 0;
      trial = PAUSE;
    }
  }

  /**
   * Whether the server is to look for its next message before it lets go of its carrier; never
   * where two that keep their carriers would not hear of who waits for one.
   */
  boolean isToLook() {
    if (!Carriers.areAskedFor()) {
      return false;
    }
    if (inTouch && (server.inTouchWith == null || Carriers.areCrowded())) {
      part();
    }
    return inTouch || (inRow >= trial && !Carriers.areCrowded());
  }

  /** Waits for a message for a moment. */
  void look() {
    int looks = LOOKS;
    if (!inTouch) {
      inTouch = true;
      server.inTouchWith = caller;
      looks = LOOKS_ON_TRIAL;
    }
    for (int i = 0; i < looks && !server.hasMail(); i++) {
      Thread.onSpinWait();
    }
    if (!server.hasMail()) {
      part();
    }
  }

  private void part() {
    if (inTouch) {
      inTouch = false;
      server.inTouchWith = null;
      trial = inRow + PAUSE;
    }
  }

  /**
   * What a caller that is in touch does: looks for its answer without letting go of its carrier.
   */
  static boolean looksFor(Promise<?> answer) {
    for (int i = 0; i < LOOKS && !answer.isKept(); i++) {
      Thread.onSpinWait();
    }
    return answer.isKept();
  }
}
