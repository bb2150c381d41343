package dev.tend.todo.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why the store could not do what was asked. The message is one sentence for an operator. */
public abstract sealed class StoreException extends Exception {
  private StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /**
   * Nothing was written: the file is missing, foreign, corrupt, busy, full, or not readable now.
   */
  public static sealed class Unavailable extends StoreException permits Damaged {
    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Nothing was written: the file is corrupt. To try again does not help. */
  public static final class Damaged extends Unavailable {
    public Damaged(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** COMMIT itself failed: the batch may be durable or not. Reopen, and look at the heads. */
  public static final class OutcomeUnknown extends StoreException {
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Nothing was written: a later opening of the same file has raised the epoch. Close this one. */
  public static final class Superseded extends StoreException {
    public Superseded(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
