package dev.tend.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** How we speak with SQLite: connections as we want them, and its errors in an operator's words. */
final class Sqlite {
  private static final int PRIMARY_CODE = 0xff;

  /** How long who only looks waits for a server that opens, closes or recovers the file. */
  private static final int READERS_PATIENCE = 5_000;

  private Sqlite() {}

  /** A connection to a file that must exist: whatever is wrong with it, nothing is created. */
  static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return connect(file, config);
  }

  /**
   * A connection that only reads a file that nobody writes: neither it nor its folder is touched.
   */
  static Connection openFrozen(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + uri(file) + "?immutable=1");
  }

  /**
   * A connection that only reads a file that others may write. Where there is no log nobody does,
   * and with one its contents are read and left where they are. It waits for a while where another
   * holds the file: not for the thread of a shard.
   */
  static Connection openReading(Path file) throws SQLException {
    if (!Files.exists(file.resolveSibling(file.getFileName() + "-wal"))) {
      return openFrozen(file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return connect(file, config, READERS_PATIENCE);
  }

  /** A connection to a file that need not exist. */
  static Connection create(Path file) throws SQLException {
    return connect(file, new SQLiteConfig());
  }

  private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
    return connect(file, config, 0);
  }

  /**
   * The driver is told that we are in a transaction and then the transaction is ended behind its
   * back. From there on it adds no BEGIN or COMMIT of its own to our statements: ours alone decide
   * when a lock is held, and what an error belongs to.
   */
  private static Connection connect(Path file, SQLiteConfig config, int patience)
      throws SQLException {
    config.setBusyTimeout(patience);
    config.setGetGeneratedKeys(
        false); // It asks for them after every insert, and we give them ourselves.
    Connection connection = config.createConnection("jdbc:sqlite:" + uri(file));
    try (Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.executeUpdate("ROLLBACK");
      sql.executeUpdate("PRAGMA synchronous = FULL");
      sql.executeUpdate("PRAGMA fullfsync = ON"); // macOS: its plain fsync does not reach the disk
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** As a URI, so that no character of the folder's name is read as an option. */
  private static String uri(Path file) {
    return "file://" + file.toAbsolutePath().toUri().getRawPath();
  }

  /** Commits append to a log and sync it; readers and the writer do not wait for each other. */
  static void useWal(Statement sql) throws SQLException {
    try (ResultSet rows = sql.executeQuery("PRAGMA journal_mode = WAL")) {
      String mode = rows.getString(1);
      if (!mode.equals("wal")) {
        throw new SQLException(
            "write-ahead logging is not possible there (it stays at " + mode + ")");
      }
    }
  }

  /** True if a rule of the database refused one statement and left the transaction as it was. */
  static boolean isRefusal(SQLException e) {
    return switch (code(e)) {
      case 19, 18 -> true; // SQLITE_CONSTRAINT, SQLITE_TOOBIG
      default -> false;
    };
  }

  /** True if what is in the file cannot be right. */
  static boolean isDamage(SQLException e) {
    return switch (code(e)) {
      case 11, 26 -> true; // SQLITE_CORRUPT, SQLITE_NOTADB
      default -> e instanceof Damaged;
    };
  }

  /**
   * True if a statement of ours makes no sense there. SQLite's own check ends so at a record that
   * is no JSON any more, and sees nothing of what comes after it.
   */
  static boolean isNonsense(SQLException e) {
    return code(e) == 1; // SQLITE_ERROR
  }

  /** True if there is no file, or none that this user may open. */
  static boolean isMissing(SQLException e) {
    return code(e) == 14; // SQLITE_CANTOPEN
  }

  /**
   * True if the disk took no more. In write-ahead mode a commit is valid with the last bytes that
   * are written of it, and they are synced after that: if one of its writes has failed, there is no
   * commit, neither for us nor for who opens the file after a crash.
   */
  static boolean isUnwritten(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (code(e) == 13 || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE);
  }

  /** The rest of a sentence that began with the file. */
  static String reason(SQLException e) {
    return reason(code(e), String.valueOf(e.getMessage()));
  }

  /**
   * The same, of a bare result.
   *
   * @param message what else is known of it
   */
  static String reason(int result, String message) {
    return switch (result & PRIMARY_CODE) {
      case 5 -> "another writer holds it at this moment"; // SQLITE_BUSY
      case 8 -> "it cannot be written"; // SQLITE_READONLY
      case 10 -> "the disk has failed: " + message; // SQLITE_IOERR
      case 11 -> "it is corrupt"; // SQLITE_CORRUPT
      case 13 -> "the disk is full"; // SQLITE_FULL
      case 14 -> "it is missing or cannot be opened"; // SQLITE_CANTOPEN
      case 26 -> "it is not a database, or its beginning is corrupt"; // SQLITE_NOTADB
      default -> message;
    };
  }

  private static int code(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY_CODE : -1;
  }
}
