package dev.tend.todo.backup;

/** One making of a backup, as it stands. */
public sealed interface BackupRun {
  /** What it was asked for with; the same again is the same run. */
  String key();

  /** Goes on. */
  record Running(String key, long done, long total) implements BackupRun {}

  /** Ended with a backup. */
  record Finished(String key, BackupPlace.Made made) implements BackupRun {}

  /**
   * Ended without a backup.
   *
   * @param reason a sentence
   */
  record Failed(String key, String reason) implements BackupRun {}
}
