package dev.tend.store;

import static dev.tend.store.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Appended.Committed;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.journal.StoreException.Damaged;
import dev.tend.todo.journal.StoreException.OutcomeUnknown;
import dev.tend.todo.journal.StoreException.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worker's work on a shard whose n-th system call fails, for each n there is. Another shard,
 * whose calls do not fail, is written all the while.
 */
final class OnFailingIo {
  private static final ListId LIST = ListId.random();
  private static final int COMMITS = 6;

  /** How the call fails. */
  enum Fault {
    /** An I/O error, once. */
    ERROR_ONCE(5, false),
    /** From one write on the disk is full, until all has been tried. */
    FULL(28, true),
    /** From one write on the disk is read-only, until all has been tried. */
    READ_ONLY(30, true);

    private final int errno;
    private final boolean lasting;

    Fault(int errno, boolean lasting) {
      this.errno = errno;
      this.lasting = lasting;
    }
  }

  private final FailingIo failIo;
  private final Path folder;
  private @Nullable Shard shard;
  private long acknowledged;

  /** What may be there besides, because nobody could say. */
  private long unknown;

  private int refused;
  private int unknowns;
  private int misreads;

  private OnFailingIo(FailingIo failIo, Path folder) {
    this.failIo = failIo;
    this.folder = folder;
  }

  public static void main(String[] args) throws Throwable {
    Path temp = Path.of(args[0]);
    Fault fault = Fault.valueOf(args[2]);
    FailingIo failIo = FailingIo.of(Path.of(args[1]));
    Path template = temp.resolve("template");
    DataFolder.open(template, 2).close();
    int refused = 0;
    int unknowns = 0;
    int misreads = 0;
    long step = Long.parseLong(args[3]);
    long n = 1 - step;
    boolean met = true;
    while (met) {
      n += step;
      OnFailingIo run = new OnFailingIo(failIo, copy(template, temp.resolve("run" + n)));
      try {
        met = run.failingAt(n, fault);
      } catch (AssertionError | StoreException e) {
        throw new AssertionError("call " + n + ", " + fault + ": " + e.getMessage(), e);
      }
      refused += run.refused;
      unknowns += run.unknowns;
      misreads += run.misreads;
    }
    assertThat(n).as("calls").isGreaterThan(50);
    assertThat(refused).isPositive();
    System.out.println(
        "%s at each of %d calls (by %d): %d refusals (%d misread), %d unknown, as it should be"
            .formatted(fault, n - step, step, refused, misreads, unknowns));
  }

  /** The state of the files at this moment, without what a crash loses. */
  private static Path copy(Path from, Path to) throws Exception {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    return to;
  }

  /** Whether there was such a call. */
  private boolean failingAt(long n, Fault fault) throws Throwable {
    long calls;
    try (DataFolder data = DataFolder.open(folder, 2);
        Shard other = data.store().openShard(2)) {
      failIo.fail(n, fault.errno, fault.lasting);
      for (int commit = 0; commit < COMMITS; commit++) {
        work(data, commit);
        assertThat(other.commit(List.of(append(LIST, commit, 1))))
            .as("another shard")
            .containsExactly(new Committed(commit + 1));
      }
      close();
      open(data);
      calls = failIo.heal();

      open(data);
      settle(data);
      assertThat(shard.read(LIST, 0, 100_000)).hasSize((int) acknowledged);
      assertThat(shard.entries(LIST, 0, 100_000)).hasSize((int) acknowledged);
      write(data, 1);
      assertThat(refusedNothing(n, calls)).isTrue();
      data.close(Duration.ZERO); // what is open stays so
    }
    Path crash = copy(folder, folder.resolveSibling(folder.getFileName() + "crash"));
    try (DataFolder data = DataFolder.open(crash, 2);
        Shard after = data.store().openShard(1)) {
      assertThat(after.head(LIST)).as("after a crash").isEqualTo(acknowledged);
    }
    close();
    try (DataFolder data = DataFolder.open(folder, 2)) {
      assertThat(data.store().shardDamage(1)).isEmpty();
      try (Shard again = data.store().openShard(1)) {
        assertThat(again.head(LIST)).as("after a restart").isEqualTo(acknowledged);
      }
    }
    return calls >= n;
  }

  private boolean refusedNothing(long n, long calls) {
    return calls >= n || (refused == 0 && unknowns == 0 && acknowledged > COMMITS);
  }

  private void work(DataFolder data, int commit) throws StoreException {
    open(data);
    if (shard == null) {
      return;
    }
    settle(data);
    if (shard == null) {
      return;
    }
    write(data, commit % 3 == 2 ? 200 : 1 + commit);
    if (commit == 3) {
      close(); // the log goes back into the file
    }
  }

  /** As a worker does: what cannot be opened is tried again later. */
  private void open(DataFolder data) throws StoreException {
    if (shard == null) {
      try {
        shard = data.store().openShard(1);
      } catch (Damaged e) {
        misread(data);
      } catch (Unavailable e) {
        refused++;
      }
    }
  }

  private void close() {
    if (shard != null) {
      shard.close();
      shard = null;
    }
  }

  /** A new epoch says what has become of what was unknown. */
  private void settle(DataFolder data) throws StoreException {
    try {
      long head = shard.head(LIST);
      assertThat(head).isBetween(acknowledged, acknowledged + unknown);
      if (unknown > 0) {
        assertThat(head).isIn(acknowledged, acknowledged + unknown);
      }
      acknowledged = head;
      unknown = 0;
    } catch (Damaged e) {
      misread(data);
    } catch (Unavailable e) {
      refused++;
    }
  }

  /** SQLite takes an error of a read for corruption; then the shard is closed, and checked. */
  private void misread(DataFolder data) throws StoreException {
    refused++;
    misreads++;
    close();
    assertThat(data.store().shardDamage(1)).isEmpty();
  }

  private void write(DataFolder data, int records) throws StoreException {
    if (shard == null || unknown > 0) {
      return;
    }
    try {
      assertThat(shard.commit(List.of(append(LIST, acknowledged, records))))
          .containsExactly(new Committed(acknowledged + records));
      acknowledged += records;
    } catch (OutcomeUnknown e) {
      unknowns++;
      unknown = records;
      close();
    } catch (Damaged e) {
      misread(data);
    } catch (Unavailable e) {
      refused++;
    } catch (StoreException.Superseded e) {
      close();
    }
  }
}
