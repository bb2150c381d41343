package dev.tend.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and folders written so that they outlive a loss of power. */
final class Io {
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Io() {}

  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes a folder that nobody but its owner may look into, where there are such rights. */
  static void createPrivate(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(folder, OWNERS_ALONE);
    } else {
      Files.createDirectory(folder);
    }
  }

  /** What a link leads to, be it there or not; what is no link leads to itself. */
  static Path behindLink(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      if (!Files.isSymbolicLink(absolute)) {
        return absolute;
      }
      return Files.exists(absolute)
          ? absolute.toRealPath()
          : absolute.resolveSibling(Files.readSymbolicLink(absolute)).normalize();
    } catch (IOException e) {
      return absolute; // It has changed meanwhile.
    }
  }

  /** Syncs a file's contents, or the names in a folder. */
  static void sync(Path path) throws IOException {
    StandardOpenOption how =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** The names in a folder, sorted. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Deletes a folder of ours, which has no folders in it. */
  static void delete(Path folder) throws IOException {
    for (String name : names(folder)) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  /** What went wrong, as the rest of a sentence. */
  static String words(IOException e) {
    @Nullable String message = e.getMessage();
    return switch (e) {
      case AccessDeniedException _ -> "this user may not";
      case NoSuchFileException _ -> "it is missing";
      case FileAlreadyExistsException _ -> "something else of its name is there";
      case FileSystemException failed when failed.getReason() != null ->
          String.valueOf(failed.getReason());
      default -> message == null ? e.getClass().getSimpleName() : message;
    };
  }
}
