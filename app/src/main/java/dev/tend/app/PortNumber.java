package dev.tend.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports as people type them. */
final class PortNumber implements ITypeConverter<Integer> {
  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException notEvenANumber) {
      // Said below.
    }
    throw new TypeConversionException("'%s' is no number from 0 to %d".formatted(text, HIGHEST));
  }
}
