package dev.tend.web;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server is told of itself.
 *
 * @param version of the program
 * @param data the folder whose size is of interest
 */
public record About(String version, Optional<Path> data) {

  /** Nothing is known. */
  public static About nothing() {
    return new About("unknown", Optional.empty());
  }
}
