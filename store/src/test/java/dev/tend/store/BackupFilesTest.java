package dev.tend.store;

import static dev.tend.store.Samples.append;
import static dev.tend.store.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tend.store.Checkup.Finding;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.Headway;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.Shard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups as files: altered ones, restored ones, and the folders they come from. */
class BackupFilesTest {
  @TempDir Path temp;

  private Path data;
  private CatalogEntry list;

  @BeforeEach
  void fill() throws Exception {
    data = temp.resolve("data");
    try (DataFolder folder = DataFolder.open(data, 2)) {
      try (CatalogFile catalog = folder.store().openCatalog()) {
        Catalogued made = catalog.commit(List.of(wish("bob", "list", "c1"))).getFirst();
        list = ((Catalogued.Entered) made).entry();
      }
      try (Shard shard = folder.store().openShard(list.shard())) {
        shard.commit(List.of(append(list.id(), 0, 200)));
      }
    }
  }

  private Backup backup() throws Exception {
    return Backup.make(data, temp.resolve("backups"), "test", Samples.NOON, Headway.UNSEEN);
  }

  @Test
  void aBackupOfARestingFolderIsWholeAndVerifyingItTouchesNothing() throws Exception {
    Backup backup = backup();
    assertThat(backup.made().lists()).isEqualTo(1);
    assertThat(backup.made().entries()).isEqualTo(200);
    assertThat(backup.made().revisions()).isEqualTo(200);
    Map<String, Object> before = contents(backup.path());
    Backup.open(backup.path()).verify(Headway.UNSEEN);
    assertThat(contents(backup.path())).isEqualTo(before);
    assertThat(before).containsOnlyKeys("backup.json", "catalog.db", "shard-1.db", "shard-2.db");
  }

