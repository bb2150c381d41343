package dev.tend.app.client;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tend complete}: what the scripts of {@code tend completion} ask for names. Whatever goes
 * wrong there is nothing to complete, and nothing to say in the middle of somebody's line.
 */
@Command(name = "complete", hidden = true)
public final class CompleteCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<shell>")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CompletionCommand.ForShell shell;

  /** Of bash: the line up to the cursor, and what bash replaces of it; of zsh: the words. */
  @Parameters(index = "1..*", paramLabel = "<typed>")
  private List<String> typed = List.of();

  @Override
  public Integer call() {
    try {
      switch (shell) {
        case bash -> {
          BashLine line = BashLine.of(typed.getFirst(), typed.getLast());
          Completion.of(spec.root(), line.words()).stream()
              .filter(word -> word.startsWith(line.kept()))
              .map(line::replacement)
              .forEach(this::print);
        }
        case zsh -> Completion.of(spec.root(), typed).forEach(this::print);
      }
    } catch (CouldNot | RuntimeException nothing) {
      return 1;
    }
    return 0;
  }

  private void print(String word) {
    spec.commandLine().getOut().print(word + '\0');
    spec.commandLine().getOut().flush();
  }
}
