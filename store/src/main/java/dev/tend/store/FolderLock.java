package dev.tend.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one server to a data folder, for as long as it lives: a lock on the file {@code
 * lock}.
 */
final class FolderLock implements AutoCloseable {
  static final String NAME = "lock";

  /**
   * The folders locked by this JVM. Asked before the file is opened: closing any channel to it
   * would drop the operating system's lock, which is the process's and not the channel's.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Whether a server of ours has ever begun to use the folder. */
  static boolean isThere(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /**
   * @throws DataFolderException if another server holds it
   */
  static FolderLock take(Path folder) throws IOException, DataFolderException {
    return tryTake(folder, NAME, StandardOpenOption.CREATE)
        .orElseThrow(() ->
            new DataFolderException(
                "The data folder %s is in use by another Tend server.".formatted(folder)));
  }

  /** By another file in a folder; empty if somebody holds it. */
  static Optional<FolderLock> tryTake(Path folder, String name, OpenOption... options)
      throws IOException {
    Path real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      Set<OpenOption> how = new HashSet<>(List.of(options));
      how.add(StandardOpenOption.WRITE);
      FileChannel channel = FileChannel.open(real.resolve(name), how);
      try {
        taken = channel.tryLock() != null;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return taken ? Optional.of(new FolderLock(real, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        HELD_HERE.remove(real);
      }
    }
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (isHeld()) {
      channel.close();
      HELD_HERE.remove(folder);
    }
  }
}