  @Test
  void anAlteredByteIsFoundWhereverItIs() throws Exception {
    Path backup = backup().path();
    Random random = new Random(7);
    for (String name : contents(backup).keySet()) {
      Path file = backup.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < 60; round++) {
        byte[] altered = bytes.clone();
        altered[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, altered);
        assertBad(backup);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        assertBad(backup);
      }
      Files.delete(file);
      assertBad(backup);
      Files.write(file, bytes);
    }
    Files.writeString(backup.resolve("shard-3.db"), "");
    assertBad(backup);
    Files.delete(backup.resolve("shard-3.db"));
    Backup.open(backup).verify(Headway.UNSEEN);
  }

  private void assertBad(Path backup) throws Exception {
    assertThatThrownBy(() -> Backup.open(backup).verify(Headway.UNSEEN))
        .isInstanceOf(BackupFailed.class);
    Path target = temp.resolve("target");
    assertThatThrownBy(
            () -> Backup.open(backup).restore(target, false, Samples.NOON, Headway.UNSEEN))
        .isInstanceOf(BackupFailed.class);
    assertThat(target).doesNotExist();
    assertThat(new RestoreTraces(target).draft()).doesNotExist();
  }

  @Test
  void aNewerBackupIsRefusedAsSuch() throws Exception {
    Path backup = backup().path();
    Path manifest = backup.resolve(Manifest.NAME);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 2"));
    assertThatThrownBy(() -> Backup.open(backup)).hasMessageContaining("newer Tend (format 2");
  }

  /** What a faulty program could have written, with hashes that are right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM journal WHERE revision = 100 | has a gap in its journal",
        "DELETE FROM journal WHERE revision = 1 | has a gap in its journal",
        "DELETE FROM journal WHERE revision = 200 | the last in its journal is 199",
        "UPDATE list SET revision = 199 | is at revision 199",
        "UPDATE list SET next_entry = 7 | would give the number 7",
        "UPDATE entry SET title = 'x' WHERE id = 7 | has entry 7 otherwise",
        "DELETE FROM entry WHERE id = 200 | has entry 200 otherwise",
        "UPDATE entry SET id = 999 WHERE id = 200 | has entry 200 otherwise",
        "INSERT INTO entry VALUES ('other', 1, NULL, 't', 0, '', 1) | in the table entry only",
        "INSERT INTO leaving SELECT list, 7, 7 FROM list | has entry 7 otherwise",
        "UPDATE journal SET payload = '{}' WHERE revision = 3 | cannot be read",
        "UPDATE list SET list = 'other'; UPDATE journal SET list = 'other';"
            + " UPDATE entry SET list = 'other' | has an id that is none",
        "UPDATE list SET list = '00112233445566778899aabbccddeeff';"
            + " UPDATE journal SET list = '00112233445566778899aabbccddeeff';"
            + " UPDATE entry SET list = '00112233445566778899aabbccddeeff'"
            + " | is not in the catalogue",
      })
  void listsThatAreNotWhatTheirJournalsMadeAreFoundByVerifyAndDoctor(String sql, String said)
      throws Exception {
    Path file = data.resolve("shard-" + list.shard() + ".db");
    Samples.sql(file, sql.split("; ?"));
    assertThatThrownBy(() -> backup().verify(Headway.UNSEEN))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining(said);
    assertThat(Checkup.of(data, Headway.UNSEEN))
        .anySatisfy(finding -> {
          assertThat(finding.isWrong()).isTrue();
          assertThat(finding.what()).contains(said);
          assertThat(finding.remedy()).contains("tend restore");
        });
  }

  @Test
  void aFullFolderIsRefusedOrKeptUnderAnotherName() throws Exception {
    Backup backup = backup();
    Map<String, Object> before = contents(data);
    assertThatThrownBy(() -> backup.restore(data, false, Samples.NOON, Headway.UNSEEN))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("is not empty");
    assertThat(contents(data)).isEqualTo(before);

    Path kept = backup.restore(data, true, Samples.NOON, Headway.UNSEEN);
    assertThat(kept).isEqualTo(temp.resolve("data.replaced-20261122T120000Z"));
    assertThat(contents(kept)).isEqualTo(before);
    try (DataFolder folder = DataFolder.open(data, 1);
        CatalogFile catalog = folder.store().openCatalog();
        Shard shard = folder.store().openShard(list.shard())) {
      CatalogEntry restored = catalog.find(list.id()).orElseThrow();
      assertThat(restored.incarnation()).isNotEqualTo(list.incarnation()).hasSize(8);
      assertThat(restored.revision()).isEqualTo(list.revision());
      assertThat(shard.head(list.id())).isEqualTo(200);
    }
  }

  @Test
  void theBackupsInAFolderThatIsReplacedGoIntoTheNewOne() throws Exception {
    Backup backup =
        Backup.make(data, data.resolve("backups"), "test", Samples.NOON, Headway.UNSEEN);
    Path kept = backup.restore(data, true, Samples.NOON, Headway.UNSEEN);
    assertThat(kept.resolve("backups")).doesNotExist();
    Backup.open(backup.path()).verify(Headway.UNSEEN);
    assertThat(Checkup.of(data, Headway.UNSEEN))
        .singleElement()
        .isEqualTo(
            Finding.toKnow(
                kept + " is what a restore has replaced.",
                "Delete it when you do not need it any more."));
  }

  @Test
  void anotherProgramsFolderOfThatNameStaysWhereItIs() throws Exception {
    Backup backup = backup();
    Path theirs = Files.createDirectories(temp.resolve("other/backups"));
    Files.writeString(theirs.resolve("monday.tar"), "mine");
    Path kept = backup.restore(temp.resolve("other"), true, Samples.NOON, Headway.UNSEEN);
    assertThat(kept.resolve("backups/monday.tar")).exists();
    assertThat(theirs).doesNotExist();
  }

  @Test
  void oneRestoreIntoAFolderIsRefusedWhileAnotherGoesOn() throws Exception {
    Backup backup = backup();
    Path target = temp.resolve("target");
    Path draft = new RestoreTraces(target).draft();
    List<Throwable> refused = new ArrayList<>();
    Headway first =
        (_, _) -> {
          if (refused.isEmpty() && Files.exists(draft)) {
            refused.add(catchThrowable(() -> restore(backup, target)));
            refused.add(catchThrowable(() -> DataFolder.open(target, 1)));
            assertThat(Checkup.of(target, Headway.UNSEEN))
                .contains(Finding.toKnow(draft + " is a restore that is going on.", ""));
          }
        };
    backup.restore(target, false, Samples.NOON, first);
    assertThat(refused)
        .extracting(Throwable::getMessage)
        .containsExactly(
            "Another restore into %s is going on.".formatted(target),
            "A restore of the data folder %s is going on.".formatted(target));
    try (DataFolder folder = DataFolder.open(target, 1);
        Shard shard = folder.store().openShard(list.shard())) {
      assertThat(shard.head(list.id())).isEqualTo(200);
    }
    assertThat(Checkup.of(target, Headway.UNSEEN)).isEmpty();
  }

  private static void restore(Backup backup, Path target) throws Exception {
    backup.restore(target, true, Samples.NOON, Headway.UNSEEN);
  }

  @Test
  void whatIsInTheWayOfARestoreAndNotOursStays() throws Exception {
    Backup backup = backup();
    Path target = temp.resolve("target");
    Path theirs = Files.createDirectory(new RestoreTraces(target).draft());
    Files.writeString(theirs.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> restore(backup, target)).hasMessageContaining("is in the way");
    assertThat(theirs.toFile().list()).containsExactly("notes.txt");
  }

  @Test
  void behindALinkTheFolderIsReplacedAndNotTheLink() throws Exception {
    Backup backup = backup();
    Path link =
        Files.createSymbolicLink(Files.createDirectory(temp.resolve("etc")).resolve("l"), data);
    Path kept = backup.restore(link, true, Samples.NOON, Headway.UNSEEN);
    assertThat(kept).isEqualTo(temp.resolve("data.replaced-20261122T120000Z"));
    assertThat(link).isSymbolicLink();
    assertThat(link.getParent().toFile().list()).containsExactly("l");
    DataFolder.open(data, 1).close();
    assertThat(Checkup.of(link, Headway.UNSEEN))
        .extracting(Finding::what)
        .containsExactly(kept + " is what a restore has replaced.");
  }

  @Test
  void anEmptyFolderBehindALinkIsFilled() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("empty"));
    assertThat(backup().restore(link, false, Samples.NOON, Headway.UNSEEN)).isEqualTo(link);
    assertThat(link).isSymbolicLink();
    assertThat(empty.resolve(Marker.NAME)).exists();
  }

  @Test
  void aLinkToNothingStaysUnlessARestoreWasCutOffBehindIt() throws Exception {
    Backup backup = backup();
    Path lost = temp.resolve("lost");
    Path link = Files.createSymbolicLink(temp.resolve("link"), lost);
    assertThatThrownBy(() -> restore(backup, link))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("is a link to a folder that is not there");
    Files.createDirectory(new RestoreTraces(lost).draft());
    assertThatThrownBy(() -> DataFolder.open(link, 1)).hasMessageContaining("was not finished");
    assertThat(Checkup.of(link, Headway.UNSEEN).getFirst().what()).contains("was not finished");
    restore(backup, link);
    assertThat(link).isSymbolicLink();
    assertThat(lost.resolve(Marker.NAME)).exists();
  }

  @Test
  void aFolderThatIsFilledWhileABackupIsVerifiedIsNotReplaced() throws Exception {
    Backup backup = backup();
    Path other = temp.resolve("other");
    Headway serverBegins =
        (_, _) -> {
          try {
            DataFolder.open(other, 1).close();
          } catch (DataFolderException e) {
            // The restore has begun to write.
          }
        };
    assertThatThrownBy(() -> backup.restore(other, false, Samples.NOON, serverBegins))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("is not empty");
    assertThat(temp.toFile().list()).containsExactlyInAnyOrder("data", "backups", "other");
  }

  @Test
  void aFolderThatAServerHoldsIsNeitherBackedUpDirectlyNorReplaced() throws Exception {
    Backup backup = backup();
    try (DataFolder held = DataFolder.open(data, 1)) {
      assertThatThrownBy(this::backup).hasMessageContaining("in use by another Tend server");
      assertThatThrownBy(() -> backup.restore(data, true, Samples.NOON, Headway.UNSEEN))
          .hasMessageContaining("in use by another Tend server");
      assertThat(held.path()).isDirectory();
      assertThat(Checkup.of(data, Headway.UNSEEN)).noneMatch(Finding::isWrong);
    }
    assertThat(temp.toFile().list()).containsExactlyInAnyOrder("data", "backups");
  }

  @Test
  void aBackupOrAnythingElseIsNoDataFolder() throws Exception {
    Path backup = backup().path();
    assertThatThrownBy(() -> DataFolder.open(backup, 1))
        .hasMessageContaining("files of another program, such as backup.json");
    assertThat(Checkup.of(backup, Headway.UNSEEN).getFirst().what()).contains("is a backup");
    Path foreign = Files.createDirectory(temp.resolve("foreign"));
    Files.writeString(foreign.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> Backup.open(foreign)).hasMessageContaining("is no backup");
    assertThatThrownBy(
            () -> Backup.make(foreign, temp.resolve("b"), "t", Samples.NOON, Headway.UNSEEN))
        .hasMessageContaining("is no data folder of Tend");
    assertThat(Checkup.of(foreign, Headway.UNSEEN)).anyMatch(Finding::isWrong);
    assertThat(foreign.toFile().list()).containsExactly("notes.txt");
    assertThat(temp.resolve("b")).doesNotExist();
  }

  @Test
  void theDoctorFindsNothingInAGoodFolderAndSaysWhatIsMissingOrBroken() throws Exception {
    assertThat(Checkup.of(data, Headway.UNSEEN)).isEmpty();
    Path shard = data.resolve("shard-" + list.shard() + ".db");
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, "not a database, but long enough".getBytes(StandardCharsets.UTF_8));
    assertThat(wrongs()).singleElement().asString().contains("is not a database");
    Files.delete(shard);
    assertThat(wrongs()).singleElement().asString().contains("missing");
    Files.write(shard, bytes);
    Samples.sql(shard, "PRAGMA user_version = 99");
    assertThat(wrongs()).singleElement().asString().contains("newer Tend");
    Files.createDirectory(new RestoreTraces(data).draft());
    assertThat(wrongs()).anyMatch(what -> what.contains("a restore that was not finished"));
    assertThat(Checkup.of(temp.resolve("nowhere"), Headway.UNSEEN).getFirst().what())
        .contains("There is no folder");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 104857599, true, Only ",
    "104857600, 209715199, false, and the lists have ",
    "104857600, 209715200, false, ''"
  })
  void theDoctorSaysWhenTheDiskIsAlmostFullOrTooSmallForABackup(
      long size, long free, boolean isWrong, String said) {
    Optional<Finding> found = FilesCheckup.space(Path.of("data"), size, free);
    assertThat(found.map(Finding::what).orElse("")).contains(said);
    assertThat(found.isPresent()).isEqualTo(!said.isEmpty());
    assertThat(found.filter(Finding::isWrong).isPresent()).isEqualTo(isWrong);
  }

  private List<String> wrongs() {
    List<String> wrongs = new ArrayList<>();
    for (Finding finding : Checkup.of(data, Headway.UNSEEN)) {
      if (finding.isWrong()) {
        wrongs.add(finding.what());
      }
    }
    return wrongs;
  }

  private static Map<String, Object> contents(Path folder) throws IOException {
    Map<String, Object> contents = new TreeMap<>();
    for (String name : Io.names(folder)) {
      contents.put(name, Sha256.of(folder.resolve(name), _ -> {}));
    }
    return contents;
  }
}
