package dev.tend.app.client;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A server's address as people type it: with or without a slash at its end, or a path. */
final class Address implements ITypeConverter<URI> {

  @Override
  public URI convert(String text) {
    try {
      URI address = new URI(text.strip().replaceFirst("/+$", ""));
      boolean http =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      boolean plain =
          address.getRawQuery() == null
              && address.getRawFragment() == null
              && address.getRawUserInfo() == null;
      if (http && plain && address.getHost() != null && address.getPort() <= 65_535) {
        return address;
      }
    } catch (URISyntaxException said) {
      // Below.
    }
    throw new TypeConversionException(
        "'%s' is no server's address, such as http://127.0.0.1:8363".formatted(Words.shown(text)));
  }
}
