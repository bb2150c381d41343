package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each system call that the store makes on a shard's files fails, one after the other; every ninth
 * but for {@code -Plong}. A preloaded library in another JVM, see failing_io.c and {@link
 * OnFailingIo}.
 */
@EnabledOnOs(OS.LINUX)
class FailingIoTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(OnFailingIo.Fault.class)
  void whichever_call_fails_what_was_acknowledged_is_there_and_what_was_refused_is_not(
      OnFailingIo.Fault fault) throws Exception {
    Preloaded library = Preloaded.compiled("failing_io", temp);
    String said =
        library.run(
            Map.of("FAILING_IO", "shard-1.db"),
            OnFailingIo.class,
            temp,
            library.library(),
            fault.name(),
            Boolean.getBoolean("tend.long") ? 1 : 9);
    System.out.print(said);
    assertThat(said).contains("as it should be");
  }
}
