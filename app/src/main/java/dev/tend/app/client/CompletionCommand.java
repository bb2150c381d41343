package dev.tend.app.client;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tend completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Print what makes the Tab key complete tend's commands and options.",
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
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets it; one script serves both
  private ForShell shell;

  @Override
  public Integer call() {
    CommandLine tend = spec.root().commandLine();
    tend.getOut().print(AutoComplete.bash("tend", tend));
    tend.getOut().flush();
    return 0;
  }
}
