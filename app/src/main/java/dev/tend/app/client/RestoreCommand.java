package dev.tend.app.client;

import dev.tend.app.client.LocalCommand.Bar;
import dev.tend.store.Backup;
import dev.tend.store.DataFolderException;
import dev.tend.todo.backup.BackupFailed;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend restore}. */
@Command(
    name = "restore",
    header = "Bring a deleted list back, or with --data all lists of a backup.",
    description = {
      "A list comes back from the trash of the server, with its entries.",
      "A backup becomes a data folder, which appears as a whole or not at all. Whoever has seen its"
          + " lists before reads them anew."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend lists --deleted",
      "  tend restore Groceries",
      "  tend restore /mnt/backups/tend-20261128T120000Z --data ~/.local/share/tend --replace"
    })
public final class RestoreCommand extends OneListCommand {

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "what is restored is a backup, and this the data folder that it becomes")
  private @Nullable Path data;

  @Option(
      names = "--replace",
      description = "a data folder that is there is kept under another name")
  private boolean replace;

  @Override
  void run() throws CouldNot {
    Path folder = data;
    if (folder != null) {
      backup(Path.of(named()), folder);
      return;
    }
    if (replace) {
      throw misused("--replace goes with --data");
    }
    ListRef list = new Wanted(server()).deletedList(named());
    ObjectNode back = done(server().change("POST", list.path() + "/restore", null)).body();
    say(back, Words.shown(list.name()) + " is back");
  }

  private void backup(Path from, Path folder) throws CouldNot {
    try {
      Backup backup = Backup.open(from);
      Path kept;
      try (Bar bar = LocalCommand.bar(out())) {
        kept = backup.restore(folder, replace, Instant.now(), bar);
      }
      Path made = folder.toAbsolutePath().normalize();
      ObjectNode json = Server.JSON.createObjectNode().put("data", made.toString());
      String text = made + ": " + LocalCommand.contents(backup.made());
      if (kept.equals(made)) {
        say(json, text);
      } else {
        say(
            json.put("replaced", kept.toString()),
            text
                + System.lineSeparator()
                + "What was there before is now "
                + kept
                + Backup.keptIn(kept)
                    .map(backups -> System.lineSeparator() + "There are backups in " + backups)
                    .orElse(""));
      }
    } catch (BackupFailed | DataFolderException expected) {
      throw LocalCommand.refused(expected);
    }
  }
}
