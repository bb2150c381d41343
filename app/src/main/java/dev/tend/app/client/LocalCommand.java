package dev.tend.app.client;

import dev.tend.app.Version;
import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.config.BadConfiguration;
import dev.tend.app.shell.Shell;
import dev.tend.store.DataFolderException;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands that work on folders of this machine have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class LocalCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Does it; answers the exit status. */
  abstract int run() throws CouldNot, BackupFailed, DataFolderException, BadConfiguration;

  @Override
  public final Integer call() throws CouldNot, BadConfiguration {
    try {
      return run();
    } catch (BackupFailed | DataFolderException expected) {
      throw refused(expected);
    }
  }

  static CouldNot refused(Exception expected) {
    return new CouldNot(Because.REFUSED, String.valueOf(expected.getMessage()));
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A bar on the terminal, if there is one, while something goes on. */
  static Bar bar(PrintWriter to) {
    return new Bar(to);
  }

  /** Draws how far something is whose size is known when it begins. */
  static final class Bar implements Headway, AutoCloseable {
    private final Progress progress;

    private Bar(PrintWriter to) {
      progress = new Progress(to, 100, Shell.isAtTerminal());
    }

    @Override
    public void at(long done, long total) {
      progress.at(total <= 0 ? 0 : Math.min(100, 100 * done / total));
    }

    @Override
    public void close() {
      progress.close();
    }
  }

  /** What is in a backup. */
  static String contents(Made made) {
    return contents(made.lists(), made.entries(), made.revisions(), made.made().toString());
  }

  /** What is in a backup. */
  static String contents(long lists, long entries, long changes, String made) {
    return "%s, %s, %s, as of %s"
        .formatted(
            Words.count(lists, "list", "lists"),
            Words.count(entries, "entry", "entries"),
            Words.count(changes, "change", "changes"),
            made);
  }
}
