package dev.tend.otp.process;

/**
 * Room on the stack, for steps that a stack overflow must not leave half done. Whoever begins one
 * asks first: if there is too little left the overflow comes then, when nothing has been done.
 *
 * <p>The JDK needs it too: an overflow within its own start or {@code unpark} of a virtual thread
 * loses that thread for good, and within those or a timed wait it may leave a lock of the scheduler
 * locked.
 */
final class Room {
  /** For all that an operation does, chains of deaths included: they are loops. */
  private static final int FRAMES = 96;

  /** For one change of a shared map. */
  private static final int FEW_FRAMES = 16;

  static {
    Rehearsal.perform();
  }

  private Room() {}

  /**
   * @throws StackOverflowError if there is not enough for an operation on processes
   */
  static void require() {
    var _ = down(FRAMES, 1, 2, 3, 4);
  }

  /**
   * @throws StackOverflowError if there is not enough for a step of a few calls
   */
  static void requireSome() {
    var _ = down(FEW_FRAMES, 1, 2, 3, 4);
  }

  /** All of this is needed after the call, so it is kept on the stack. */
  private static long down(int frames, long a, long b, long c, long d) {
    return frames == 0 ? a : down(frames - 1, b, c, d, a) + a + b + c + d;
  }
}
