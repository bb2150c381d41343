package dev.tend.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.app.Main;
import dev.tend.app.Tend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** What {@code --json} prints has, for every command, the shape that the documentation shows. */
class JsonTest {
  private static final Pattern ROW = Pattern.compile("\\| `tend ([^`]+)` \\| `([^`]+)` \\|");

  @TempDir private Path folder;

  /** The table is a session: the commands are run one after the other. */
  @Test
  void everyCommandPrintsTheShapeThatIsDocumented() throws Exception {
    Files.writeString(folder.resolve("things.csv"), "2026-12-04,Dentist\n2026-13-04,Oops\n");
    String page = Files.readString(Path.of("../docs/command-line.md"));
    String list = named("list", page);
    String entry = named("entry", page);
    Matcher rows = ROW.matcher(page);
    List<String> documented = new ArrayList<>();
    List<String> printed = new ArrayList<>();
    try (Tend tend = Tend.start(folder.resolve("data"), OptionalInt.of(0))) {
      Cli cli = Cli.of(tend);
      while (rows.find()) {
        documented.add(rows.group(1) + " → " + rows.group(2));
        String[] words = rows.group(1).split(" ");
        for (int i = 0; i < words.length; i++) {
          words[i] =
              words[i].matches("things\\.\\w+") ? folder.resolve(words[i]).toString() : words[i];
        }
        Cli.Ran ran = cli.runWith("Bread\nJam\n", words);
        printed.add(
            rows.group(1) + " → " + shape(ran).replace(list, "list").replace(entry, "entry"));
      }
    }
    assertThat(printed).isEqualTo(documented);
    assertThat(documented.stream().map(row -> row.substring(0, row.indexOf(' '))))
        .containsAll(clientCommands());
  }

  private static String named(String shape, String page) {
    Matcher said = Pattern.compile("`" + shape + "` is `([^`]+)`").matcher(page);
    assertThat(said.find()).isTrue();
    return said.group(1);
  }

  private static String shape(Cli.Ran ran) {
    return ran.status() == 0 && ran.out().lines().count() == 1
        ? shape(Server.JSON.readTree(ran.out()))
        : ran.toString();
  }

  /** Names and order of fields, types of values; of an array what its first element is. */
  private static String shape(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT ->
          json.propertyStream()
              .map(it -> it.getKey() + ": " + shape(it.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case ARRAY -> json.isEmpty() ? "[]" : "[" + shape(json.get(0)) + "]";
      default -> json.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }

  /** Those that ask a server, and can be asked for JSON. */
  private static List<String> clientCommands() {
    return Main.commandLine().getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> command.findOption("--json") != null)
        .filter(command -> command.findOption("--server") != null)
        .map(CommandLine.Model.CommandSpec::name)
        .toList();
  }
}
