package dev.tend.otp.process;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that has become another process's: it will hold it, and may get a message of that. If
 * it is dead, the holding's own {@link Holding#bequeath} follows.
 *
 * @param accept whether it is still the new holder's when that comes to hold it; neither blocks nor
 *     throws
 * @param message null for none
 */
public record Handover(
    Pid<?> to, Holding holding, Supplier<Boolean> accept, @Nullable Object message) {
  public Handover {
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(holding, "holding");
    Objects.requireNonNull(accept, "accept");
  }
}
