package dev.tend.app.chaos;

/** What a client can ask for. */
enum Kind {
  CREATE,
  ADD,
  EDIT,
  TICK,
  DELETE,
  MOVE,
  UNDO;

  /** Whether a history may call it so. */
  boolean isRecordedAs(String kind) {
    return switch (this) {
      case CREATE -> false;
      case ADD -> kind.equals("added");
      case EDIT, TICK -> kind.equals("updated");
      case DELETE -> kind.equals("deleted");
      case MOVE -> kind.equals("leaving");
      case UNDO -> kind.equals("updated") || kind.equals("deleted") || kind.equals("restored");
    };
  }
}
