package dev.tend.todo.backup;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a backup cannot be made, trusted or restored. The message is one sentence to print. */
public final class BackupFailed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public BackupFailed(String sentence) {
    super(sentence);
  }

  public BackupFailed(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
