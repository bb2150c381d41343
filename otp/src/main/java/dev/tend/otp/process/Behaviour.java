package dev.tend.otp.process;

/**
 * The seat of a behaviour, for those who write one of their own ({@code proc_lib} and {@code sys});
 * programs use {@code GenServer} and {@code Supervisor}. All methods run in the process, one at a
 * time.
 *
 * <p>What a method throws ends the process with that reason; of the step it was about nothing
 * happens.
 */
public interface Behaviour {

  /** Runs first; the starter waits for what it decides. */
  Initialised init() throws Exception;

  /** Handles one event. What it returns takes effect whole, or not at all if the process died. */
  Step handle(Event event) throws Exception;

  /**
   * Runs before an orderly end and after a throw; not if the process is killed or dies of a signal
   * that it does not trap.
   */
  void terminate(ExitReason reason) throws Exception;

  /** The requests it answers; others are refused in the caller. */
  default Class<?> requests() {
    return Call.class;
  }

  /** The casts it takes; others are refused in the sender. */
  default Class<?> casts() {
    return Cast.class;
  }

  /**
   * What it is, for reports and pictures: {@code "GenServer"}, {@code "Supervisor one_for_one"}.
   */
  default String kind() {
    return getClass().getSimpleName();
  }
}
