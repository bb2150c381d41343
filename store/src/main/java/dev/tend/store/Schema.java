package dev.tend.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a kind of file of ours looks like inside: the id in its header by which it is known, and the
 * numbered migrations that make its tables. {@code user_version} is the number of the last one.
 */
enum Schema {
  SHARD("shard", 0x54656E53), // "TenS"
  CATALOG("catalog", 0x54656E43); // "TenC"

  private final String word;
  private final int applicationId;

  Schema(String word, int applicationId) {
    this.word = word;
    this.applicationId = applicationId;
  }

  /** The scripts in the order of their numbers. One that has been released is never changed. */
  private List<String> migrations() {
    return switch (this) {
      case SHARD -> List.of("001_journal.sql", "002_entry.sql", "003_state.sql", "004_pruned.sql");
      case CATALOG -> List.of("001_lists.sql", "002_trash.sql", "003_search.sql");
    };
  }

  /** Whether the file has the tables of this version. */
  boolean isNewest(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      return number(sql, "PRAGMA user_version") == migrations().size();
    }
  }

  /** How a person calls such a file. */
  String word() {
    return word;
  }

  /**
   * Makes a file that does not exist yet, with all its tables, synced. Its entry in the folder is
   * not: that is the caller's to sync.
   */
  void create(Path file, String uuid) throws SQLException {
    try (Connection connection = Sqlite.create(file);
        Statement sql = connection.createStatement()) {
      sql.executeUpdate("BEGIN IMMEDIATE");
      sql.executeUpdate("PRAGMA application_id = " + applicationId);
      migrateFrom(0, sql);
      try (PreparedStatement identity =
          connection.prepareStatement("INSERT INTO identity VALUES (1, ?, 0)")) {
        identity.setString(1, uuid);
        identity.executeUpdate();
      }
      sql.executeUpdate("COMMIT");
      Sqlite.useWal(sql);
    }
  }

  /**
   * Makes sure that the file is this one, then brings its tables up to date.
   *
   * @throws SQLException saying what it is instead; nothing was written
   */
  void admit(Connection connection, String uuid) throws SQLException {
    if (recognise(connection, uuid) < migrations().size()) {
      try (Statement sql = connection.createStatement()) {
        sql.executeUpdate("BEGIN IMMEDIATE");
        migrateFrom((int) number(sql, "PRAGMA user_version"), sql);
        sql.executeUpdate("COMMIT");
      }
    }
  }

  /**
   * Makes sure that the file is this one, and writes nothing.
   *
   * @return the number of its last migration
   * @throws SQLException saying what it is instead
   */
  long recognise(Connection connection, String uuid) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      if (number(sql, "PRAGMA application_id") != applicationId) {
        throw new SQLException("it is not a " + word + " file of Tend");
      }
      long version = number(sql, "PRAGMA user_version");
      int newest = migrations().size();
      if (version > newest) {
        throw new Newer(version, newest);
      }
      String found = text(sql, "SELECT uuid FROM identity");
      if (!found.equals(uuid)) {
        throw new SQLException(
            "it is another file than tend.json names (%s instead of %s)".formatted(found, uuid));
      }
      return version;
    }
  }

  private void migrateFrom(int version, Statement sql) throws SQLException {
    List<String> scripts = migrations();
    Trigrams.teach(sql.getConnection());
    for (String script : scripts.subList(version, scripts.size())) {
      sql.executeUpdate(text("migration/" + word + "/" + script));
    }
    sql.executeUpdate("PRAGMA user_version = " + scripts.size());
  }

  private static String text(String resource) {
    try (InputStream in = Schema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return rows.getLong(1);
    }
  }

  private static String text(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "none";
    }
  }
}
