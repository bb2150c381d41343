package dev.tend.otp.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples of one page of documentation: a Markdown file, or the Javadoc of a package.
 *
 * <p>All {@code java} blocks of a page are one text in the making: a block with declarations is
 * there for all that follow. A block with {@code void main()} completes a program, and the {@code
 * text} block after it, if there is one, is what the program prints.
 *
 * @param name where it stands, from the top of the repository
 */
record Page(String name, List<Program> programs) {
  private static final Pattern MARKDOWN =
      Pattern.compile("^```(java|text)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern JAVADOC =
      Pattern.compile(
          "^ \\* \\{@snippet lang=(java|text) :\n(.*?)^ \\* \\}$",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

  /**
   * A program that the page shows.
   *
   * @param line of its {@code main} block
   * @param output what it is said to print, if the page says so
   */
  record Program(int line, String source, List<String> output) {}

  static Page read(Path root, Path file) throws IOException {
    String text = Files.readString(file);
    boolean markdown = file.toString().endsWith(".md");
    Matcher blocks = (markdown ? MARKDOWN : JAVADOC).matcher(text);
    List<Program> programs = new ArrayList<>();
    StringBuilder imports = new StringBuilder();
    StringBuilder declared = new StringBuilder();
    while (blocks.find()) {
      String code = markdown ? blocks.group(2) : blocks.group(2).replaceAll("(?m)^ \\* ?", "");
      if (blocks.group(1).equals("text")) {
        if (!programs.isEmpty()) {
          Program last = programs.removeLast();
          programs.add(new Program(last.line, last.source, code.stripTrailing().lines().toList()));
        }
        continue;
      }
      Matcher found = IMPORT.matcher(code);
      found.results().forEach(line -> imports.append(line.group()));
      String rest = found.replaceAll("");
      if (rest.contains("void main()")) {
        int line = (int) text.substring(0, blocks.start()).lines().count() + 1;
        programs.add(new Program(line, imports + "\n" + declared + rest, List.of()));
      } else {
        declared.append(rest).append('\n');
      }
    }
    return new Page(root.relativize(file).toString(), programs);
  }
}
