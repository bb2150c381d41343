package dev.tend.todo.backup;

/** One making of a backup, as it stands. */
public sealed interface BackupRun {
  /** What it was asked for with; the same again is the same run. */
  String key();

  /** Goes on. */
  record Running(String key, long done, long total) implements BackupRun {}

  record Finished(String key, BackupPlace.Made made) implements BackupRun {}

  /**
   * @param reason a sentence
   */
  record Failed(String key, String reason) implements BackupRun {}
}
