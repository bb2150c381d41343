package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the dashboard, the rules and the page about them speak of what there is. */
@ExtendWith(NoLeaks.class)
class MonitoringFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern METRIC = Pattern.compile("\\b(?:tend|jvm|process)_[a-z_]+[a-z]\\b");

  @RegisterExtension final TestServer server = new TestServer();

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static Set<String> metrics(String text) {
    Set<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(text);
    while (metric.find()) {
      names.add(metric.group());
    }
    return names;
  }

  /** After some use; what is measured by a thread of its own has been. */
  private Scrape used() {
    String list = server.list("Bob's list");
    server.get(server.entry(list, "oat milk"));
    eventually(() ->
        assertThat(Scrape.of(server).names())
            .contains("tend_lists_stored", "tend_store_size_bytes"));
    return Scrape.of(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/grafana/tend.json", "deploy/prometheus/alerts.yml"})
  void whatTheyNameIsThere(String file) throws Exception {
    assertThat(metrics(read(file))).hasSizeGreaterThan(10).isSubsetOf(used().names());
  }

  @Test
  void thePageNamesEachOfOursAndNoOther() throws Exception {
    Set<String> ours = new TreeSet<>(used().types().keySet());
    ours.removeIf(name -> !name.startsWith("tend_"));
    Set<String> told = new TreeSet<>();
    Matcher row =
        Pattern.compile("^\\| `(tend_[a-z_]+)`", Pattern.MULTILINE)
            .matcher(read("docs/monitoring.md"));
    while (row.find()) {
      told.add(row.group(1));
    }
    assertThat(told).isEqualTo(ours);
  }

  /** One that has happened to nobody yet has no series, and so no labels. */
  @Test
  void thePageTellsOfWhichTypeTheyAreAndTheirLabels() throws Exception {
    Scrape scrape = used();
    Matcher row =
        Pattern.compile("^\\| `(tend_[a-z_]+)` \\|([^|]*)\\| ([^|]*) \\|$", Pattern.MULTILINE)
            .matcher(read("docs/monitoring.md"));
    int rows = 0;
    while (row.find()) {
      String name = row.group(1);
      String type =
          row.group(3).startsWith("histogram: ")
              ? "histogram"
              : name.endsWith("_total") ? "counter" : "gauge";
      assertThat(scrape.types().get(name)).as(name).isEqualTo(type);
      Set<String> told = new TreeSet<>();
      Matcher label = Pattern.compile("`([a-z]+)`").matcher(row.group(2));
      while (label.find()) {
        told.add(label.group(1));
      }
      assertThat(scrape.labels(name)).as(name).isIn(told, Set.of());
      rows++;
    }
    assertThat(rows)
        .isEqualTo(scrape.types().keySet().stream().filter(n -> n.startsWith("tend_")).count());
    assertThat(scrape.labels("tend_http_request_seconds")).isNotEmpty();
  }

  @Test
  void theDashboardAsksEachOfOurs() throws Exception {
    String asked = String.join("\n", metrics(read("deploy/grafana/tend.json")));
    for (String name : used().types().keySet()) {
      if (name.startsWith("tend_")) {
        assertThat(asked).contains(name);
      }
    }
  }

  @Test
  void thePanelsOfTheDashboardAreWholeAndDoNotOverlap() throws Exception {
    JsonNode dashboard = JsonMapper.shared().readTree(read("deploy/grafana/tend.json"));
    Set<String> places = new TreeSet<>();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      assertThat(panel.path("title").asString("")).isNotEmpty();
      if (!panel.path("type").asString("").equals("row")) {
        assertThat(panel.path("targets").isEmpty()).isFalse();
        assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString(""))
            .isNotEmpty();
      }
      JsonNode place = panel.path("gridPos");
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          int column = place.path("x").asInt() + x;
          assertThat(column).isBetween(0, 23);
          assertThat(places.add(column + " " + (place.path("y").asInt() + y)))
              .as(panel.path("title").asString(""))
              .isTrue();
        }
      }
    }
    assertThat(ids).hasSizeGreaterThan(20);
  }
}
