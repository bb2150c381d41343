package dev.tend.store;

import java.io.Serial;

/** Why a folder cannot be used. The message is one sentence to print for the operator. */
public final class DataFolderException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  DataFolderException(String message) {
    super(message);
  }

  DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
