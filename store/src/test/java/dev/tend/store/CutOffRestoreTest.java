package dev.tend.store;

import static dev.tend.store.Samples.append;
import static dev.tend.store.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.todo.backup.Headway;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code restore --replace}, killed at each of its system calls, or some and the last ones but for
 * {@code -Plong}: the lists are there, the old or the restored ones, or it is said how to have them
 * back. A preloaded library in another JVM, see failing_io.c.
 */
@EnabledOnOs(OS.LINUX)
class CutOffRestoreTest {
  private static final Map<String, String> CALLS = Map.of("FAILING_IO", "/data.");
  private static final String KEPT = "backups/tend-20261101T000000Z";
  private static final int BACKED_UP = 3;
  private static final int NOW = 5;

  @TempDir Path temp;
  private Path data;
  private Path template;
  private Backup backup;
  private ListId list;
  private Preloaded library;

  @BeforeEach
  void backUp() throws Exception {
    library = Preloaded.compiled("failing_io", temp);
    data = temp.resolve("data");
    template = temp.resolve("template");
    try (DataFolder folder = DataFolder.open(template, 1)) {
      try (CatalogFile catalog = folder.store().openCatalog()) {
        Catalogued made = catalog.commit(List.of(wish("bob", "list", "c1"))).getFirst();
        list = ((Catalogued.Entered) made).entry().id();
      }
      commit(folder, 0, BACKED_UP);
    }
    backup = Backup.make(template, temp.resolve("backups"), "test", Samples.NOON, Headway.UNSEEN);
    try (DataFolder folder = DataFolder.open(template, 1)) {
      commit(folder, BACKED_UP, NOW - BACKED_UP);
    }
  }

  private void commit(DataFolder folder, long head, int count) throws Exception {
    try (Shard shard = folder.store().openShard(1)) {
      shard.commit(List.of(append(list, head, count)));
    }
  }

  /** Restores; killed at the n-th call that has to do with the data folder, or says how many. */
  static final class Dying {
    public static void main(String[] args) throws Throwable {
      FailingIo disk = FailingIo.of(Path.of(args[0]));
      disk.fail(Long.parseLong(args[1]), 0, false);
      Backup.open(Path.of(args[2])).restore(Path.of(args[3]), true, Samples.NOON, Headway.UNSEEN);
      System.out.println("calls: " + disk.heal());
    }
  }

  private boolean restores(int n) throws Exception {
    return library.survives(CALLS, Dying.class, library.library(), n, backup.path(), data);
  }

  @Test
  void whereverItIsCutOffTheListsAreThereOrItIsSaidHowToHaveThemBack() throws Exception {
    afresh();
    String said = library.run(CALLS, Dying.class, library.library(), 0, backup.path(), data);
    int calls = Integer.parseInt(said.strip().replaceFirst("(?s).* ", ""));
    int step = Boolean.getBoolean("tend.long") ? 1 : calls / 3;
    int betweenTheNames = 0;
    for (int n :
        IntStream.rangeClosed(1, calls).filter(n -> n % step == 0 || n > calls - 8).toArray()) {
      afresh();
      assertThat(restores(n)).as("call " + n).isFalse();
      if (Files.exists(data)) {
        assertThat(head()).as("call " + n).isIn((long) NOW, (long) BACKED_UP);
      } else {
        betweenTheNames++;
        assertTheWayBackIsSaidAndLeadsThere();
      }
      assertNoBackupIsLost();
      backup.restore(data, true, Samples.NOON.plusSeconds(9), Headway.UNSEEN);
      assertNoBackupIsLost();
      assertThat(head()).as("call " + n).isEqualTo(BACKED_UP);
      assertThat(new RestoreTraces(data).draft()).doesNotExist();
    }
    assertThat(betweenTheNames).isPositive();
  }

  private void assertTheWayBackIsSaidAndLeadsThere() throws Exception {
    Path aside = new RestoreTraces(data).replaced().getLast();
    assertThatThrownBy(() -> DataFolder.open(data, 1))
        .isInstanceOf(DataFolderException.class)
        .hasMessageMatching("A restore of the data folder .* was not finished: .*\\.")
        .hasMessageContainingAll("run tend restore again", "rename " + aside + " to it");
    assertThat(data).doesNotExist();
    assertThat(Checkup.of(data, Headway.UNSEEN))
        .extracting(finding -> finding.what() + " " + finding.remedy())
        .anyMatch(said -> said.contains("was not finished. Run tend restore again"))
        .anyMatch(said -> said.contains("Rename it to " + data + " to have it back."))
        .noneMatch(said -> said.contains("start a server"));

    Files.move(aside, data);
    assertThat(head()).isEqualTo(NOW);
    Files.move(data, aside);
  }

  /** They are in the new folder, or it is said where. */
  private void assertNoBackupIsLost() throws Exception {
    if (Files.exists(data.resolve(KEPT))) {
      return;
    }
    Path aside = new RestoreTraces(data).replaced().getFirst();
    assertThat(aside.resolve(KEPT)).exists();
    assertThat(Checkup.of(data, Headway.UNSEEN))
        .extracting(Checkup.Finding::what)
        .contains(aside + " is what a restore has replaced, and there are backups in it.");
    if (!Files.exists(data)) {
      assertThatThrownBy(() -> DataFolder.open(data, 1))
          .hasMessageContaining("(the backups are in %s now)".formatted(aside.resolve("backups")));
    }
  }

  private long head() throws Exception {
    try (DataFolder folder = DataFolder.open(data, 1);
        CatalogFile catalog = folder.store().openCatalog();
        Shard shard = folder.store().openShard(1)) {
      assertThat(catalog.find(list)).isPresent();
      return shard.head(list);
    }
  }

  private void afresh() throws IOException {
    List<Path> all = new ArrayList<>(new RestoreTraces(data).replaced());
    all.addAll(List.of(data, new RestoreTraces(data).draft()));
    for (Path left : all) {
      if (Files.exists(left)) {
        for (Path folder = left.resolve(KEPT); !folder.equals(left); folder = folder.getParent()) {
          Files.deleteIfExists(folder);
        }
        Io.delete(left);
      }
    }
    Files.createDirectories(data.resolve(KEPT));
    try (Stream<Path> files = Files.list(template)) {
      for (Path file : files.toList()) {
        Files.copy(file, data.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
