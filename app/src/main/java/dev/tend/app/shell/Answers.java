package dev.tend.app.shell;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/**
 * Says what became of a snippet, as JDK's jshell does: {@code name ==> value}, or one line that
 * says what is wrong.
 *
 * @param verbose whether exceptions show where they were thrown
 */
record Answers(PrintStream out, boolean verbose) {

  /**
   * Prints an event.
   *
   * @return whether all went well
   */
  boolean print(SnippetEvent event, JShell jshell) {
    Snippet snippet = event.snippet();
    if (event.exception() != null) {
      exception(event.exception(), jshell);
      return false;
    }
    if (event.status() == Snippet.Status.REJECTED) {
      jshell.diagnostics(snippet).filter(Diag::isError).forEach(this::diagnostic);
      return false;
    }
    switch (snippet) {
      case VarSnippet variable -> value(variable.name(), event.value());
      case ExpressionSnippet expression -> value(expression.name(), event.value());
      case MethodSnippet method ->
          created("method " + method.name() + "(" + method.parameterTypes() + ")", method, jshell);
      case TypeDeclSnippet type ->
          created(
              type.subKind().name().split("_", 2)[0].toLowerCase(Locale.ROOT) + " " + type.name(),
              type,
              jshell);
      default -> {
        // Statements and imports have no value.
      }
    }
    return true;
  }

  private void value(String name, String value) {
    if (value != null && !value.isEmpty()) {
      out.println(name + " ==> " + value);
    }
  }

  private void created(String what, DeclarationSnippet snippet, JShell jshell) {
    String missing = missing(snippet, jshell);
    out.println("created " + what + (missing.isEmpty() ? "" : ", usable once there is " + missing));
  }

  private static String missing(DeclarationSnippet snippet, JShell jshell) {
    return jshell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
  }

  private void diagnostic(Diag error) {
    String sentence =
        error
            .getMessage(Locale.ROOT)
            .lines()
            .map(String::strip)
            .filter(line -> !line.startsWith("location:"))
            .map(line -> line.replaceFirst("^symbol: *", ""))
            .collect(Collectors.joining(": "));
    out.println("error: " + sentence);
  }

  private void exception(JShellException thrown, JShell jshell) {
    switch (thrown) {
      case EvalException exception -> {
        out.println("threw " + sentence(exception));
        if (verbose) {
          stack(exception);
        }
      }
      case UnresolvedReferenceException unresolved ->
          out.println("error: there is no " + missing(unresolved.getSnippet(), jshell) + " yet");
      default -> out.println("error: " + thrown.getMessage());
    }
  }

  private static String sentence(EvalException exception) {
    String type = exception.getExceptionClassName();
    String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    return exception.getMessage() == null ? name : name + ": " + exception.getMessage();
  }

  private void stack(EvalException exception) {
    for (StackTraceElement frame : exception.getStackTrace()) {
      boolean typed = frame.getClassName().isEmpty() && frame.getMethodName().isEmpty();
      out.println(
          "    at "
              + (typed ? "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")" : frame));
    }
    if (exception.getCause() instanceof EvalException cause) {
      out.println("  caused by " + sentence(cause));
      stack(cause);
    }
  }
}
