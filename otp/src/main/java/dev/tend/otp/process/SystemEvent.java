package dev.tend.otp.process;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a traced behaviour does ({@code sys:system_event()}). System messages are none of it. */
public sealed interface SystemEvent {

  /** It begins to handle this. */
  record In(Event event) implements SystemEvent {}

  /**
   * The step it took gave this answer. Answers given through a {@link ReplyTo} later are not seen.
   *
   * @param to the process that put the request, if it was one
   */
  record Out(Call<?, ?> request, @Nullable Object reply, Optional<Pid<?>> to)
      implements SystemEvent {}

  /** The step it took gave no answer. */
  record NoReply() implements SystemEvent {}
}
