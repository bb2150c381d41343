package dev.tend.otp.supervisor;

import java.time.Duration;

/**
 * Why a supervisor does not take its flags or the specification of a child.
 *
 * <p>A supervisor's own start fails with it, as an {@link dev.tend.otp.process.ExitReason.Term};
 * starting a child answers it, as a {@link ChildResult.BadChildSpec}, and nothing has happened.
 */
public sealed interface BadSpec {

  /** Flags ({@code supervisor_data}): the restarts allowed are negative. */
  record InvalidIntensity(int maxRestarts) implements BadSpec {}

  /** Flags ({@code supervisor_data}): the period is zero or negative. */
  record InvalidPeriod(Duration period) implements BadSpec {}

  /** Flags ({@code supervisor_data}): the children allowed are negative. */
  record InvalidMaxChildren(int maxChildren) implements BadSpec {}

  /** Children ({@code start_spec}): two have one id. */
  record DuplicateChildName(Object id) implements BadSpec {}

  /** A child ({@code start_spec}): its time to stop is negative. */
  record InvalidShutdown(Object id, Duration time) implements BadSpec {}

  /**
   * A child ({@code start_spec}) is significant, and permanent, so that it never ends; or it is
   * significant where nothing follows from that, under {@link AutoShutdown#NEVER}.
   */
  record BadCombination(Object id, Restart restart, AutoShutdown autoShutdown) implements BadSpec {}

  /** A child of a dynamic supervisor is significant. */
  record InvalidSignificant(Object id) implements BadSpec {}
}
