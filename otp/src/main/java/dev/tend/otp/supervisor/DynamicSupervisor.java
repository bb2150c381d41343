package dev.tend.otp.supervisor;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.List;

/**
 * A supervisor whose children are started on demand and know nothing of each other: Elixir's {@code
 * DynamicSupervisor}, OTP's {@code simple_one_for_one}. Children are known by pid, ids need not be
 * unique; all of them stop at once, not in order. Starting, ending and stopping one child costs the
 * same however many there are.
 */
public final class DynamicSupervisor {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private DynamicSupervisor() {}

  sealed interface Request<R> extends Call<DynamicSupervisor, R> {}

  record StartChild(ChildSpec spec) implements Request<ChildResult> {}

  record TerminateChild(Pid<?> pid) implements Request<ChildResult> {}

  record WhichChildren() implements Request<List<ChildInfo>> {}

  record CountChildren() implements Request<Counts> {}

  /** Starts it without children, as the calling process's child. */
  public static StartResult<DynamicSupervisor> startLink(
      int maxRestarts, Duration period, StartOptions options) {
    return Processes.startLink(new DynamicLoop(maxRestarts, period), options);
  }

  /** Starts a child and waits for its {@code init}; a failed one leaves nothing. */
  public static ChildResult startChild(ServerRef<DynamicSupervisor> supervisor, ChildSpec spec) {
    return supervisor.call(new StartChild(spec), FOR_EVER);
  }

  /** Stops a child as its specification says, and forgets it. */
  public static ChildResult terminateChild(ServerRef<DynamicSupervisor> supervisor, Pid<?> pid) {
    return supervisor.call(new TerminateChild(pid), FOR_EVER);
  }

  /** All children, in no particular order. O(number of children). */
  public static List<ChildInfo> whichChildren(ServerRef<DynamicSupervisor> supervisor) {
    return supervisor.call(new WhichChildren(), FOR_EVER);
  }

  public static Counts countChildren(ServerRef<DynamicSupervisor> supervisor) {
    return supervisor.call(new CountChildren(), FOR_EVER);
  }
}
