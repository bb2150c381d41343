package dev.tend.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** A file for what will have been measured: that takes long, so it is asked for beforehand. */
public final class Output {
  private Output() {}

  /** What writes it. */
  @FunctionalInterface
  public interface Writing {
    void run() throws IOException;
  }

  /** Why nothing can be written there, in a sentence; the place is left as it was. */
  public static Optional<String> hindrance(Path file) {
    boolean isThere = Files.exists(file);
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!isThere) {
        Files.delete(file.toRealPath());
      }
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(sentence(file, refused));
    }
  }

  /** Writes it; why that failed, in a sentence: a disk may have filled in the meantime. */
  public static Optional<String> failure(Path file, Writing writing) {
    try {
      writing.run();
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(sentence(file, refused));
    } catch (UncheckedIOException refused) {
      return Optional.of(sentence(file, Objects.requireNonNull(refused.getCause())));
    }
  }

  private static String sentence(Path file, IOException refused) {
    return file + " cannot be written: " + words(refused);
  }

  private static String words(IOException refused) {
    return switch (refused) {
      case NoSuchFileException _ -> "its folder is not there";
      case AccessDeniedException _ -> "that is not allowed";
      case FileSystemException it when it.getReason() != null -> it.getReason();
      default -> refused.getMessage() == null ? refused.toString() : refused.getMessage();
    };
  }
}
