package dev.tend.app.client;

import dev.tend.store.Backup;
import dev.tend.todo.backup.BackupFailed;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tend verify}. */
@Command(
    name = "verify",
    header = "Look whether a backup can be relied on.",
    description =
        "At every byte, and whether each list is what its changes have made of it. Nothing is"
            + " written.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend verify /mnt/backups/tend-20261128T120000Z"})
public final class VerifyCommand extends LocalCommand {

  @Parameters(index = "0", paramLabel = "<backup>", description = "the backup's folder")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path folder;

  @Override
  int run() throws BackupFailed {
    Backup backup = Backup.open(folder);
    try (Bar bar = bar(out())) {
      backup.verify(bar);
    }
    out().println("%s is whole: %s".formatted(backup.path(), contents(backup.made())));
    return 0;
  }
}
