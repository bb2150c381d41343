package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that goes, or that another one takes the place of, is noticed before the next commit. */
class PlaceTest {
  @TempDir Path folder;
  private Path database;
  private Place place;

  @BeforeEach
  void make() throws IOException {
    database = Files.createFile(folder.resolve("shard-1.db"));
    Files.createFile(folder.resolve("shard-1.db-wal"));
    place = Place.of(database);
  }

  private FileTime hoursAgo(int hours) throws IOException {
    return ago(Duration.ofHours(hours));
  }

  private FileTime ago(Duration age) throws IOException {
    FileTime time = FileTime.from(Instant.now().minus(age));
    Files.setLastModifiedTime(folder, time);
    return Files.getLastModifiedTime(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shard-1.db", "shard-1.db-wal"})
  void aFileThatIsDeletedOrReplacedIsMissed(String name) throws IOException {
    for (int hours : new int[] {0, 1, -1}) {
      hoursAgo(hours);
      assertThat(place.isUnchanged()).isTrue();
      assertThat(place.isUnchanged()).isTrue();
      Path file = folder.resolve(name);
      Path kept = Files.move(file, folder.resolve("kept"));
      assertThat(place.isUnchanged()).as("deleted, %d h", hours).isFalse();
      Files.createFile(file);
      assertThat(place.isUnchanged()).as("replaced, %d h", hours).isFalse();
      Files.delete(file);
      Files.move(kept, file);
      assertThat(place.isUnchanged()).as("put back, %d h", hours).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1M", "PT1H"})
  void onlyAFolderThatHasBeenQuietIsGoneByItsTime(Duration age) throws IOException {
    FileTime time = ago(age);
    assertThat(place.isUnchanged()).isTrue();
    Files.delete(database);
    Files.setLastModifiedTime(folder, time);
    assertThat(place.isUnchanged()).isEqualTo(age.isPositive());
  }
}
