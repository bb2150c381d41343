package dev.tend.otp.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The step of the build that holds lists, tests and {@code docs/conformance.md} together. Runs in
 * the folder of the module; with the argument {@code write} it writes the page, else it fails where
 * the page is another.
 */
final class Gate {
  static final Path RESULTS = Path.of("target", "conformance");
  static final String FILTERED = "filtered by ";

  private static final Path LISTS =
      Path.of("src", "test", "resources", "dev", "tend", "otp", "conformance");
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGE = DOCS.resolve("conformance.md");

  private Gate() {}

  public static void main(String[] args) throws IOException {
    List<Path> runs = filesIn(RESULTS);
    List<String> ran = linesOf(runs);
    List<String> filters = ran.stream().filter(line -> line.startsWith(FILTERED)).toList();
    if (runs.isEmpty() || !filters.isEmpty()) {
      System.out.println(
          "conformance: not judged, for not all tests ran "
              + (runs.isEmpty() ? "(skipped)" : filters));
      return;
    }
    Conformance conformance =
        new Conformance(listed(), ran.stream().map(CaseResult::parse).toList(), decisions());
    List<String> problems = new ArrayList<>(conformance.problems());
    if (problems.isEmpty()) {
      String page = conformance.page();
      if (List.of(args).contains("write")) {
        Files.writeString(PAGE, page);
      } else if (!page.equals(committed())) {
        problems.add(
            "docs/conformance.md is not what lists and tests say: rewrite it with"
                + " mvn verify -pl otp,otp-testkit -Pconformance");
      }
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> System.err.println("conformance: " + problem));
      System.exit(1);
    }
  }

  private static List<ListedCase> listed() throws IOException {
    List<ListedCase> cases = new ArrayList<>();
    for (Path list : filesIn(LISTS)) {
      String suite = list.getFileName().toString().replaceFirst("\\.tsv$", "");
      Files.readAllLines(list).forEach(line -> cases.add(ListedCase.parse(suite, line)));
    }
    return cases;
  }

  private static Map<String, String> decisions() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Path record : filesIn(DOCS.resolve("decisions"))) {
      String name = record.getFileName().toString();
      files.put(name.split("-", 2)[0], name);
    }
    return files;
  }

  private static String committed() throws IOException {
    try {
      return Files.readString(PAGE);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  private static List<String> linesOf(List<Path> files) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
