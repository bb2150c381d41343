package dev.tend.otp.process;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request that every behaviour answers whatever runs in it, in line with its other messages, also
 * while it is suspended ({@code sys:handle_system_msg/6}). Programs use {@code Sys}, which says
 * what each one does.
 *
 * @param <R> what it is answered with
 */
public sealed interface SystemRequest<R> extends Call<Behaviour, R> {

  /** {@code ok}. */
  record Done() {}

  record GetState() implements SystemRequest<Optional<Object>> {}

  record ReplaceState(UnaryOperator<@Nullable Object> change) implements SystemRequest<Replaced> {}

  record GetStatus() implements SystemRequest<SystemStatus> {}

  record Suspend() implements SystemRequest<Done> {}

  record Resume() implements SystemRequest<Done> {}

  record Terminate(ExitReason reason) implements SystemRequest<Done> {
    public Terminate {
      Objects.requireNonNull(reason, "reason");
    }
  }

  record Install(Tracer tracer) implements SystemRequest<Done> {}

  /** Zero: no more. */
  record Log(int keep) implements SystemRequest<Done> {}

  record Count(boolean on) implements SystemRequest<Done> {}

  record GetStatistics() implements SystemRequest<Optional<Statistics>> {}

  /** What became of a {@link ReplaceState}. */
  sealed interface Replaced {
    record By(@Nullable Object state) implements Replaced {}

    /** The state is as it was. */
    record Threw(Throwable cause) implements Replaced {}
  }

  /**
   * Puts it to a behaviour and waits for the answer.
   *
   * @throws CallFailed as for any call; {@code NOT_A_BEHAVIOUR} from a plain process
   */
  default R call(ServerRef<?> server, Duration timeout) {
    return PendingCall.system(server, this, timeout);
  }
}
