package dev.tend.app.client;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tend completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Print what makes the Tab key complete commands, options and names.",
    description =
        "Names of lists and titles of entries are asked of the server; where it does not answer"
            + " soon there are none.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tend completion bash)                    for this shell",
      "  echo 'source <(tend completion bash)' >>~/.bashrc  for all to come",
      "  echo 'source <(tend completion zsh)' >>~/.zshrc"
    })
public final class CompletionCommand implements Callable<Integer> {

  /** The shells there is a script for. */
  enum ForShell {
    bash,
    zsh
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "<shell>", description = "one of: ${COMPLETION-CANDIDATES}")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ForShell shell;

  @Override
  public Integer call() throws IOException {
    CommandLine tend = spec.root().commandLine();
    tend.getOut().print(AutoComplete.bash("tend", tend));
    tend.getOut().print(names(tend.getSubcommands().values()));
    tend.getOut().flush();
    return 0;
  }

  /** Our own part: what asks the server for names where names can stand. */
  private String names(Collection<CommandLine> commands) throws IOException {
    List<CommandSpec> specs = commands.stream().map(CommandLine::getCommandSpec).toList();
    String taking =
        specs.stream()
            .filter(it -> it.positionalParameters().stream().anyMatch(CompletionCommand::isName))
            .map(CommandSpec::name)
            .collect(joining(" "));
    Stream<OptionSpec> options =
        specs.stream().flatMap(it -> it.options().stream()).filter(CompletionCommand::isName);
    String resource = "names." + shell;
    try (InputStream script =
        Objects.requireNonNull(CompletionCommand.class.getResourceAsStream(resource), resource)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@COMMANDS@", taking)
          .replace("@OPTIONS@", options.map(OptionSpec::longestName).collect(joining(" ")));
    }
  }

  private static boolean isName(ArgSpec argument) {
    return argument.paramLabel().equals(ClientCommand.LIST)
        || argument.paramLabel().equals(ClientCommand.ENTRY);
  }
}
