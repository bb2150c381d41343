package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Libraries that stand between a server and its disk or clock, compiled by the test that needs one.
 * Where there is no compiler the test is skipped and says so; with {@code TEND_CC=required}, as in
 * CI, it fails.
 */
final class Shim {
  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

  private Shim() {}

  /** Compiles the source of that name into the folder, and answers the library's path. */
  static String compiled(String name, Path folder) throws Exception {
    boolean linux = System.getProperty("os.name").equals("Linux");
    if (!linux || !Programs.has("cc")) {
      System.out.println("SKIPPED: " + name + " needs Linux and a C compiler");
      assertThat(System.getenv("TEND_CC")).as("a C compiler is there").isNotEqualTo("required");
      assumeTrue(false, "needs Linux and a C compiler");
    }
    Path library = folder.resolve(name + ".so");
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                SOURCES.resolve(name + ".c").toString(),
                "-ldl")
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(said).isZero();
    return library.toString();
  }
}
