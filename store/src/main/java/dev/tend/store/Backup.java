package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A finished backup: a folder with a copy of each file of a data folder, and a manifest. It is
 * never written to.
 */
public final class Backup {
  private static final String NAME = "tend-[0-9]{8}T[0-9]{6}Z(-[0-9]+)?";

  private final Path path;
  private final Manifest manifest;

  private Backup(Path path, Manifest manifest) {
    this.path = path;
    this.manifest = manifest;
  }

  /**
   * Looks at the manifest only.
   *
   * @throws BackupFailed if it is no backup, unfinished, altered, or of a newer Tend
   */
  public static Backup open(Path folder) throws BackupFailed {
    Path path = folder.toAbsolutePath().normalize();
    return new Backup(path, Manifest.read(path));
  }

  /**
   * Makes a backup of a data folder that no server holds.
   *
   * @param to the folder that the backup's folder comes into
   * @param tend the version of this program
   */
  public static Backup make(Path data, Path to, String tend, Instant now, Headway headway)
      throws BackupFailed, DataFolderException {
    Path folder = data.toAbsolutePath().normalize();
    try {
      if (!Files.exists(folder.resolve(Marker.NAME))) {
        throw new DataFolderException(
            "The folder %s is no data folder of Tend: it has no %s."
                .formatted(folder, Marker.NAME));
      }
      try (FolderLock _ = FolderLock.take(folder)) {
        Marker marker = Marker.read(folder.resolve(Marker.NAME));
        return new BackupMaking(to.toAbsolutePath().normalize(), tend, headway)
            .make(now, false, marker, Cut.resting(folder, marker));
      }
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s cannot be used: %s.".formatted(folder, Io.words(e)), e);
    }
  }

  /**
   * The folders in this one of backups that are being written, or were when their program was
   * killed; in a folder that is not there, none.
   *
   * @throws BackupFailed if it cannot be read
   */
  public static List<Path> unfinished(Path folder) throws BackupFailed {
    return named(folder, Draft.UNFINISHED);
  }

  /** The backups in a data folder, where they are unless said otherwise; empty: there are none. */
  public static Optional<Path> keptIn(Path data) {
    Path folder = data.resolve(DataFolder.BACKUPS);
    try {
      return named(folder, "").isEmpty() ? Optional.empty() : Optional.of(folder);
    } catch (BackupFailed unreadable) {
      return Optional.of(folder);
    }
  }

  /** What has a name like a backup's, and this after it. */
  static List<Path> named(Path folder, String ending) throws BackupFailed {
    try {
      return Files.isDirectory(folder)
          ? Io.names(folder).stream()
              .filter(name -> name.matches(NAME + Pattern.quote(ending)))
              .map(folder::resolve)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  static BackupFailed unusable(Path folder, IOException e) {
    return new BackupFailed(
        "The folder of backups %s cannot be used: %s.".formatted(folder, Io.words(e)), e);
  }

  public Path path() {
    return path;
  }

  Manifest manifest() {
    return manifest;
  }

  /** The uuid of the catalogue that it is of; a restore keeps it. */
  String catalog() {
    return manifest.marker().catalog();
  }

  boolean isScheduled() {
    return manifest.scheduled();
  }

  /** What it is. */
  public Made made() {
    Manifest.Counts counts = manifest.lists();
    return new Made(
        path.getFileName().toString(),
        path,
        manifest.made(),
        manifest.parts().stream().mapToLong(Manifest.Part::size).sum(),
        counts.lists(),
        counts.entries(),
        counts.revisions());
  }

  /**
   * Looks at every byte, and at whether the lists in it agree with their journals.
   *
   * @throws BackupFailed saying the first thing that is wrong
   */
  public void verify(Headway headway) throws BackupFailed {
    long total = 2 * made().bytes();
    verifyBytes(path, bytes -> headway.at(bytes, total));
    List<FolderInspection.Problem> problems = new ArrayList<>();
    new FolderInspection(path, manifest.marker(), Sqlite::openFrozen)
        .run(problems::add, (done, all) -> headway.at(total / 2 + scaled(done, all), total));
    if (!problems.isEmpty()) {
      throw new BackupFailed(
          "The backup %s cannot be relied on: %s.".formatted(path, problems.getFirst().what()));
    }
  }

  private long scaled(long done, long all) {
    return (long) (made().bytes() * ((double) done / Math.max(1, all)));
  }

  /** Whether the files in a folder are those of the manifest, and no others are there. */
  private void verifyBytes(Path folder, LongConsumer read) throws BackupFailed {
    try {
      long before = 0;
      for (Manifest.Part part : manifest.parts()) {
        Path file = folder.resolve(part.file());
        if (!Files.isRegularFile(file)) {
          throw new BackupFailed("The backup %s has lost %s.".formatted(path, part.file()));
        }
        if (Files.size(file) != part.size()) {
          throw new BackupFailed(
              "The backup %s was altered: %s has %,d bytes and had %,d."
                  .formatted(path, part.file(), Files.size(file), part.size()));
        }
        long done = before;
        if (!Sha256.of(file, bytes -> read.accept(done + bytes)).equals(part.sha256())) {
          throw new BackupFailed(
              "The backup %s was altered: %s is not as it was written."
                  .formatted(path, part.file()));
        }
        before += part.size();
      }
      List<String> known =
          new ArrayList<>(manifest.parts().stream().map(Manifest.Part::file).toList());
      known.add(Manifest.NAME);
      for (String name : Io.names(folder)) {
        if (!known.contains(name)) {
          throw new BackupFailed(
              "The backup %s was altered: %s does not belong to it.".formatted(path, name));
        }
      }
    } catch (IOException e) {
      throw new BackupFailed("The backup %s cannot be read: %s.".formatted(path, Io.words(e)), e);
    }
  }

  /**
   * Copies it into another folder.
   *
   * @return the copy, which has the same name; itself, if it is in that folder
   */
  public Backup copyTo(Path folder, Headway headway) throws BackupFailed {
    return new BackupCopy(this).into(folder.toAbsolutePath().normalize(), headway);
  }

  /**
   * Makes a data folder of it, in which every list has a new incarnation. Verifies it first; the
   * folder appears as a whole or not at all.
   *
   * @param data missing or empty, unless it is to be replaced; or a link to such a folder
   * @param replace a folder that is there is kept under another name; the backups {@link #keptIn}
   *     it go into the new one, if they can
   * @return where the folder is that was replaced, or {@code data} if none was
   */
  public Path restore(Path data, boolean replace, Instant now, Headway headway)
      throws BackupFailed, DataFolderException {
    Path named = data.toAbsolutePath().normalize();
    Path real = Io.behindLink(named);
    if (!new RestoreTraces(real).areOfAnUnfinishedOne()) {
      DataFolder.refuseLostLink(named);
    }
    Path replaced = new Restoring(this, real, replace, now).run(headway);
    return replaced.equals(real) ? named : replaced;
  }
}
