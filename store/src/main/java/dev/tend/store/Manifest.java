package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code backup.json} of a backup: what belongs to it, byte for byte. It is written last,
 * so a backup without one is unfinished; and it holds its own hash, so no byte of it can change.
 *
 * @param tend the version that made it
 * @param made the moment that it shows
 * @param scheduled whether it was made by the schedule, which may delete it
 * @param lists how many there are, in the trash or not
 * @param parts the catalogue's file first, then the shards' in their order
 */
record Manifest(String tend, Instant made, boolean scheduled, Counts lists, List<Part> parts) {
  static final String NAME = "backup.json";
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One file.
   *
   * @param uuid by which it knows itself
   */
  record Part(String file, String uuid, long size, String sha256) {}

  /** How much there is in a backup. */
  record Counts(long lists, long entries, long revisions) {}

  Manifest {
    parts = List.copyOf(parts);
  }

  /** The marker of a data folder with these files. */
  Marker marker() {
    List<Marker.ShardFile> shards = new ArrayList<>();
    for (Part part : parts.subList(1, parts.size())) {
      shards.add(new Marker.ShardFile(shards.size() + 1, part.uuid(), part.file()));
    }
    return new Marker(parts.getFirst().uuid(), shards);
  }

  byte[] bytes() {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("tend", tend);
    json.put("made", made.toString());
    if (scheduled) {
      json.put("scheduled", true);
    }
    json.put("lists", lists.lists());
    json.put("entries", lists.entries());
    json.put("revisions", lists.revisions());
    ArrayNode array = json.putArray("files");
    for (Part part : parts) {
      array
          .addObject()
          .put("file", part.file())
          .put("uuid", part.uuid())
          .put("size", part.size())
          .put("sha256", part.sha256());
    }
    json.put("sha256", Sha256.of(JSON.writeValueAsBytes(json)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /**
   * @throws BackupFailed if there is none, or it is not as it was written, or of a newer Tend
   */
  static Manifest read(Path backup) throws BackupFailed {
    byte[] bytes = contents(backup);
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json.path("format").asInt(0) > FORMAT) {
        throw new BackupFailed(
            "The backup %s was made by a newer Tend (format %d; this one knows up to %d)."
                .formatted(backup, json.path("format").asInt(0), FORMAT));
      }
      List<Part> parts = new ArrayList<>();
      for (JsonNode part : json.required("files").asArray()) {
        parts.add(
            new Part(
                part.required("file").stringValue(),
                part.required("uuid").stringValue(),
                part.required("size").longValue(),
                part.required("sha256").stringValue()));
      }
      Manifest manifest =
          new Manifest(
              json.required("tend").stringValue(),
              Instant.parse(json.required("made").stringValue()),
              json.path("scheduled").asBoolean(false),
              new Counts(
                  json.required("lists").longValue(),
                  json.required("entries").longValue(),
                  json.required("revisions").longValue()),
              parts);
      if (Arrays.equals(bytes, manifest.bytes()) && manifest.isComplete()) {
        return manifest;
      }
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      throw new BackupFailed(altered(backup), e);
    }
    throw new BackupFailed(altered(backup));
  }

  private boolean isComplete() {
    return parts.size() >= 2
        && parts.getFirst().file().equals(Marker.CATALOG_FILE)
        && parts.stream()
            .allMatch(part -> Path.of(part.file()).equals(Path.of(part.file()).getFileName()));
  }

  private static String altered(Path backup) {
    return "The backup %s was altered: its %s is not as it was written.".formatted(backup, NAME);
  }

  private static byte[] contents(Path backup) throws BackupFailed {
    try {
      return Files.readAllBytes(backup.resolve(NAME));
    } catch (NoSuchFileException e) {
      throw new BackupFailed(
          Files.isDirectory(backup)
              ? "The folder %s is no backup, or an unfinished one: it has no %s."
                  .formatted(backup, NAME)
              : "There is no backup %s.".formatted(backup),
          e);
    } catch (IOException e) {
      throw new BackupFailed("The backup %s cannot be read: %s.".formatted(backup, Io.words(e)), e);
    }
  }
}
