package dev.tend.app.client;

import dev.tend.app.Version;
import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.client.LocalCommand.Bar;
import dev.tend.store.Backup;
import dev.tend.store.DataFolder;
import dev.tend.store.DataFolderException;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.nio.file.Files;
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
      description =
          "where the backup's folder is put, copied from where the server keeps its own: you have"
              + " to be able to read that")
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
      if (folder == null) {
        ofServer();
      } else {
        tell(ofFolder(folder));
      }
    } catch (BackupFailed | DataFolderException expected) {
      throw LocalCommand.refused(expected);
    }
  }

  private void tell(Backup backup) {
    Made made = backup.made();
    tell(
        Server.JSON
            .createObjectNode()
            .put("path", made.path().toString())
            .put("made", made.made().toString())
            .put("bytes", made.bytes())
            .put("lists", made.lists())
            .put("entries", made.entries())
            .put("revisions", made.revisions()));
  }

  private void tell(ObjectNode made) {
    say(
        made,
        made.path("path").asString("")
            + ": "
            + LocalCommand.contents(
                made.path("lists").asLong(0),
                made.path("entries").asLong(0),
                made.path("revisions").asLong(0),
                made.path("made").asString("")));
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

  private void ofServer() throws CouldNot, BackupFailed {
    ObjectNode run;
    try (Bar bar = LocalCommand.bar(out())) {
      run = finished(bar);
    }
    Path target = to;
    if (target == null) { // the server's folders may not be ours to look into
      tell(run.retain("path", "made", "bytes", "lists", "entries", "revisions"));
      return;
    }
    Backup there = readable(run.path("path").asString(""));
    try (Bar bar = LocalCommand.bar(out())) {
      tell(there.copyTo(target, bar));
    }
  }

  private static Backup readable(String path) throws CouldNot, BackupFailed {
    Path made = Path.of(path);
    if (!Files.isReadable(made)) {
      throw new CouldNot(
          Because.REFUSED,
          "The server has made the backup %s, which cannot be read from here: copy it from there,"
                  .formatted(path)
              + " or run this where the server runs, as a user who may read it.");
    }
    return Backup.open(made);
  }

  /** One that began after we asked: another that goes on may not hold what was done last. */
  private ObjectNode finished(Headway headway) throws CouldNot {
    String key = UUID.randomUUID().toString();
    while (true) {
      ObjectNode run = done(server().change("POST", "/backups", null, key)).body();
      while (run.path("state").asString("").equals("running")) {
        headway.at(run.path("done").asLong(0), run.path("total").asLong(0));
        pause();
        Reply latest = server().get("/backups/latest");
        boolean lost = latest.status() == 404; // who made it has died
        run = lost ? latest.body() : done(latest).body();
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
