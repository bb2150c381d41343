package dev.tend.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
  @TempDir private Path folder;

  @Test
  void aPlaceIsLeftAsItWas() throws IOException {
    Path there = Files.writeString(folder.resolve("there"), "of the run before");
    assertThat(Output.hindrance(there)).isEmpty();
    assertThat(there).hasContent("of the run before");
    Path fresh = folder.resolve("fresh");
    assertThat(Output.hindrance(fresh)).isEmpty();
    assertThat(fresh).doesNotExist();
  }

  @Test
  void whyNothingCanBeWrittenIsSaid() {
    assertThat(Output.hindrance(folder.resolve("none").resolve("run")))
        .hasValueSatisfying(
            why -> assertThat(why).endsWith("run cannot be written: its folder is not there"));
    assertThat(Output.hindrance(folder))
        .hasValueSatisfying(why -> assertThat(why).endsWith("cannot be written: Is a directory"));
  }
}
