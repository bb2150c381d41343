package dev.tend.web.metrics;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The data folder, as it was when a thread of its own last looked: a disk that does not answer
 * holds that thread alone. Files are asked for their size and never opened.
 */
final class Disk {
  private static final Pattern STORE = Pattern.compile("(catalog|shard-\\d+)\\.db(-wal|-shm)?");

  private final Path folder;
  private volatile Map<String, Long> sizes = Map.of();
  private volatile OptionalLong free = OptionalLong.empty();
  private volatile OptionalLong total = OptionalLong.empty();

  Disk(Path folder) {
    this.folder = folder;
  }

  /** Looks. */
  void sample() {
    try {
      FileStore disk = Files.getFileStore(folder);
      free = OptionalLong.of(disk.getUsableSpace());
      total = OptionalLong.of(disk.getTotalSpace());
      sizes = sizes();
    } catch (IOException gone) {
      free = OptionalLong.empty();
      total = OptionalLong.empty();
      sizes = Map.of();
    }
  }

  private Map<String, Long> sizes() throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = STORE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          bytes.merge(name.group(1), size(file), Long::sum);
        }
      }
    }
    return Map.copyOf(bytes);
  }

  /** A log that has just been taken away has none. */
  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  void addTo(Gauges gauges) {
    if (!sizes.isEmpty()) {
      gauges.gauge(
          "tend_store_size_bytes",
          "How large the files of the catalogue and of each shard are, their logs included.",
          "store",
          sizes);
    }
    free.ifPresent(bytes ->
        gauges.gauge("tend_disk_free_bytes", "How much room the data folder's disk has.", bytes));
    total.ifPresent(bytes ->
        gauges.gauge("tend_disk_size_bytes", "How large the data folder's disk is.", bytes));
  }
}
