package dev.tend.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of cells under a heading, in columns as wide as they must be. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();
  private final String sides;

  /**
   * @param sides for each column {@code l}, as words go, or {@code r}, as figures go
   */
  public TextTable(String sides, List<String> heading) {
    this.sides = sides;
    lines.add(List.copyOf(heading));
  }

  /** One more line, of as many cells as the heading. */
  public void add(List<String> cells) {
    if (cells.size() != lines.getFirst().size()) {
      throw new IllegalArgumentException("not as many cells as columns: " + cells);
    }
    lines.add(List.copyOf(cells));
  }

  /** An empty line. */
  public void gap() {
    lines.add(List.of());
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, lines.getFirst().size())
            .map(column -> lines.stream().mapToInt(line -> width(line, column)).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line(line, widths)).append(System.lineSeparator()));
    return text.toString();
  }

  private static int width(List<String> line, int column) {
    return line.isEmpty() ? 0 : line.get(column).length();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String pad = " ".repeat(widths[column] - cells.get(column).length());
      String cell = cells.get(column);
      text.append(column == 0 ? "" : GAP)
          .append(sides.charAt(column) == 'l' ? cell + pad : pad + cell);
    }
    return text.toString().stripTrailing();
  }
}
