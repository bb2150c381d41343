package dev.tend.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example and the page say what the table says. */
class ReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- settings: written by ReferenceTest -->\n";
  private static final String END = "<!-- end of settings -->\n";
  @TempDir private Path folder;

  /** {@code -Dtend.docs=write} writes it. */
  @Test
  void thePageHasTheTable() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).as("the marks in the page").isGreaterThanOrEqualTo(begin);
    if ("write".equals(System.getProperty("tend.docs"))) {
      Files.writeString(
          PAGE, page.substring(0, begin) + "\n" + Reference.tables() + "\n" + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("docs/configuration.md; -Dtend.docs=write writes it")
        .isEqualTo("\n" + Reference.tables() + "\n");
  }

  @Test
  void theExampleSetsNothing() throws Exception {
    assertThat(read(Reference.example()))
        .allSatisfy((key, origin) -> assertThat(origin).isEqualTo(new Origin.Default()));
  }

  @Test
  void theExampleWithoutItsMarksSetsEverythingToWhatItIs() throws Exception {
    String example = Reference.example().replaceAll("(?m)^# (\\w+ = )", "$1");
    assertThat(read(example))
        .allSatisfy((key, origin) -> assertThat(origin).isInstanceOf(Origin.File.class));
    Configuration set = configuration(example);
    Configuration unset = configuration("");
    for (Setting<?> setting : Settings.all()) {
      if (setting.own().isEmpty()) {
        assertThat(set.<Object>get(cast(setting)))
            .as(setting.key())
            .isEqualTo(unset.<Object>get(cast(setting)));
      }
    }
  }

  @Test
  void theExampleExplainsEverySettingOnShortLines() {
    String oneLine = Reference.example().replaceAll("\n# ", " ");
    assertThat(Settings.all())
        .allSatisfy(one -> assertThat(oneLine).contains(one.sentence(), one.variable()));
    assertThat(Reference.example().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void keysAreASectionAndAName() {
    List<String> keys = Settings.all().stream().map(Setting::key).toList();
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z]+\\.[a-z]+"));
    assertThat(Settings.all().stream().map(Setting::section).distinct())
        .as("sections, each in one piece")
        .hasSize((int) Reference.example().lines().filter(line -> line.startsWith("[")).count());
    assertThat(Settings.all()).allMatch(one -> one.sentence().matches("[A-Z].*[^.]\\."));
  }

  @SuppressWarnings("unchecked") // for comparison only
  private static Setting<Object> cast(Setting<?> setting) {
    return (Setting<Object>) setting;
  }

  private Map<String, Origin> read(String text) throws Exception {
    Configuration configuration = configuration(text);
    return Settings.all().stream()
        .collect(java.util.stream.Collectors.toMap(Setting::key, configuration::origin));
  }

  private Configuration configuration(String text) throws IOException, BadConfiguration {
    Path file = Files.writeString(folder.resolve("tend.toml"), text);
    return Configuration.read(Map.of(), Optional.of(file), Map.of());
  }
}
