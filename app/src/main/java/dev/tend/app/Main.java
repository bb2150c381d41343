package dev.tend.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code tend} command. */
@Command(
    name = "tend",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {Serve.class, ShellCommand.class, Profile.class, Bench.class, HelpCommand.class},
    header = "A to-do server of which any part may crash while the rest goes on.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend serve            start the server; your lists are in your data directory",
      "  tend serve --port 0   on any free port; the line it prints says which",
      "  tend shell            play with the system; its lists are gone afterwards",
      "  tend help serve       what serve can do",
      "",
      "Exit status: 0 done; 1 cannot start; 2 wrong arguments; 70 gave up, for its",
      "parts had failed too often; 130, 143 stopped in order by Ctrl-C, SIGTERM."
    })
public final class Main implements Runnable {
  private Main() {}

  /** Does what the arguments ask for, and ends the JVM. */
  public static void main(String[] args) {
    CommandLine tend =
        new CommandLine(new Main())
            .setParameterExceptionHandler((wrong, ignored) -> misused(wrong))
            .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
    System.exit(tend.execute(args));
  }

  /** Without a command: what commands there are. */
  @Override
  public void run() {
    new CommandLine(new Main()).usage(System.out);
  }

  private static int misused(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String guess =
        wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()
            ? " (did you mean " + unmatched.getSuggestions().getFirst() + "?)"
            : "";
    System.err.println("tend: " + wrong.getMessage() + guess + "; see: " + name + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception thrown) throws Exception {
    if (thrown instanceof CannotStart expected) {
      System.err.println("tend: " + expected.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw thrown;
  }
}
