package dev.tend.otp.task;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Who asked for the work that is being done, nearest first ({@code $callers}). */
final class Callers {
  private static final ScopedValue<List<Pid<?>>> CHAIN = ScopedValue.newInstance();

  private Callers() {}

  static List<Pid<?>> chain() {
    return CHAIN.orElse(List.of());
  }

  /** The chain for work that is asked for here. */
  static List<Pid<?>> here() {
    List<Pid<?>> here = new ArrayList<>();
    Processes.current().ifPresent(here::add);
    here.addAll(chain());
    return List.copyOf(here);
  }

  static <R> R doing(List<Pid<?>> callers, Callable<? extends R> work) {
    try {
      return ScopedValue.where(CHAIN, callers).call(work::call);
    } catch (Exception thrown) {
      throw Callers.<RuntimeException>asItIs(thrown);
    }
  }

  /** A task's crash is what its work threw, checked or not. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E asItIs(Exception thrown) throws E {
    throw (E) thrown;
  }
}
