package dev.tend.todo.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where the backups of one system are made and kept, beside those of others perhaps, of which it
 * neither tells nor deletes any. One thread makes one at a time.
 */
public interface BackupPlace {

  /**
   * A finished backup.
   *
   * @param name unique in its place; later ones sort after earlier ones
   * @param made the moment that it shows
   * @param bytes its size
   */
  record Made(
      String name, Path path, Instant made, long bytes, long lists, long entries, long revisions) {}

  /**
   * Makes one of all lists as they are at one moment, while they are changed. Until it is whole it
   * does not have its name.
   *
   * @param scheduled whether {@link #keep} may delete it one day
   * @throws BackupFailed saying why; nothing is left of it
   */
  Made make(Instant now, boolean scheduled, Headway headway) throws BackupFailed;

  /** Its finished ones, whoever made them, the newest first. */
  List<Made> finished() throws BackupFailed;

  /**
   * Deletes its oldest ones until so many are left; only those that were scheduled are counted and
   * deleted. Of one that cannot be deleted the log tells.
   *
   * @param now one of a time to come is older than all others: since then the clock was put back
   */
  void keep(int newest, Instant now) throws BackupFailed;
}
