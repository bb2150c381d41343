package dev.tend.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;

/**
 * One file of ours as it was at one moment, read over a connection of its own while others write
 * on: an open read transaction. Until it is closed the file's log can only grow.
 */
final class Snapshot implements AutoCloseable {
  private static final int PAGES_A_STEP = 64;
  private static final long BYTES_BETWEEN_SYNCS = 4 << 20;

  private final Connection connection;
  private final long epoch;
  private final long pageSize;
  private final long pages;

  private Snapshot(Connection connection) throws SQLException {
    this.connection = connection;
    new Prepared(connection, "BEGIN").run();
    epoch = new Prepared(connection, "SELECT epoch FROM identity").number();
    pageSize = new Prepared(connection, "PRAGMA page_size").number();
    pages = new Prepared(connection, "PRAGMA page_count").number();
  }

  /**
   * @throws SQLException if it is missing, corrupt, another file, or of a newer Tend
   */
  static Snapshot open(Schema schema, Path file, String uuid) throws SQLException {
    Connection connection = Sqlite.open(file);
    try {
      schema.recognise(connection, uuid);
      return new Snapshot(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Of the opening that wrote last. */
  long epoch() {
    return epoch;
  }

  /** How many bytes its copy has. */
  long size() {
    return pageSize * pages;
  }

  /**
   * Writes it into a new file, which is synced at the end. Every step is followed by a pause as
   * long as itself, and the copy is synced bit by bit, so that those who commit meanwhile have the
   * disk for themselves about half of the time.
   *
   * @param done told the bytes of this file that are copied
   */
  void copyTo(Path file, LongConsumer done) throws SQLException, IOException {
    Pace pace = new Pace(file, done);
    int result =
        connection
            .unwrap(SQLiteConnection.class)
            .getDatabase()
            .backup("main", file.toString(), pace::step, 10, 100, PAGES_A_STEP);
    if (result != 0) {
      throw new IOException(Sqlite.reason(result, "SQLite gave up with error " + result));
    }
    sync(file);
  }

  private final class Pace {
    private final Path file;
    private final LongConsumer done;
    private long stepBegan = System.nanoTime();
    private long synced;

    Pace(Path file, LongConsumer done) {
      this.file = file;
      this.done = done;
    }

    /** Called out of native code, which an exception must not reach. */
    void step(int remaining, int all) {
      long copied = pageSize * (all - remaining);
      done.accept(copied);
      if (copied - synced >= BYTES_BETWEEN_SYNCS) {
        synced = copied;
        try {
          sync(file);
        } catch (IOException e) {
          // The sync at the end fails too, and says so.
        }
      }
      LockSupport.parkNanos(System.nanoTime() - stepBegan);
      stepBegan = System.nanoTime();
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
