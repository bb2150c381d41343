package dev.tend.store;

import dev.tend.todo.journal.StoreException;
import dev.tend.todo.journal.StoreException.OutcomeUnknown;
import dev.tend.todo.journal.StoreException.Superseded;
import dev.tend.todo.journal.StoreException.Unavailable;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * One opening of one file of ours: a connection of its own, and the epoch that entitles it to write
 * until a later opening raises it again. Used by one thread at a time; any thread may close it, and
 * what is under way then fails.
 */
final class SqliteFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqliteFile.class.getName());

  /** After a commit that took so long it is looked again whether the file is still there. */
  private static final long LONG = Duration.ofMillis(20).toNanos();

  /** Something done through the connection. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** What an opened file becomes; its own statements belong to the opening. */
  interface Use<T> {
    T of(SqliteFile file) throws SQLException;
  }

  private final String what;
  private final Connection connection;
  private final OpenFiles.Opening opening;
  private final Prepared begin;
  private final Prepared commit;
  private final Prepared rollback;
  private final Prepared beginPart;
  private final Prepared undoPart;
  private final Prepared endPart;
  private final Prepared currentEpoch;
  private final DistributionDataPoint syncs;
  private final long epoch;
  private final Place place;
  private boolean usable = true;

  private SqliteFile(String what, Path path, Connection connection, OpenFiles.Opening opening)
      throws SQLException {
    this.what = what;
    this.connection = connection;
    this.opening = opening;
    syncs = SyncTimes.of(path);
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    rollback = prepare("ROLLBACK");
    beginPart = prepare("SAVEPOINT part");
    undoPart = prepare("ROLLBACK TO part");
    endPart = prepare("RELEASE part");
    currentEpoch = prepare("SELECT epoch FROM identity");
    begin.run();
    prepare("UPDATE identity SET epoch = epoch + 1").run();
    epoch = currentEpoch.number();
    commit.run();
    place = Place.of(path);
  }

  /**
   * @param files of which it is one until it is closed
   * @throws Unavailable if it is missing, foreign, corrupt, another file than the one with this
   *     uuid, of a newer schema, or being written at this moment
   */
  static <T> T open(Schema schema, Path path, String uuid, OpenFiles files, Use<T> use)
      throws Unavailable {
    try {
      return openOnce(schema, path, uuid, files, use);
    } catch (StoreException.Damaged perhapsMisread) {
      return openOnce(schema, path, uuid, files, use);
    }
  }

  private static <T> T openOnce(Schema schema, Path path, String uuid, OpenFiles files, Use<T> use)
      throws Unavailable {
    OpenFiles.Opening opening = files.begin();
    boolean opened = false;
    try {
      T used = connect(schema, path, uuid, opening, use);
      opened = true;
      return used;
    } catch (SQLException e) {
      throw unavailable(name(schema, path), e);
    } finally {
      if (!opened) {
        opening.close();
      }
    }
  }

  private static <T> T connect(
      Schema schema, Path path, String uuid, OpenFiles.Opening opening, Use<T> use)
      throws SQLException {
    Connection connection = Sqlite.open(path);
    try (Statement sql = connection.createStatement()) {
      schema.admit(connection, uuid);
      Soundness.glance(schema, connection);
      Sqlite.useWal(sql);
      return use.of(new SqliteFile(name(schema, path), path, connection, opening));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What is wrong with a file, in a sentence; see {@link Soundness}. */
  static Optional<String> damage(Schema schema, Path path, OpenFiles files) throws Unavailable {
    String what = name(schema, path);
    try (OpenFiles.Opening _ = files.begin()) {
      return Soundness.check(schema, path).map(reason -> advised(what, reason));
    } catch (SQLException e) {
      throw unavailable(what, e);
    }
  }

  private static String name(Schema schema, Path path) {
    return "The " + schema.word() + " " + path;
  }

  /** A statement that lives as long as the connection. */
  Prepared prepare(String sql) {
    return new Prepared(connection, sql);
  }

  long epoch() {
    return epoch;
  }

  <T> T read(Work<T> work) throws Unavailable {
    requireUsable();
    try {
      return work.run();
    } catch (SQLException e) {
      throw unavailable(what, e);
    }
  }

  /** Runs the work in one transaction of our epoch; when this returns, it is synced. */
  <T> T transaction(Work<T> work) throws StoreException {
    requireUsable();
    T result = inTransaction(work);
    usable = false;
    long began = System.nanoTime();
    try {
      commit.run();
      syncs.observe((System.nanoTime() - began) / 1e9);
    } catch (SQLException e) {
      if (Sqlite.isUnwritten(e)) {
        rollBack();
        usable = true;
        throw unavailable(what, e);
      }
      throw new OutcomeUnknown(
          what + " did not confirm a commit, which may be durable or not: " + Sqlite.reason(e), e);
    }
    if (System.nanoTime() - began > LONG && !place.isUnchanged()) {
      throw new OutcomeUnknown(gone(), null);
    }
    usable = true;
    return result;
  }

  /** The same; if a rule of the database refuses it, nothing is done, and the answer is this. */
  <T> T transaction(Work<T> work, Function<String, T> refused) throws StoreException {
    try {
      return transaction(work);
    } catch (Unavailable e) {
      if (e.getCause() instanceof SQLException cause && Sqlite.isRefusal(cause)) {
        return refused.apply(Sqlite.reason(cause));
      }
      throw e;
    }
  }

  private String gone() {
    return what + " was deleted or replaced while it was in use";
  }

  private <T> T inTransaction(Work<T> work) throws StoreException {
    boolean open = false;
    boolean done = false;
    try {
      begin.run();
      open = true;
      requireEpoch();
      if (!place.isUnchanged()) {
        throw new Superseded(gone(), null);
      }
      T result = work.run();
      done = true;
      return result;
    } catch (SQLException e) {
      throw unavailable(what, e);
    } finally {
      if (open && !done) {
        rollBack();
      }
    }
  }

  /**
   * Runs a part of a transaction by itself: if a rule of the database refuses it, the part is
   * undone, and the transaction goes on. Any other error is the whole transaction's.
   */
  <T> T part(Work<T> work, Function<String, T> refused) throws SQLException {
    beginPart.run();
    try {
      T result = work.run();
      endPart.run();
      return result;
    } catch (SQLException e) {
      if (!Sqlite.isRefusal(e)) {
        throw e;
      }
      undoPart.run();
      endPart.run();
      return refused.apply(Sqlite.reason(e));
    }
  }

  /** Never throws; a second close does nothing. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, what + " was not closed in order: " + Sqlite.reason(e), e);
    } finally {
      opening.close();
    }
  }

  private void requireEpoch() throws SQLException, Superseded {
    long current = currentEpoch.number();
    if (current != epoch) {
      String reason =
          "%s was opened again: epoch %d took over from %d".formatted(what, current, epoch);
      throw new Superseded(reason, new SQLException(reason));
    }
  }

  private void requireUsable() throws Unavailable {
    if (!usable) {
      throw unavailable(what, new SQLException("a commit failed, so it has to be opened again"));
    }
  }

  /** Some errors make SQLite roll back by itself; then there is nothing left to undo. */
  private void rollBack() {
    try {
      rollback.run();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, what + " had already rolled back", e);
    }
  }

  private static Unavailable unavailable(String what, SQLException e) {
    String reason = Sqlite.reason(e);
    if (Sqlite.isDamage(e)) {
      return new StoreException.Damaged(advised(what, reason), e);
    }
    return new Unavailable(
        Sqlite.isMissing(e) ? advised(what, reason) : what + " is unavailable: " + reason, e);
  }

  /** Time does not mend it, so it says who knows what does. */
  private static String advised(String what, String reason) {
    return "%s is unavailable: %s; tend doctor says what to do".formatted(what, reason);
  }
}
