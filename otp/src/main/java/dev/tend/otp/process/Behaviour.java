package dev.tend.otp.process;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** What it keeps from event to event, for {@code Sys} and for reports ({@code sys:get_state}). */
  default @Nullable Object state() {
    return null;
  }

  /** How many children it has restarted, if it restarts any. Unlike the rest, from any thread. */
  default int restarts() {
    return 0;
  }

  /**
   * What it supervises, if it is a supervisor; from any thread too.
   *
   * @param most how many children are shown
   */
  default Optional<Supervision> supervision(int most) {
    return Optional.empty();
  }

  /** Takes another state, as {@link #state} gave it or made of that ({@code sys:replace_state}). */
  default void replaceState(@Nullable Object next) {
    throw new UnsupportedOperationException(kind() + " does not let its state be replaced");
  }

  /** What of its status may be shown to people ({@code format_status}): all of it. */
  default Status<?> formatStatus(Status<?> status) {
    return status;
  }

  /**
   * What it is, for reports and pictures: {@code "GenServer"}, {@code "Supervisor one_for_one"}.
   */
  default String kind() {
    return getClass().getSimpleName();
  }
}
