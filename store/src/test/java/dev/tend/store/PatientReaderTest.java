package dev.tend.store;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only looks, beside a server that has the file for itself for a moment. */
class PatientReaderTest {
  @TempDir Path temp;

  @Test
  void it_waits_until_the_file_is_free() throws Exception {
    Path file = temp.resolve("shard-1.db");
    Schema.SHARD.create(file, "uuid");
    CompletableFuture<Integer> tables = new CompletableFuture<>();
    Thread reader = Thread.ofPlatform().unstarted(() -> complete(tables, file));
    try (Connection server = Sqlite.open(file);
        Statement sql = server.createStatement()) {
      sql.execute("PRAGMA locking_mode = EXCLUSIVE");
      sql.execute("CREATE TABLE more (x)");
      reader.start();
      eventually(() -> assertThat(tables.isDone() || isInStatement(reader)).isTrue());
      assertThat(tables).isNotDone();
    }
    assertThat(tables.get()).isPositive();
  }

  private static boolean isInStatement(Thread reader) {
    return Stream.of(reader.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("_exec_utf8"));
  }

  private static void complete(CompletableFuture<Integer> tables, Path file) {
    try {
      tables.complete(tables(file));
    } catch (SQLException e) {
      tables.completeExceptionally(e);
    }
  }

  private static int tables(Path file) throws SQLException {
    try (Connection connection = Sqlite.openReading(file);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return rows.getInt(1);
    }
  }
}
