package dev.tend.app.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes of the files of a killed program what a power loss would have left, by the log that
 * power_loss.c has written: what was not synced is dropped, or torn: of each sector of the disk
 * stays any of the versions since its last sync, and of each file the old or the new size.
 */
final class PowerLoss {
  private static final int SECTOR = 512;
  private static final int HEAD = 48;

  private static final int WRITTEN = 1;
  private static final int TRUNCATED = 2;
  private static final int SYNCED = 3;
  private static final int CREATED = 4;
  private static final int RENAMED = 5;
  private static final int HELD = 6;

  private final Random random;
  private final boolean torn;
  private int undone;

  /** A record of the log. */
  private record Step(
      int type, String path, long number, long offset, long size, long length, ByteBuffer kept) {

    boolean isOfContent() {
      return type == WRITTEN || type == TRUNCATED;
    }

    long end() {
      return offset + Math.max(length, kept.remaining());
    }
  }

  PowerLoss(Random random, boolean torn) {
    this.random = random;
    this.torn = torn;
  }

  /** The files on which a sync waits, or has waited. */
  static List<String> held(Path log) throws IOException {
    return read(log).stream().filter(step -> step.type() == HELD).map(Step::path).toList();
  }

  /** How many steps have been undone, in part or whole. */
  int undone() {
    return undone;
  }

  /** Undoes, and removes the log; without a log there is nothing to undo. */
  void strike(Path data, Path log) {
    try {
      if (Files.exists(log)) {
        undo(read(log));
        Files.delete(log);
      }
      if (Files.isDirectory(data)) {
        forgetMemory(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forgetMemory(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(it -> it.toString().endsWith("-shm")).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<Step> read(Path log) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
    List<Step> steps = new ArrayList<>();
    while (bytes.remaining() >= HEAD) {
      int type = bytes.getInt();
      byte[] path = new byte[bytes.getInt()];
      long number = bytes.getLong();
      long offset = bytes.getLong();
      int kept = (int) bytes.getLong();
      long size = bytes.getLong();
      long length = bytes.getLong();
      if (bytes.remaining() < path.length + kept) {
        break; // killed while it wrote this
      }
      bytes.get(path);
      ByteBuffer before = bytes.slice(bytes.position(), kept);
      bytes.position(bytes.position() + kept);
      String name = new String(path, StandardCharsets.UTF_8);
      steps.add(new Step(type, name, number, offset, size, length, before));
    }
    return steps;
  }

  private void undo(List<Step> steps) throws IOException {
    Map<String, Long> covered = new HashMap<>();
    for (Step step : steps) {
      if (step.type() == SYNCED) {
        covered.merge(step.path(), step.offset(), Math::max);
      }
    }
    Map<String, List<Step>> unsynced = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step.isOfContent() && step.number() > covered.getOrDefault(step.path(), 0L)) {
        unsynced.computeIfAbsent(step.path(), _ -> new ArrayList<>()).add(step);
      }
    }
    for (Map.Entry<String, List<Step>> file : unsynced.entrySet()) {
      if (Files.exists(Path.of(file.getKey()))) {
        content(Path.of(file.getKey()), file.getValue());
      }
    }
    for (Step step : steps.reversed()) {
      String folder = String.valueOf(Path.of(step.path()).getParent());
      if (step.number() > covered.getOrDefault(folder, 0L) && (!torn || random.nextBoolean())) {
        entry(step);
      }
    }
  }

  /** What a folder that has not been synced may not know yet. */
  private void entry(Step step) throws IOException {
    Path path = Path.of(step.path());
    if (step.type() == CREATED && Files.deleteIfExists(path)) {
      undone++;
    } else if (step.type() == RENAMED && Files.exists(path)) {
      Path from = Path.of(StandardCharsets.UTF_8.decode(step.kept().duplicate()).toString());
      Files.move(path, from, StandardCopyOption.REPLACE_EXISTING);
      undone++;
    }
  }

  private void content(Path path, List<Step> steps) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long now = file.length();
      Map<Long, Integer> keeps = new HashMap<>();
      for (Step step : steps) {
        for (long sector = step.offset() / SECTOR; sector * SECTOR < step.end(); sector++) {
          keeps.computeIfAbsent(sector, _ -> torn ? random.nextInt(steps.size() + 1) : 0);
        }
      }
      for (int i = steps.size() - 1; i >= 0; i--) {
        undone++;
        for (long sector = steps.get(i).offset() / SECTOR;
            sector * SECTOR < steps.get(i).end();
            sector++) {
          if (keeps.get(sector) <= i) {
            before(file, steps.get(i), sector * SECTOR);
          }
        }
      }
      file.setLength(torn && random.nextBoolean() ? now : steps.getFirst().size());
    }
  }

  /** Puts a sector of a step back; beyond the end there was nothing. */
  private static void before(RandomAccessFile file, Step step, long sector) throws IOException {
    long begin = Math.max(sector, step.offset());
    long end = Math.min(sector + SECTOR, step.end());
    byte[] bytes = new byte[(int) (end - begin)];
    for (int i = 0; i < bytes.length; i++) {
      long at = begin - step.offset() + i;
      bytes[i] = at < step.kept().remaining() ? step.kept().get((int) at) : 0;
    }
    file.seek(begin);
    file.write(bytes);
  }
}
