package dev.tend.app.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** Also where the server has a million lists to look through. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
  public Integer call() throws InterruptedException {
    CompletableFuture<List<String>> words = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> ask(words));
    try {
      words
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(word -> spec.commandLine().getOut().print(word + '\0'));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (ExecutionException | TimeoutException nothing) {
      return 1;
    }
  }

  private void ask(CompletableFuture<List<String>> words) {
    try {
      words.complete(words());
    } catch (CouldNot | RuntimeException nothing) {
      words.completeExceptionally(nothing);
    }
  }

  private List<String> words() throws CouldNot {
    return switch (shell) {
      case bash -> {
        BashLine line = BashLine.of(typed.getFirst(), typed.getLast());
        yield Completion.of(spec.root(), line.words()).stream()
            .filter(word -> word.startsWith(line.kept()))
            .map(line::replacement)
            .toList();
      }
      case zsh -> Completion.of(spec.root(), typed);
    };
  }
}
