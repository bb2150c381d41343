package dev.tend.app.client;

import dev.tend.app.Version;
import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.client.LocalCommand.Bar;
import dev.tend.store.Backup;
import dev.tend.store.DataFolder;
import dev.tend.store.DataFolderException;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.Headway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend backup}. */
@Command(
    name = "backup",
    header = "Save all lists as they are at one moment.",
    description = {
      "A running server goes on meanwhile; the backup is a folder in its folder of backups, or a"
          + " copy of that in the folder that you name.",
      "With --data it is made of a data folder that no server is using.",
      "It stays until you delete it: backup.keep counts those that the server makes by itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend backup",
      "  tend backup --to /mnt/backups",
      "  tend backup --data ~/old/tend --to /mnt/backups"
    })
public final class BackupCommand extends ClientCommand {
  private static final String ITS_FATE = "If it is not just being made, you may delete it.";
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Option(
      names = "--to",
      paramLabel = "<folder>",
      description = "where the backup's folder is put (default: where the server keeps its own)")
  private @Nullable Path to;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "the data folder, if no server is running on it")
  private @Nullable Path data;

  @Override
  void run() throws CouldNot {
    Path folder = data;
    try {
      tellOfUnfinished();
      Backup backup = folder == null ? ofServer() : ofFolder(folder);
      say(
          Server.JSON
              .createObjectNode()
              .put("path", backup.path().toString())
              .put("made", backup.made().made().toString())
              .put("bytes", backup.made().bytes())
              .put("lists", backup.made().lists())
              .put("entries", backup.made().entries())
              .put("revisions", backup.made().revisions()),
          backup.path() + ": " + LocalCommand.contents(backup.made()));
    } catch (BackupFailed | DataFolderException expected) {
      throw LocalCommand.refused(expected);
    }
  }

  /** Before it is made: it may be these that fill the disk. */
  private void tellOfUnfinished() throws BackupFailed {
    if (to == null) {
      return;
    }
    for (Path left : Backup.unfinished(to)) {
      err().println("tend: %s is a backup that was not finished. %s".formatted(left, ITS_FATE));
    }
  }

  private Backup ofFolder(Path folder) throws BackupFailed, DataFolderException {
    Path target = to == null ? folder.resolve(DataFolder.BACKUPS) : to;
    try (Bar bar = LocalCommand.bar(out())) {
      return Backup.make(folder, target, Version.TEXT, Instant.now(), bar);
    }
  }

  private Backup ofServer() throws CouldNot, BackupFailed {
    Path made;
    try (Bar bar = LocalCommand.bar(out())) {
      made = Path.of(finished(bar).path("path").asString(""));
    }
    Backup there = Backup.open(made);
    Path target = to;
    if (target == null) {
      return there;
    }
    try (Bar bar = LocalCommand.bar(out())) {
      return there.copyTo(target, bar);
    }
  }

  /** One that began after we asked: another that goes on may not hold what was done last. */
  private ObjectNode finished(Headway headway) throws CouldNot {
    String key = UUID.randomUUID().toString();
    while (true) {
      ObjectNode run = done(server().change("POST", "/backups", null, key)).body();
      while (run.path("state").asString("").equals("running")) {
        headway.at(run.path("done").asLong(0), run.path("total").asLong(0));
        pause();
        run = done(server().get("/backups/latest")).body();
      }
      if (run.path("key").asString("").equals(key)) {
        return requireWhole(run);
      }
    }
  }

  private static ObjectNode requireWhole(ObjectNode run) throws CouldNot {
    if (run.path("state").asString("").equals("finished")) {
      return run;
    }
    throw new CouldNot(Because.REFUSED, run.path("reason").asString("The backup failed."));
  }

  private static void pause() throws CouldNot {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNot(Because.NOT_NOW, "interrupted");
    }
  }
}
