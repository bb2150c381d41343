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
  private static final Pattern SNIPPET = Pattern.compile("\\{@snippet lang=(java|text) :\n");
  private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

  /**
   * A program that the page shows.
   *
   * @param line of its {@code main} block
   * @param output what it is said to print, if the page says so
   */
  record Program(int line, String source, List<String> output) {}

  private record Block(int line, boolean isJava, String text) {}

  static Page read(Path root, Path file) throws IOException {
    String text = Files.readString(file);
    List<Block> blocks = file.toString().endsWith(".md") ? markdown(text) : javadoc(text);
    List<Program> programs = new ArrayList<>();
    StringBuilder imports = new StringBuilder();
    StringBuilder declared = new StringBuilder();
    for (Block block : blocks) {
      if (!block.isJava) {
        if (!programs.isEmpty()) {
          Program last = programs.removeLast();
          List<String> output = block.text.stripTrailing().lines().toList();
          programs.add(new Program(last.line, last.source, output));
        }
        continue;
      }
      Matcher found = IMPORT.matcher(block.text);
      found.results().forEach(line -> imports.append(line.group()));
      String rest = found.replaceAll("");
      if (rest.contains("void main()")) {
        programs.add(new Program(block.line, imports + "\n" + declared + rest, List.of()));
      } else {
        declared.append(rest).append('\n');
      }
    }
    return new Page(root.relativize(file).toString(), programs);
  }

  private static List<Block> markdown(String page) {
    return MARKDOWN
        .matcher(page)
        .results()
        .map(found -> block(page, found.start(), found.group(1), found.group(2)))
        .toList();
  }

  /** A snippet ends, as for the Javadoc tool, at the brace that closes it. */
  private static List<Block> javadoc(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher begin = SNIPPET.matcher(page);
    while (begin.find()) {
      int open = 1;
      int end = begin.end();
      while (open > 0) {
        char c = page.charAt(end++);
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      String code = page.substring(begin.end(), page.lastIndexOf('\n', end - 1) + 1);
      blocks.add(block(page, begin.start(), begin.group(1), code.replaceAll("(?m)^ *\\* ?", "")));
    }
    return blocks;
  }

  private static Block block(String page, int start, String language, String text) {
    int line = (int) page.substring(0, start).lines().count() + 1;
    return new Block(line, language.equals("java"), text);
  }
}
