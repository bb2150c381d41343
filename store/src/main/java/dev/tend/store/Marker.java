package dev.tend.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code tend.json} of a data folder: that the folder is ours, and which files it holds.
 *
 * @param catalog the uuid of the catalogue's file
 * @param shards in the order of their numbers, from 1
 */
record Marker(String catalog, List<ShardFile> shards) {
  static final String NAME = "tend.json";
  static final String CATALOG_FILE = "catalog.db";
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  record ShardFile(int number, String uuid, String file) {}

  Marker {
    shards = List.copyOf(shards);
  }

  /** What a new folder shall hold. */
  static Marker fresh(int shards) {
    return new Marker(
        UUID.randomUUID().toString(),
        IntStream.rangeClosed(1, shards)
            .mapToObj(number ->
                new ShardFile(number, UUID.randomUUID().toString(), "shard-" + number + ".db"))
            .toList());
  }

  /** The names of all files that may exist because of this marker, besides itself. */
  Stream<String> files() {
    return Stream.concat(shards.stream().map(ShardFile::file), Stream.of(CATALOG_FILE))
        .flatMap(file -> Stream.of(file, file + "-journal", file + "-wal", file + "-shm"));
  }

  /**
   * @throws DataFolderException if it is of a newer Tend, or not a marker
   */
  static Marker read(Path file) throws IOException, DataFolderException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json.path("format").asInt() > FORMAT) {
        throw new DataFolderException(
            "The data folder %s was written by a newer Tend (format %d; this one knows up to %d)."
                .formatted(file.getParent(), json.path("format").asInt(), FORMAT));
      }
      List<ShardFile> shards = new ArrayList<>();
      for (JsonNode shard : json.required("shards").asArray()) {
        int number = shard.required("number").intValue();
        String name = shard.required("file").stringValue();
        if (number != shards.size() + 1 || !Path.of(name).equals(Path.of(name).getFileName())) {
          throw new DataFolderException(unreadable(file));
        }
        shards.add(new ShardFile(number, shard.required("uuid").stringValue(), name));
      }
      if (json.required("format").intValue() != FORMAT || shards.isEmpty()) {
        throw new DataFolderException(unreadable(file));
      }
      return new Marker(json.required("catalog").stringValue(), shards);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new DataFolderException(unreadable(file), e);
    }
  }

  private static String unreadable(Path file) {
    return "The file %s cannot be read as the marker of a data folder; restore it from a backup."
        .formatted(file);
  }

  /** Writes and syncs it. */
  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("catalog", catalog);
    ArrayNode array = json.putArray("shards");
    for (ShardFile shard : shards) {
      array
          .addObject()
          .put("number", shard.number())
          .put("uuid", shard.uuid())
          .put("file", shard.file());
    }
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
