package dev.tend.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data folder on its way to be one. The marker is written first under another name, as the plan,
 * and gets its own name last. So if the program dies in between, the plan tells which files are our
 * own beginnings, to be thrown away; no other file is ever deleted.
 */
final class NewFolder {
  static final String PLAN = Marker.NAME + ".new";

  private final Path folder;
  private final Path plan;
  private final Path marker;

  NewFolder(Path folder) {
    this.folder = folder;
    this.plan = folder.resolve(PLAN);
    this.marker = folder.resolve(Marker.NAME);
  }

  boolean isComplete() {
    return Files.exists(marker);
  }

  void makeDirectory() throws IOException {
    makeDirectory(folder);
  }

  /** Makes a folder, and those above it that are not there, each for its owner alone. */
  static void makeDirectory(Path directory) throws IOException {
    @Nullable Path parent = directory.getParent();
    if (parent == null || Files.isDirectory(directory)) {
      return;
    }
    makeDirectory(parent);
    try {
      Io.createPrivate(directory);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(directory)) { // Another program may have made it meanwhile.
        throw new FileSystemException(
            directory.toString(), null, directory + " is a file, not a folder");
      }
    }
    sync(parent);
  }

  /**
   * @throws DataFolderException if there is no marker but files that a beginning of ours would not
   *     have left
   */
  void refuseForeignFiles() throws IOException, DataFolderException {
    if (isComplete()) {
      return;
    }
    // Another server may be filling it: its plan comes before its files, and ends as the marker.
    List<String> there = Io.names(folder);
    List<String> begun = begun().map(Marker::files).orElse(Stream.of()).toList();
    Optional<String> foreign =
        there.stream().filter(name -> !isHarmless(name) && !begun.contains(name)).findFirst();
    if (foreign.isPresent() && !isComplete()) {
      throw new DataFolderException(
          "The folder %s has no %s but holds files of another program, such as %s."
              .formatted(folder, Marker.NAME, foreign.get()));
    }
  }

  private static boolean isHarmless(String name) {
    return switch (name) {
      case FolderLock.NAME, PLAN, "lost+found" -> true; // the last: the folder is a volume's root
      default -> false;
    };
  }

  /** Puts everything into it. Only the holder of the lock may. */
  void fill(int shards) throws IOException {
    for (String leftOver : begun().map(Marker::files).orElse(Stream.of()).toList()) {
      Files.deleteIfExists(folder.resolve(leftOver));
    }
    sync(folder);
    Marker contents = Marker.fresh(shards);
    contents.write(plan);
    sync(folder);
    try {
      for (Marker.ShardFile shard : contents.shards()) {
        Schema.SHARD.create(folder.resolve(shard.file()), shard.uuid());
      }
      Schema.CATALOG.create(folder.resolve(Marker.CATALOG_FILE), contents.catalog());
    } catch (SQLException e) {
      throw new IOException(Sqlite.reason(e), e);
    }
    sync(folder);
    Files.move(plan, marker, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** The plan of a beginning, unless it died while writing it; then there are no files yet. */
  private Optional<Marker> begun() throws IOException {
    try {
      return Optional.of(Marker.read(plan));
    } catch (NoSuchFileException | DataFolderException e) {
      return Optional.empty();
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
