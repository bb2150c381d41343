package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} said, read strictly as the text format 0.0.4 is written down: each family
 * once, with its help and its type before its samples, and no series twice.
 */
final class Scrape {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (NaN|[-+]?Inf|[-+0-9.eE]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(?:,|$)");

  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, String> helps = new TreeMap<>();
  private final Map<Series, Double> samples = new LinkedHashMap<>();

  private record Series(String name, Map<String, String> labels) {}

  private Scrape(String text) {
    assertThat(text).endsWith("\n");
    String family = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        String[] words = line.split(" ", 4);
        assertThat(helps.put(words[2], words[3])).as(line).isNull();
      } else if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        family = words[2];
        assertThat(words[3]).isIn("counter", "gauge", "histogram", "summary", "untyped");
        assertThat(types.put(family, words[3])).as(line).isNull();
      } else {
        add(family, line);
      }
    }
  }

  static Scrape of(TestServer server) {
    TestServer.Reply reply = server.get("/metrics");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return new Scrape(reply.response().body());
  }

  private void add(String family, String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    assertThat(sample.group(1)).as("within its family").startsWith(family);
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
    int read = 0;
    while (label.lookingAt()) {
      assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
      read = label.end();
      label.region(read, label.regionEnd());
    }
    assertThat(read).as(line).isEqualTo(sample.group(2) == null ? 0 : sample.group(2).length());
    double value = Double.parseDouble(sample.group(3).replaceFirst("Inf$", "Infinity"));
    assertThat(samples.put(new Series(sample.group(1), labels), value)).as(line).isNull();
  }

  /** By which labels the series of a family are told apart, but for the bounds of a histogram. */
  Set<String> labels(String family) {
    Set<String> labels = new TreeSet<>();
    samples.keySet().stream()
        .filter(series -> series.name().matches(family + "(_bucket|_sum|_count)?"))
        .forEach(series -> labels.addAll(series.labels().keySet()));
    labels.remove("le");
    return labels;
  }

  /** The sum of all series of this name that have these labels, told in pairs; 0 if none has. */
  double sum(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().name().equals(name))
        .filter(sample -> has(sample.getKey().labels(), List.of(labels)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean has(Map<String, String> labels, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i += 2) {
      if (!wanted.get(i + 1).equals(labels.get(wanted.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** All values that a label has in series of this name. */
  Set<String> values(String name, String label) {
    Set<String> values = new TreeSet<>();
    for (Series series : samples.keySet()) {
      if (series.name().equals(name) && series.labels().containsKey(label)) {
        values.add(series.labels().get(label));
      }
    }
    return values;
  }

  /** The names of the series that there are. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.keySet().forEach(series -> names.add(series.name()));
    return names;
  }

  /** The families, each with its type. */
  Map<String, String> types() {
    return types;
  }

  Map<String, String> helps() {
    return helps;
  }
}
