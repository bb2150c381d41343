package dev.tend.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which value is in force, where it comes from, and what is refused. */
class ConfigurationTest {
  @TempDir private Path folder;

  @Test
  void withoutAnythingAllIsDefault() throws Exception {
    Configuration none = Configuration.read(Map.of(), Optional.of(file("")), Map.of());
    assertThat(Settings.all())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(none.origin(one)).isEqualTo(new Origin.Default()));
    assertThat(none.get(Settings.HTTP_PORT)).isEqualTo(8363);
    assertThat(none.get(Settings.LISTS_IDLE)).isEqualTo(Duration.ofMinutes(10));
    assertThat(none.get(Settings.DATA_SHARDS)).isEqualTo(4);
  }

  @Test
  void optionBeforeEnvironmentBeforeFileBeforeDefault() throws Exception {
    Path file = file("# mine\n\n[http]\nport = 1\n[data]\nshards = 3\n[lists]\nidle = '7s'\n");
    Configuration all =
        Configuration.read(
            Map.of(Settings.HTTP_PORT, "3"),
            Optional.of(file),
            Map.of("TEND_HTTP_PORT", "2", "TEND_DATA_SHARDS", "5"));
    assertThat(all.get(Settings.HTTP_PORT)).isEqualTo(3);
    assertThat(all.origin(Settings.HTTP_PORT)).isEqualTo(new Origin.Option("--port"));
    assertThat(all.get(Settings.DATA_SHARDS)).isEqualTo(5);
    assertThat(all.origin(Settings.DATA_SHARDS))
        .isEqualTo(new Origin.Environment("TEND_DATA_SHARDS"));
    assertThat(all.get(Settings.LISTS_IDLE)).isEqualTo(Duration.ofSeconds(7));
    assertThat(all.origin(Settings.LISTS_IDLE)).isEqualTo(new Origin.File(file, 8));
    assertThat(all.origin(Settings.DATA_FOLDER)).isEqualTo(new Origin.Default());
    assertThat(all.file()).contains(file);
  }

  @Test
  void anEmptyVariableSaysNothing() throws Exception {
    assertThat(read("", Map.of("TEND_HTTP_PORT", "")).get(Settings.HTTP_PORT)).isEqualTo(8363);
  }

  @Test
  void aRelativeFolderInTheFileIsBesideTheFile() throws Exception {
    assertThat(read("data.folder = 'lists'", Map.of()).get(Settings.DATA_FOLDER))
        .isEqualTo(folder.resolve("lists"));
  }

  @Test
  void aSectionMayBeEmpty() throws Exception {
    assertThat(read("[http]\n[data]\nshards = 2\n", Map.of()).get(Settings.DATA_SHARDS))
        .isEqualTo(2);
  }

  /** Read anew from its beginning for each line and setting it would take minutes. */
  @Test
  @Timeout(60)
  void aLongFileIsReadAtOnce() throws Exception {
    String comments = "#\n".repeat(32_000);
    Path file =
        file(comments + "http.port = 1\nlists.idle = '7s'\nbackup.keep = 1\nstop.within = '9s'\n");
    Configuration read = Configuration.read(Map.of(), Optional.of(file), Map.of());
    assertThat(read.origin(Settings.STOP_WITHIN)).isEqualTo(new Origin.File(file, 32_004));
  }

  @Test
  void aLineIsFoundInEveryFormThatTomlHas() {
    refused("http = {\n  port = 'a' }", "line 2: http.port");
    refused("[http]\nhosts = [\n  'a',\n  # of the container\n  7\n]", "line 6: http.hosts");
    refused("[ \"http\" ] # mine\n\n'port' = 'a'", "line 3: http.port");
    refused("[lists]\n[http]\nport = 1\nhosts = 7", "line 4: http.hosts");
    refused("[[http]]\nport = 1", "line 1: http is no setting");
  }

  @Test
  void aLineIsFoundBelowWhatLooksLikeIt() {
    refused("\"a b\" = '''\nhttp.port = 1\n'''\n", "line 3: a b is no setting");
    refused("[lists]\n# idle = '1s'\n\nidle = 10\n", "line 4: lists.idle is to be a time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[http]~prot = 1            | line 2: http.prot is no setting; the nearest that there is:"
            + " http.port.",
        "[htpp]~port = 1            | line 2: htpp.port is no setting; the nearest that there is:"
            + " http.port.",
        "[data]~sharts = 4          | the nearest that there is: data.shards.",
        "port = 1                   | line 1: port is no setting; the nearest that there is:"
            + " http.port.",
        "[http.port]~x = 1          | line 2: http.port.x is no setting",
        "[http]~port = 'ninety'     | line 2: http.port is to be a whole number from 0 to 65535,"
            + " not \"ninety\".",
        "[http]~port = '8363'       | line 2: http.port is to be a whole number from 0 to 65535,"
            + " not \"8363\".",
        "[http]~port = 65536        | line 2: http.port is to be a whole number from 0 to 65535,"
            + " not \"65536\".",
        "[http]~port = 8363.0       | line 2: http.port is to be a whole number",
        "[http]~port = true         | line 2: http.port is to be a whole number",
        "[data]~shards = 0          | line 2: data.shards is to be a whole number from 1 to 64, not"
            + " \"0\".",
        "[data]~folder = 7          | line 2: data.folder is to be the path of a folder, not 7.",
        "[data]~folder = ''         | line 2: data.folder is to be the path of a folder, not \"\".",
        "[lists]~idle = 10          | line 2: lists.idle is to be a time from 1s to 365d",
        "[lists]~idle = '10 min'    | not \"10 min\".",
        "[lists]~idle = '0s'        | not \"0s\".",
        "[lists]~~idle = ['10m']    | line 3: lists.idle is to be",
        "[data]~[htpp]~[http]       | line 2: htpp is no section; the nearest that there is: http.",
        "htpp = {}                  | line 1: htpp is no section; the nearest that there is: http.",
        "[http]~[http.prot]         | line 2: http.prot is no setting; the nearest that there is:"
            + " http.port.",
        "[http]~port = {}           | line 2: http.port is to be a whole number from 0 to 65535,"
            + " not {}.",
        "http.hosts = ['a:65536']   | line 1: http.hosts is to be names or whole IP",
        "[http]~port = 1~port = 2   | line 3, cannot be read as TOML: Duplicate key.",
        "[http~port = 1             | line 1, cannot be read as TOML",
        "http: 1                    | line 1, cannot be read as TOML"
      })
  void whatIsWrongInTheFileIsOneSentenceThatNamesThePlace(String text, String sentence) {
    refused(text.replace('~', '\n'), sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "TEND_HTTP_PORT,  ninety, 'environment TEND_HTTP_PORT is to be a whole number from 0 to 65535,"
        + " not \"ninety\".'",
    "TEND_HTTP_PROT,  1,      'Environment variable TEND_HTTP_PROT is no setting; the nearest that"
        + " there is: TEND_HTTP_PORT.'",
    "TEND_LISTS_IDLE, soon,   'environment TEND_LISTS_IDLE is to be a time'"
  })
  void whatIsWrongInTheEnvironmentIsOneSentence(String name, String value, String sentence) {
    assertThatThrownBy(() -> read("", Map.of(name, value)))
        .isInstanceOf(BadConfiguration.class)
        .message()
        .startsWith(sentence);
  }

  @Test
  void otherVariablesOfOursAreNoSettings() throws Exception {
    read("", Map.of("TEND_SERVER", "http://x", "TEND_JAVA_OPTS", "-Xmx1g", "TENDER", "1"));
  }

  @Test
  void aWrongValueIsRefusedAlsoWhereAnotherHidesIt() {
    assertThatThrownBy(() -> read("[http]\nport = 99999", Map.of("TEND_HTTP_PORT", "1")))
        .isInstanceOf(BadConfiguration.class);
  }

  // ---- the file ----

  @Test
  void aFileThatIsNamedHasToBeThere() {
    Path missing = folder.resolve("missing.toml");
    assertThatThrownBy(() -> Configuration.read(Map.of(), Optional.of(missing), Map.of()))
        .hasMessage("There is no configuration file %s, which --config names.", missing);
    assertThatThrownBy(() ->
            Configuration.read(
                Map.of(), Optional.empty(), Map.of("TEND_CONFIG", missing.toString())))
        .hasMessage("There is no configuration file %s, which TEND_CONFIG names.", missing);
  }

  @Test
  void aFileThatIsALinkToNothingIsNotPassedOver() throws Exception {
    Path link = folder.resolve("tend/tend.toml");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("moved.toml"));
    String sentence = "The configuration file %s is a link to a file that is not there.";
    assertThatThrownBy(() -> port(Optional.of(link), Map.of())).hasMessage(sentence, link);
    assertThatThrownBy(() -> port(Optional.empty(), Map.of("XDG_CONFIG_HOME", folder.toString())))
        .hasMessage(sentence, link);
  }

  /** Whether it is there cannot be seen. */
  @Test
  void aFileInAFolderThatMayNotBeEnteredIsNotPassedOver() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("tend"));
    Path file = Files.writeString(closed.resolve("tend.toml"), "http.port = 1");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.exists(file), "this user may enter every folder");
      String sentence = "The configuration file %s cannot be read by this user.";
      assertThatThrownBy(() -> port(Optional.of(file), Map.of())).hasMessage(sentence, file);
      assertThatThrownBy(() -> port(Optional.empty(), Map.of("XDG_CONFIG_HOME", folder.toString())))
          .hasMessage(sentence, file);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** As it is of users who are no persons. */
  @Test
  void aHomeThatIsNoFolderHasNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(port(Optional.empty(), Map.of("XDG_CONFIG_HOME", file.toString()))).isEqualTo(8363);
  }

  @Test
  void aFolderABinaryAndAHugeFileAreNoConfiguration() throws Exception {
    assertThatThrownBy(() -> Configuration.read(Map.of(), Optional.of(folder), Map.of()))
        .hasMessage("%s is a folder, not a configuration file.", folder);
    Path latin = Files.write(folder.resolve("latin.toml"), new byte[] {'#', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> Configuration.read(Map.of(), Optional.of(latin), Map.of()))
        .hasMessage("%s is not a text in UTF-8.", latin);
    Path huge = file("#".repeat(70_000));
    assertThatThrownBy(() -> Configuration.read(Map.of(), Optional.of(huge), Map.of()))
        .hasMessageStartingWith("%s is larger than 65536 bytes", huge);
  }

  @Test
  void theOptionsFileComesBeforeTheVariablesBeforeTheUsersPlace() throws Exception {
    Path option = Files.writeString(folder.resolve("option.toml"), "http.port = 1");
    Path variable = Files.writeString(folder.resolve("variable.toml"), "http.port = 2");
    Path usual = folder.resolve("tend/tend.toml");
    Files.createDirectories(usual.getParent());
    Files.writeString(usual, "http.port = 3");
    Map<String, String> place = Map.of("XDG_CONFIG_HOME", folder.toString());
    Map<String, String> both =
        Map.of("TEND_CONFIG", variable.toString(), "XDG_CONFIG_HOME", folder.toString());
    assertThat(port(Optional.of(option), both)).isEqualTo(1);
    assertThat(port(Optional.empty(), both)).isEqualTo(2);
    assertThat(Places.usual("Linux", "/home/bob", place)).first().isEqualTo(usual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relative"})
  void theUsualPlacesFollowTheSystem(String xdg) {
    assertThat(Places.usual("Linux", "/home/bob", Map.of("XDG_CONFIG_HOME", xdg, "HOME", "")))
        .containsExactly(
            Path.of("/home/bob/.config/tend/tend.toml"), Path.of("/etc/tend/tend.toml"));
    assertThat(Places.usual("Mac OS X", "/Users/bob", Map.of()))
        .containsExactly(
            Path.of("/Users/bob/Library/Application Support/Tend/tend.toml"),
            Path.of("/etc/tend/tend.toml"));
    assertThat(Places.usual("Windows 11", "/bob", Map.of("APPDATA", "/roaming")))
        .first()
        .isEqualTo(Path.of("/roaming/Tend/tend.toml"));
  }

  private static int port(Optional<Path> file, Map<String, String> environment)
      throws BadConfiguration {
    return Configuration.read(Map.of(), file, environment).get(Settings.HTTP_PORT);
  }

  private void refused(String text, String sentence) {
    assertThatThrownBy(() -> read(text, Map.of()))
        .isInstanceOf(BadConfiguration.class)
        .message()
        .startsWith(folder.resolve("tend.toml").toString())
        .contains(sentence)
        .doesNotContain("\n");
  }

  private Configuration read(String text, Map<String, String> environment) throws Exception {
    return Configuration.read(Map.of(), Optional.of(file(text)), environment);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tend.toml"), text);
  }
}
