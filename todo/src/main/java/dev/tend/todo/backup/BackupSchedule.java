package dev.tend.todo.backup;

import java.time.Duration;

/**
 * When backups are made without being asked for.
 *
 * @param every the time from one to the next
 * @param keep how many are kept: the newest
 */
public record BackupSchedule(Duration every, int keep) {
  public BackupSchedule {
    if (every.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("backups are made at most once a minute, not " + every);
    }
    if (keep < 1) {
      throw new IllegalArgumentException("at least one backup is kept, not " + keep);
    }
  }
}
