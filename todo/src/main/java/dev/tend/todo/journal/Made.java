package dev.tend.todo.journal;

import java.time.Instant;

/** Which command a record carries out: all of it but what it did. */
public record Made(long revision, Instant at, Origin origin) {
  public static Made of(JournalRecord record) {
    return new Made(record.revision(), record.at(), record.origin());
  }
}
