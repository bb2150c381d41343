package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A library that stands between a program and its disk, compiled by the test that needs it. Where
 * there is no compiler the test is skipped and says so; with {@code TEND_CC=required}, as in CI, it
 * fails.
 */
public record Preloaded(Path library) {
  private static final int KILLED = 137;
  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

  /** Whether there is one, where the shell would find it. */
  private static boolean hasCompiler() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc")));
  }

  /** Compiles the source of that name into the folder. */
  public static Preloaded compiled(String name, Path folder) throws Exception {
    if (!hasCompiler()) {
      System.out.println("SKIPPED: " + name + " needs a C compiler");
      assertThat(System.getenv("TEND_CC")).as("a C compiler is there").isNotEqualTo("required");
      assumeTrue(false, "needs a C compiler");
    }
    Path library = folder.resolve(name + ".so");
    String source = SOURCES.resolve(name + ".c").toString();
    said(new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source, "-ldl"));
    return new Preloaded(library);
  }

  /** Runs a program over it, in a JVM of its own, to its good end; what it has said. */
  public String run(Map<String, String> environment, Class<?> program, Object... arguments)
      throws Exception {
    return said(java(environment, program, arguments));
  }

  /** Whether a program, run over it, comes to its good end; otherwise it was killed. */
  boolean survives(Map<String, String> environment, Class<?> program, Object... arguments)
      throws Exception {
    Process process =
        java(environment, program, arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    int status = process.waitFor();
    assertThat(status).isIn(0, KILLED);
    return status == 0;
  }

  private ProcessBuilder java(
      Map<String, String> environment, Class<?> program, Object... arguments) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(java.stream(), Stream.of(arguments).map(String::valueOf)).toList());
    builder.environment().put("LD_PRELOAD", library.toString());
    builder.environment().putAll(environment);
    return builder;
  }

  /** What a program says, that ends well. */
  static String said(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
