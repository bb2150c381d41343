package dev.tend.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A run in a file, as JSON. */
public final class RunFile {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private record Saved(int tendProfile, Run run) {}

  /** It cannot be read, or no run is in it. */
  public static final class NotARun extends Exception {
    private static final long serialVersionUID = 1;

    NotARun(Path file, String why) {
      super(file + " is no saved run: " + why);
    }
  }

  private RunFile() {}

  public static void write(Run run, Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(new Saved(FORMAT, run)) + "\n");
  }

  public static Run read(Path file) throws NotARun {
    try {
      Saved saved = JSON.readValue(Files.readString(file), Saved.class);
      if (saved.tendProfile() != FORMAT) {
        throw new NotARun(file, "its format is " + saved.tendProfile() + ", not " + FORMAT);
      }
      return saved.run();
    } catch (IOException unreadable) {
      throw new NotARun(file, "it cannot be read (" + unreadable.getMessage() + ")");
    } catch (JacksonException malformed) {
      throw new NotARun(file, "it is not what tend profile --save writes");
    }
  }
}
