package dev.tend.otp.supervisor;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Step;
import org.jspecify.annotations.Nullable;

/** What the processes of all supervisors have in common: what comes in, and what it is about. */
abstract class SupervisorLoop implements Behaviour {
  final Reports reports;
  private @Nullable Pid<?> parent;

  SupervisorLoop(@Nullable ServerName<?> name) {
    this.reports = new Reports(name);
  }

  /** In its process, before the first child. */
  final void begin() {
    Processes.trapExit(true);
    parent = Processes.parent().orElse(null);
  }

  /**
   * @param request of the family of {@link #requests}
   */
  abstract Step answer(Call<?, ?> request, Caller caller);

  /**
   * @param pid a child's, or anyone's who was linked
   */
  abstract Step ended(Pid<?> pid, ExitReason reason);

  /**
   * @param what as it was given to {@link TryAgain#later}
   */
  abstract Step tryAgain(Object what, ExitReason reason, long since);

  /** After each event: what others see of it may have changed. */
  void handled() {}

  @Override
  public final Step handle(Event event) {
    Step step = step(event);
    handled();
    return step;
  }

  private Step step(Event event) {
    return switch (event) {
      case Event.Called(Call<?, ?> request, Caller caller) -> answer(request, caller);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) when from == parent ->
          Step.stop(reason);
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) -> ended(from, reason);
      case Event.Info(TryAgain(Object what, ExitReason reason, long since)) ->
          tryAgain(what, reason, since);
      case Event.Info(Stopping.Expired late) -> Step.await();
      case Event.Info(Object message) -> {
        reports.unexpected(message);
        yield Step.await();
      }
      case Event.Stop(ExitReason reason) -> Step.stop(reason);
      default -> Step.await();
    };
  }
}
