package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import java.util.List;

/**
 * The files of the store that could not be opened when it was tried last, for those who show it:
 * their processes try again and again. A table that {@link DatabaseCheck} owns; where that has died
 * the next try enters it anew.
 */
final class Shut {
  private static final SetName<Integer, File> TABLE = new SetName<>("todo_shut_files");

  /** By the number by which {@link Damage} knows it; and why. */
  record File(int file, String reason) {}

  private Shut() {}

  static void makeTable() {
    Table.newSet(TABLE, Access.PUBLIC, File::file);
  }

  static List<File> all() {
    try {
      return TABLE.whereis().stream().flatMap(Table::rows).toList();
    } catch (BadTable vanished) {
      return List.of();
    }
  }

  static void because(int file, String reason) {
    try {
      TABLE.whereis().ifPresent(table -> table.insert(new File(file, reason)));
    } catch (BadTable vanished) {
      // It is entered at the next try.
    }
  }

  static void opened(int file) {
    try {
      TABLE.whereis().ifPresent(table -> table.delete(file));
    } catch (BadTable vanished) {
      // So is the entry.
    }
  }
}
