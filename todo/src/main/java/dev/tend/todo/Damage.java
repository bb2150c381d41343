package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Story;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * The files of the store that are corrupt, and so are not used: nothing is written to them, and
 * none of their lists is shown, for it might not be all there. A table that everyone looks into;
 * {@link DatabaseCheck} owns it, and whoever meets the damage enters it.
 */
final class Damage {
  /** The number of the catalogue's file; that of a shard's is the shard's. */
  static final int CATALOG = 0;

  private static final System.Logger LOG = System.getLogger(Damage.class.getName());
  private static final SetName<Integer, Found> TABLE = new SetName<>("todo_damaged_files");

  /** What is wrong with a file. */
  record Found(int file, String reason) {}

  private Damage() {}

  static void makeTable() {
    Table.newSet(TABLE, Access.PUBLIC, Found::file);
  }

  /** Why a file is not used, if it is not. */
  static Optional<String> of(int file) {
    return TABLE.lookup(file).map(Found::reason);
  }

  static List<Found> all() {
    try {
      return TABLE.whereis().stream().flatMap(Table::rows).toList();
    } catch (BadTable vanished) {
      return List.of();
    }
  }

  /** From now on the file is not used. Told once. */
  static void found(int file, String reason) {
    try {
      if (TABLE.whereis().map(table -> table.insertNew(new Found(file, reason))).orElse(true)) {
        LOG.log(Level.ERROR, "{0}; until it is sound again {1} is closed", reason, name(file));
        Story.tell(new Happening.Told(name(file), "is closed: " + reason));
      }
    } catch (BadTable vanished) {
      LOG.log(Level.ERROR, reason);
    }
  }

  /** A whole check that began after this was found has found nothing. */
  static void disproved(Found found) {
    try {
      TABLE.whereis().ifPresent(table -> table.deleteObject(found));
      LOG.log(Level.WARNING, "{0} was found to be sound, and is used again.", name(found.file()));
      Story.tell(new Happening.Told(name(found.file()), "is sound, and used again"));
    } catch (BadTable vanished) {
      LOG.log(Level.WARNING, "{0} was found to be sound.", name(found.file()));
    }
  }

  /** How a file is called in sentences. */
  static String name(int file) {
    return file == CATALOG ? "the catalogue" : "shard " + file;
  }
}
