package dev.tend.store;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Files as the first Tend wrote them, with schema 1. */
final class FirstWritten {
  /** Of a list. */
  static final String ID = "0123456789abcdef0123456789abcdef";

  private FirstWritten() {}

  /** Puts one in the place of a folder's file, which it takes the identity of. */
  static void put(DataFolder folder, String name, String script, String... rows) throws Exception {
    Path file = folder.path().resolve(name);
    String identity = text(file, "SELECT uuid FROM identity");
    int application = Integer.parseInt(text(file, "PRAGMA application_id"));
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.path().resolve(name + suffix));
    }
    try (Connection first = Sqlite.create(file);
        Statement sql = first.createStatement();
        InputStream in = Schema.class.getResourceAsStream("migration/" + script)) {
      sql.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      sql.executeUpdate("PRAGMA application_id = " + application);
      sql.executeUpdate("PRAGMA user_version = 1");
      sql.executeUpdate("INSERT INTO identity VALUES (1, '" + identity + "', 7)");
      for (String row : rows) {
        sql.executeUpdate(row);
      }
      Sqlite.useWal(sql);
    }
  }

  /** A row of the first journal. */
  static String record(int revision, String kind, String payload) {
    return "INSERT INTO journal VALUES ('%s', %d, 5, 'bob', 'api', 'c%d', 'h', '%s', '%s')"
        .formatted(ID, revision, revision, kind, payload);
  }

  /** A row of the first catalogue. */
  static String list(String name) {
    return "INSERT INTO list VALUES (3, '"
        + ID
        + "', 'bob', '"
        + name
        + "', 1, 'abc', 1, 5, 'c1', 'h')";
  }

  /** The first column of the first row. */
  static String text(Path file, String query) throws Exception {
    try (Connection connection = Sqlite.open(file);
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      return row.getString(1);
    }
  }
}
