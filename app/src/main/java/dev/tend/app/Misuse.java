package dev.tend.app;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What wrong arguments are told: a sentence, and where more is said; not the whole help. */
public final class Misuse {
  private Misuse() {}

  /** Says it on the command's standard error; the exit status. */
  public static int say(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String guess =
        wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()
            ? " (did you mean " + unmatched.getSuggestions().getFirst() + "?)"
            : "";
    String what =
        String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "").replaceFirst("\\.$", "");
    command.getErr().println("tend: " + what + guess + "; see: " + name + " --help");
    return ExitCode.USAGE;
  }
}
