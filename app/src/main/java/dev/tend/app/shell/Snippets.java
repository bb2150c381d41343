package dev.tend.app.shell;

import dev.tend.app.Tend;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A JShell that evaluates in the calling thread, with the system's classes: the very ones that are
 * running, on the class path as on the module path.
 */
final class Snippets implements AutoCloseable {
  private static final List<String> IMPORTS =
      List.of(
          "import dev.tend.app.*;",
          "import dev.tend.otp.ets.*;",
          "import dev.tend.otp.genserver.*;",
          "import dev.tend.otp.process.*;",
          "import dev.tend.otp.supervisor.*;",
          "import dev.tend.todo.*;",
          "import dev.tend.todo.journal.*;",
          "import dev.tend.todo.list.*;",
          "import java.time.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.function.*;",
          "import java.util.stream.*;",
          "import static dev.tend.app.shell.Prelude.*;");

  private final JShell jshell;
  private final SourceCodeAnalysis analysis;

  Snippets() {
    jshell =
        JShell.builder()
            .executionEngine(new InThisThread(), Map.of())
            .compilerOptions(compilerOptions())
            .build();
    analysis = jshell.sourceCodeAnalysis();
    IMPORTS.forEach(jshell::eval);
  }

  /** As named modules the classes are found by javac where the JVM found them. */
  private static String[] compilerOptions() {
    String modulePath = System.getProperty("jdk.module.path");
    return Tend.class.getModule().isNamed() && modulePath != null
        ? new String[] {
          "--module-path", modulePath, "--add-modules", Tend.class.getModule().getName()
        }
        : new String[0];
  }

  /** JDK's local execution control starts a thread a snippet; a snippet's thread is its process. */
  private static final class InThisThread implements ExecutionControlProvider {
    @Override
    public String name() {
      return "tend";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }

  /** Whether more lines have to follow before this can be evaluated. */
  boolean isIncomplete(String source) {
    Completeness completeness = analysis.analyzeCompletion(source).completeness();
    return completeness == Completeness.DEFINITELY_INCOMPLETE
        || completeness == Completeness.CONSIDERED_INCOMPLETE;
  }

  /**
   * Evaluates one snippet after the other in the calling process; the first that fails is the last.
   * If the process dies of one there is no more to say.
   */
  void evaluate(String source, Answers answers) {
    Pid<?> self = Processes.self();
    String rest = source;
    while (!rest.isBlank()) {
      CompletionInfo next = analysis.analyzeCompletion(rest);
      if (next.completeness() == Completeness.EMPTY) {
        return;
      }
      boolean whole = next.completeness().isComplete();
      for (SnippetEvent event : jshell.eval(whole ? next.source() : rest)) {
        if (!self.isAlive() || (event.causeSnippet() == null && !answers.print(event, jshell))) {
          return;
        }
      }
      rest = whole ? next.remaining() : "";
    }
  }

  /**
   * How the text before the cursor can go on: whole words that could stand where {@code word}
   * begins.
   */
  List<String> completions(String text, int cursor, int wordStart) {
    int[] anchor = {cursor};
    List<String> words = new ArrayList<>();
    for (SourceCodeAnalysis.Suggestion suggestion :
        analysis.completionSuggestions(text, cursor, anchor)) {
      String word = text.substring(Math.min(wordStart, anchor[0]), anchor[0]);
      String candidate = word + suggestion.continuation();
      if (!words.contains(candidate)) {
        words.add(candidate);
      }
    }
    words.sort(String.CASE_INSENSITIVE_ORDER);
    return words;
  }

  @Override
  public void close() {
    jshell.close();
  }
}
