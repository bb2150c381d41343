package dev.tend.app;

import dev.tend.app.chaos.ChaosCommand;
import dev.tend.app.client.AddCommand;
import dev.tend.app.client.BackupCommand;
import dev.tend.app.client.CompleteCommand;
import dev.tend.app.client.CompletionCommand;
import dev.tend.app.client.CouldNot;
import dev.tend.app.client.CreateCommand;
import dev.tend.app.client.DeleteCommand;
import dev.tend.app.client.DeleteListCommand;
import dev.tend.app.client.DoctorCommand;
import dev.tend.app.client.DoneCommand;
import dev.tend.app.client.EditCommand;
import dev.tend.app.client.ExportCommand;
import dev.tend.app.client.HistoryCommand;
import dev.tend.app.client.ImportCommand;
import dev.tend.app.client.ListsCommand;
import dev.tend.app.client.MoveCommand;
import dev.tend.app.client.RenameCommand;
import dev.tend.app.client.RestoreCommand;
import dev.tend.app.client.ShowCommand;
import dev.tend.app.client.StandardOutput;
import dev.tend.app.client.UndoCommand;
import dev.tend.app.client.UndoneCommand;
import dev.tend.app.client.VerifyCommand;
import dev.tend.app.config.BadConfiguration;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code tend} command. */
@Command(
    name = "tend",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      Serve.class,
      ConfigCommand.class,
      ListsCommand.class,
      ShowCommand.class,
      AddCommand.class,
      EditCommand.class,
      DoneCommand.class,
      UndoneCommand.class,
      MoveCommand.class,
      DeleteCommand.class,
      UndoCommand.class,
      HistoryCommand.class,
      CreateCommand.class,
      RenameCommand.class,
      DeleteListCommand.class,
      RestoreCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      BackupCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      CompleteCommand.class,
      ShellCommand.class,
      ChaosCommand.class,
      Profile.class,
      Bench.class,
      HelpCommand.class
    },
    header = "A to-do server of which any part may crash while the rest goes on.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend serve            start the server; your lists are in your data directory",
      "  tend serve --port 0   on any free port; the line it prints says which",
      "  tend create Groceries",
      "  tend add Groceries oat milk --date tomorrow",
      "  tend show Groceries",
      "  tend done Groceries milk",
      "  tend shell            play with the system; its lists are gone afterwards",
      "  tend help add         what add can do",
      "",
      "Exit status:",
      "  0    done",
      "  1    could not: the server said no, or cannot start; the message says why",
      "  2    wrong arguments",
      "  3    there is no such list or entry, or several could be meant",
      "  69   no server answers at that address",
      "  70   the server gave up, for its parts had failed too often",
      "  75   the server cannot do it now, or nobody knows whether it was done",
      "  78   the configuration is wrong; the message says where",
      "  130, 143  stopped in order by Ctrl-C, SIGTERM",
      "  141  whoever read the output wanted no more of it"
    })
public final class Main implements Runnable {
  private Main() {}

  /** Does what the arguments ask for, and ends the JVM. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // what is printed can be typed
    System.exit(commandLine().execute(args));
  }

  /** The whole command, whose {@code execute} answers the exit status. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExpandAtFiles(false) // @phone is a title
        .setExecutionStrategy(Main::whole)
        .setParameterExceptionHandler((wrong, ignored) -> Misuse.say(wrong))
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
  }

  /** Without a command: what commands there are. */
  @Override
  public void run() {
    new CommandLine(new Main()).usage(System.out);
  }

  /** Done is what was asked for only if all that was to be read has been taken. */
  private static int whole(ParseResult parsed) {
    int status = new RunLast().execute(parsed);
    CommandLine last = parsed.asCommandLineList().getLast();
    last.getOut().flush();
    try {
      StandardOutput.requireTaken();
    } catch (CouldNot lost) {
      throw new ExecutionException(last, "its output is lost", lost);
    }
    return status;
  }

  private static int failed(Exception thrown, CommandLine command) throws Exception {
    return switch (thrown) {
      case CannotStart expected -> said(expected, command, ExitCode.SOFTWARE);
      case BadConfiguration expected -> said(expected, command, BadConfiguration.STATUS);
      case CouldNot expected when !expected.isSaid() -> expected.status();
      case CouldNot expected -> said(expected, command, expected.status());
      case ParameterException wrong -> Misuse.say(wrong);
      default -> throw thrown;
    };
  }

  private static int said(Exception expected, CommandLine command, int status) {
    command.getOut().flush();
    command.getErr().println("tend: " + expected.getMessage());
    return status;
  }
}
