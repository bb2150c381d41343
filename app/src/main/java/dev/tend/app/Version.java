package dev.tend.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which Tend this is. */
public final class Version implements IVersionProvider {
  public static final String TEXT = read();

  private static String read() {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      return text == null
          ? "of unknown version"
          : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tend " + TEXT + " (Java " + Runtime.version() + ")"};
  }
}
