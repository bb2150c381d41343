package dev.tend.otp.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the documentation compiles, runs, and prints what the page says it prints. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path OTP = ROOT.resolve(Path.of("otp", "target", "classes"));
  private static final List<String> MODULES =
      List.of("--module-path", OTP.toString(), "--add-modules", "dev.tend.otp");

  @TempDir private Path folder;

  static List<Page> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (Path top : List.of(ROOT.resolve("docs/otp"), ROOT.resolve("otp/src/main/java"))) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.sorted().toList()) {
          if (file.toString().endsWith(".md") || file.toString().endsWith(".java")) {
            pages.add(Page.read(ROOT, file));
          }
        }
      }
    }
    pages.add(Page.read(ROOT, ROOT.resolve("otp/README.md")));
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    return pages().stream()
        .flatMap(page ->
            page.programs().stream()
                .map(program ->
                    DynamicTest.dynamicTest(
                        page.name() + ":" + program.line(), () -> check(program))));
  }

  /** A page whose blocks are not found would pass in silence. */
  @Test
  void there_are_examples() throws IOException {
    assertThat(pages().stream().filter(page -> !page.programs().isEmpty()).map(Page::name))
        .contains("otp/README.md");
  }

  private void check(Page.Program program) throws Exception {
    Path classes = Files.createTempDirectory(folder, "example");
    compile(program.source(), classes);
    Path output = classes.resolve("output.txt");
    List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(MODULES);
    command.addAll(List.of("--class-path", classes.toString(), "Example"));
    Process running =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(classes.resolve("errors.txt").toFile())
            .start();
    try {
      assertThat(running.waitFor(60, TimeUnit.SECONDS)).as("ends within a minute").isTrue();
    } finally {
      running.destroyForcibly();
    }
    String errors = Files.readString(classes.resolve("errors.txt"));
    assertThat(running.exitValue()).as(program.source() + "\n" + errors).isZero();
    if (!program.output().isEmpty()) {
      assertThat(Files.readAllLines(output))
          .as(program.source() + "\n" + errors)
          .isEqualTo(program.output());
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void compile(String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = new ArrayList<>(MODULES);
    options.addAll(List.of("-d", classes.toString(), "-proc:none"));
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(new Source(source))).call();
    assertThat(compiled).as(messages + "\n" + source).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Example.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
