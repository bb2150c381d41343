package dev.tend.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.ProgressHandler;

/**
 * Half of the time a long statement rests, so that it takes no disk and no core from others; and it
 * ends when its thread is interrupted.
 */
final class Pace extends ProgressHandler {
  /** So many steps of SQLite's machine are some milliseconds. */
  private static final int STEPS = 20_000;

  private static final long LONGEST = 50_000_000;

  private long resumed = System.nanoTime();

  private Pace() {}

  /** All statements of this connection go at that pace from now on. */
  static void set(Connection connection) throws SQLException {
    ProgressHandler.setHandler(connection, STEPS, new Pace());
  }

  /** Called by SQLite; other than 0 ends the statement. */
  @Override
  protected int progress() {
    if (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Math.min(System.nanoTime() - resumed, LONGEST));
    }
    resumed = System.nanoTime();
    return Thread.currentThread().isInterrupted() ? 1 : 0;
  }
}
