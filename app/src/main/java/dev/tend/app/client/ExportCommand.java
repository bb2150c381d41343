package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.exchange.Format;
import dev.tend.todo.list.Draft;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code tend export}. */
@Command(
    name = "export",
    header = "Write the entries of a list to a file.",
    description = "As they are at one moment, however long it takes. Text is UTF-8.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend export Groceries --output groceries.json",
      "  tend export Groceries --output groceries.ics",
      "  tend export Groceries --format todotxt | sort"
    })
public final class ExportCommand extends OneListCommand {

  @Option(
      names = "--format",
      paramLabel = "<format>",
      description = FileFormat.HELP + " (default: what the file's name tells, else json)")
  private @Nullable FileFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "<file>",
      description = "where to (default: standard output); it is replaced when all is written")
  private @Nullable Path output;

  @Override
  void run() throws CouldNot, IOException {
    ListRef list = list();
    FileFormat chosen =
        Optional.ofNullable(format)
            .or(() -> Optional.ofNullable(output).flatMap(file -> FileFormat.of(file.toString())))
            .orElse(FileFormat.json);
    Path file = output;
    if (file == null) {
      Writer out =
          new BufferedWriter(
              new OutputStreamWriter(StandardOutput.checked(), StandardCharsets.UTF_8));
      try {
        write(list, chosen.format(), out);
        out.flush();
      } catch (IOException | UncheckedIOException | CouldNot stopped) {
        StandardOutput.requireTaken();
        throw stopped;
      }
    } else {
      save(list, chosen.format(), file);
    }
  }

  private void save(ListRef list, Format by, Path file) throws CouldNot {
    try {
      long count =
          Files.exists(file) && !Files.isRegularFile(file)
              ? writeInto(list, by, file) // a device, a pipe: nothing to replace
              : replace(list, by, Files.exists(file) ? file.toRealPath() : file);
      say(
          Server.JSON.createObjectNode().put("list", list.id()).put("entries", count),
          Words.count(count, "entry", "entries") + " written to " + file);
    } catch (IOException e) {
      throw new CouldNot(Because.REFUSED, file + " cannot be written: " + Words.of(e));
    }
  }

  private long replace(ListRef list, Format by, Path file) throws CouldNot, IOException {
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".tend-", ".export");
    draft.toFile().deleteOnExit();
    try {
      long count = writeInto(list, by, draft);
      PosixFileAttributeView rights =
          Files.getFileAttributeView(draft, PosixFileAttributeView.class);
      if (rights != null && Files.exists(file)) { // a new one is its owner's alone
        rights.setPermissions(Files.getPosixFilePermissions(file));
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private long writeInto(ListRef list, Format by, Path file) throws CouldNot, IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      return write(list, by, out);
    }
  }

  private long write(ListRef list, Format by, Writer to) throws CouldNot, IOException {
    long revision = done(server().get(list.path())).body().path("revision").asLong(0);
    Format.Sheet sheet = by.write(new Format.About(list.id(), list.name(), Instant.now()), to);
    long[] counts = new long[2];
    if (revision > 0) {
      Pages.entries(list, Map.of("revision", Long.toString(revision)))
          .each(
              server(),
              entry -> {
                Draft draft = draft(entry);
                add(sheet, entry.path("id").asInt(0), draft);
                counts[0]++;
                counts[1] += by.held(draft).equals(draft) ? 0 : 1;
                return true;
              });
    }
    sheet.end();
    if (counts[1] > 0) {
      err()
          .println(
              "tend: of %s this format cannot hold everything (json can)"
                  .formatted(Words.count(counts[1], "entry", "entries")));
    }
    return counts[0];
  }

  private static void add(Format.Sheet sheet, int number, Draft draft) throws CouldNot {
    try {
      sheet.add(number, draft);
    } catch (IOException | UncheckedIOException e) {
      throw new CouldNot(Because.REFUSED, "it cannot be written: " + Words.of(e));
    }
  }

  private static Draft draft(ObjectNode entry) {
    return new Draft(
        Day.iso(entry.path("date").asString("")).orElse(null),
        entry.path("title").asString(""),
        entry.path("done").asBoolean(false),
        entry.path("notes").asString(""));
  }
}
