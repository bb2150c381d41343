package dev.tend.otp.supervisor;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Pid;
import java.util.List;
import java.util.Optional;

/** What a dynamic supervisor of either kind is asked. */
sealed interface DynamicRequest<T extends DynamicSupervisor, R> extends Call<T, R> {

  /** Start a child made of this, which is of the type that the supervisor takes. */
  record StartChild<T extends DynamicSupervisor>(Object of)
      implements DynamicRequest<T, ChildResult> {}

  record TerminateChild<T extends DynamicSupervisor>(Pid<?> pid)
      implements DynamicRequest<T, ChildResult> {}

  record GetChildSpec<T extends DynamicSupervisor>(Pid<?> pid)
      implements DynamicRequest<T, Optional<ChildSpec>> {}

  record WhichChild<T extends DynamicSupervisor>(Pid<?> pid)
      implements DynamicRequest<T, Optional<ChildInfo>> {}

  record WhichChildren<T extends DynamicSupervisor>()
      implements DynamicRequest<T, List<ChildInfo>> {}

  record CountChildren<T extends DynamicSupervisor>() implements DynamicRequest<T, Counts> {}
}
