package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.exchange.Format;
import dev.tend.app.exchange.Manuscript;
import dev.tend.app.exchange.Unreadable;
import dev.tend.app.shell.Shell;
import dev.tend.todo.list.InvalidField;
import dev.tend.todo.list.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend import}. */
@Command(
    name = "import",
    header = "Add the entries of a file to a list.",
    description = {
      "The whole file is read and judged first. If a line is broken nothing is imported, unless"
          + " --skip-broken says to import the rest.",
      "The same file imported into the same list again adds nothing that was added before: so an"
          + " import that was interrupted is completed by repeating the command."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend import shopping.csv --list Groceries --dry-run   says what would happen",
      "  tend import shopping.csv --list Groceries",
      "  tend import old.txt --list Old --encoding windows-1252 --skip-broken",
      "  tend export Groceries | tend import - --format json --list Copy"
    })
public final class ImportCommand extends ClientCommand {

  @Parameters(paramLabel = "<file>", description = "the file, or - for standard input")
  private String file = "";

  @Option(
      names = "--list",
      required = true,
      paramLabel = LIST,
      description = "its name or id; made if there is none of that name")
  private String list = "";

  @Option(
      names = "--format",
      paramLabel = "<format>",
      description = FileFormat.HELP + " (default: what the file's name tells)")
  private @Nullable FileFormat format;

  @Option(
      names = "--encoding",
      paramLabel = "<name>",
      description = "of its characters (default: UTF-8, or what its byte order mark tells)")
  private @Nullable Charset encoding;

  @Option(names = "--dry-run", description = "say what would happen, and change nothing")
  private boolean dryRun;

  @Option(names = "--skip-broken", description = "leave broken lines out and import the rest")
  private boolean skipBroken;

  @Option(names = "--again", description = "also what was imported from this file before")
  private boolean again;

  @Override
  void run() throws CouldNot, IOException {
    FileFormat chosen = chosen();
    try (InputStream in = open();
        Manuscript manuscript = take(in, chosen.format())) {
      bring(manuscript, chosen);
    } catch (Unreadable unreadable) {
      throw new CouldNot(
          Because.REFUSED, Words.shown(file) + " was not imported: " + unreadable.getMessage());
    }
  }

  private FileFormat chosen() {
    return Optional.ofNullable(format)
        .or(() -> FileFormat.of(file))
        .orElseThrow(() -> misused("please say which --format '" + Words.shown(file) + "' has"));
  }

  private InputStream open() throws CouldNot {
    try {
      return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    } catch (IOException | RuntimeException e) {
      throw unread(e);
    }
  }

  private Manuscript take(InputStream in, Format by) throws CouldNot, Unreadable {
    try {
      return Manuscript.take(in, by, Optional.ofNullable(encoding));
    } catch (IOException e) { // of a folder only now
      throw unread(e);
    }
  }

  private CouldNot unread(Exception e) {
    return new CouldNot(
        Because.REFUSED, "the file " + Words.shown(file) + " cannot be read: " + Words.of(e));
  }

  private void bring(Manuscript manuscript, FileFormat chosen) throws CouldNot, IOException {
    Format by = chosen.format();
    Judgement judgement = Judgement.of(manuscript, by);
    judgement.print(err());
    requireWhole(judgement);
    Optional<ListRef> found = new Wanted(server()).listOfName(list);
    if (found.isEmpty()) {
      requireName();
    }
    Set<Long> there = Set.of();
    if (found.isPresent() && !again) {
      there = Earlier.of(server(), found.get(), keys(manuscript, chosen, found.get()));
    }
    long coming = judgement.good() - there.size();
    requireRoom(found, coming);
    if (!dryRun) {
      ListRef into = found.isPresent() ? found.get() : make();
      String keys = keys(manuscript, chosen, into);
      Upload.Target target = new Upload.Target(server(), into, keys, !again, there, patience());
      try (Progress bar = new Progress(err(), judgement.good(), Shell.isAtTerminal());
          Interrupted interrupted = new Interrupted(err(), judgement.good(), !again)) {
        Upload.send(
            manuscript,
            by,
            target,
            done -> {
              bar.at(done);
              interrupted.at(done);
            });
      }
    }
    ImportReport report =
        new ImportReport(list, dryRun, found.isEmpty(), coming, there.size(), judgement);
    say(report.forPrograms(), report.forPeople());
  }

  private void requireWhole(Judgement judgement) throws CouldNot {
    if (judgement.broken() > 0 && !skipBroken) {
      throw new CouldNot(
          Because.REFUSED,
          "%s broken, so nothing was imported: mend %s, or leave out what is broken with"
                  .formatted(
                      Words.count(judgement.broken(), "line is", "lines are"),
                      judgement.broken() == 1 ? "it" : "them")
              + " --skip-broken");
    }
  }

  /** Before anything is made, or said to be. */
  private void requireName() throws CouldNot {
    try {
      Limits.name(list);
    } catch (InvalidField wrong) {
      throw new CouldNot(
          Because.REFUSED,
          "nothing was imported: the list's %s %s".formatted(wrong.field(), wrong.getMessage()));
    }
  }

  private ListRef make() throws CouldNot {
    ObjectNode wish = Server.JSON.createObjectNode().put("name", list);
    return ListRef.of(done(server().change("POST", "/lists", wish)).body());
  }

  private String keys(Manuscript manuscript, FileFormat chosen, ListRef into) {
    String id = again ? UUID.randomUUID().toString() : manuscript.hash() + "-" + chosen;
    return "import-" + id + "-" + into.id() + "-";
  }

  private void requireRoom(Optional<ListRef> found, long coming) throws CouldNot {
    long size =
        found.isEmpty() ? 0 : done(server().get(found.get().path())).body().path("size").asLong(0);
    if (size + coming > Limits.ENTRIES) {
      throw new CouldNot(
          Because.REFUSED,
          "nothing was imported: a list has at most %,d entries; this one has %,d, and %,d would be added"
              .formatted(Limits.ENTRIES, size, coming));
    }
  }
}
