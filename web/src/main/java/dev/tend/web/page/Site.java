package dev.tend.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All pieces of the pages by their paths, in memory. A page names every file that it needs, in its
 * head: what none of them names is not served. The paths of our own files carry a hash of them all,
 * so that browsers may keep them for ever.
 */
public final class Site {
  private static final Pattern NAMED = Pattern.compile("\"(/(?:assets|webjars)/[^\"]+)\"");
  private static final String OURS = "/assets/";
  private static final Map<String, String> FOR_EVER =
      Map.of("Cache-Control", "public, max-age=31536000, immutable");

  private final Map<String, Piece> files = new TreeMap<>();
  private final Map<String, Piece> pages = new TreeMap<>();

  /**
   * @param names of the pages, without {@code .html}
   */
  public Site(String... names) {
    Map<String, String> sources = new TreeMap<>();
    TreeSet<String> named = new TreeSet<>();
    for (String name : names) {
      String source = new String(read(name + ".html"), StandardCharsets.UTF_8);
      sources.put(name, source);
      NAMED
          .matcher(source)
          .results()
          .map((MatchResult found) -> found.group(1))
          .forEach(named::add);
    }
    Map<String, byte[]> contents = new TreeMap<>();
    named.forEach(path -> contents.put(path, read(resource(path))));
    String placed = OURS + Hash.hex(contents.values()).substring(0, 12) + "/";
    contents.forEach(
        (path, bytes) -> files.put(path.replace(OURS, placed), piece(path, bytes, FOR_EVER)));
    sources.forEach((name, source) -> {
      String page = source.replace(OURS, placed);
      byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
      pages.put(name, piece(name + ".html", bytes, PageHeaders.of(page)));
    });
  }

  private static Piece piece(String path, byte[] bytes, Map<String, String> headers) {
    return new Piece(
        type(path), ByteBuffer.wrap(bytes).asReadOnlyBuffer(), Hash.hex(bytes), headers);
  }

  /** The files that the pages name, by their paths. */
  public Map<String, Piece> files() {
    return files;
  }

  /** A page by its name. */
  public Piece page(String name) {
    @Nullable Piece page = pages.get(name);
    if (page == null) {
      throw new IllegalArgumentException("no page is called " + name);
    }
    return page;
  }

  private static String resource(String path) {
    return path.startsWith(OURS) ? path.substring(OURS.length()) : "/META-INF/resources" + path;
  }

  private static byte[] read(String resource) {
    try (@Nullable InputStream in = Site.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("a page names " + resource + ", which is not there");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "js" -> "text/javascript;charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("of what type is " + path + "?");
    };
  }
}
