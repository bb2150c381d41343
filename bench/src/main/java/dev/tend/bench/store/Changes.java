package dev.tend.bench.store;

import com.sun.management.OperatingSystemMXBean;
import dev.tend.todo.Command;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoServer;
import dev.tend.todo.backup.BackupRun;
import dev.tend.todo.backup.Backups;
import dev.tend.todo.journal.ListId;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients that add an entry and delete it, again and again, so that a list stays as long as it is;
 * each change is made when the last is durable.
 *
 * @param lists the clients have these in turn
 */
record Changes(List<ListId> lists, int clients, Duration time) {
  /** What a commit writes at the least: a page of SQLite's. */
  private static final int PAGE = 4_096;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  double perSecond() throws Exception {
    long begin = System.nanoTime();
    long made = run();
    return made * 1e9 / (System.nanoTime() - begin);
  }

  /** Of the whole process, in microseconds. */
  double cpuEach() throws Exception {
    long before = SYSTEM.getProcessCpuTime();
    long made = run();
    return (SYSTEM.getProcessCpuTime() - before) / 1e3 / made;
  }

  /** What 95 of 100 changes do not take longer than, in microseconds. */
  double p95() throws Exception {
    Histogram nanoseconds = new ConcurrentHistogram(3);
    run(nanoseconds::recordValue);
    return nanoseconds.getValueAtPercentile(95) / 1e3;
  }

  /** The same while one backup after the other is made. */
  double p95DuringBackups() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService backups = Executors.newSingleThreadExecutor()) {
      Future<?> made = backups.submit(() -> backUpUntil(over));
      try {
        return p95();
      } finally {
        over.set(true);
        made.get();
      }
    }
  }

  private static void backUpUntil(AtomicBoolean over) {
    while (!over.get()) {
      BackupRun run = Backups.make(UUID.randomUUID().toString());
      while (run instanceof BackupRun.Running running) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        run = Backups.make(running.key());
      }
      if (run instanceof BackupRun.Failed(String _, String reason)) {
        throw new IllegalStateException("a backup failed: " + reason);
      }
    }
  }

  private long run() throws Exception {
    return run(_ -> {});
  }

  private long run(LongConsumer times) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> each = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        ListId list = lists.get(client % lists.size());
        each.add(threads.submit(() -> changeUntil(end, list, times)));
      }
      long made = 0;
      for (Future<Long> client : each) {
        made += client.get();
      }
      return made;
    }
  }

  private static long changeUntil(long end, ListId list, LongConsumer times) {
    long made = 0;
    while (System.nanoTime() - end < 0) {
      long begin = System.nanoTime();
      Outcome.Changed changed =
          change(list, new TodoServer.Add(Command.fresh("bench"), StoredLists.draft(1)));
      times.accept(System.nanoTime() - begin);
      int id = Objects.requireNonNull(changed.entry()).id();
      change(list, new TodoServer.Delete(Command.fresh("bench"), id));
      made += 2;
    }
    return made;
  }

  private static Outcome.Changed change(ListId list, TodoServer.ChangeRequest request) {
    if (ListClient.call(list, request) instanceof Outcome.Changed changed) {
      return changed;
    }
    throw new IllegalStateException("a change was not made: " + request);
  }

  /** How often a page can be appended to a file and synced, by the bare system calls. */
  static double rawPerSecond(Path folder, Duration time) throws Exception {
    Path file = folder.resolve("raw");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
      long begin = System.nanoTime();
      long synced = 0;
      while (System.nanoTime() - begin < time.toNanos()) {
        page.clear();
        channel.write(page);
        channel.force(false);
        synced++;
      }
      return synced * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    } finally {
      Files.delete(file);
    }
  }
}
