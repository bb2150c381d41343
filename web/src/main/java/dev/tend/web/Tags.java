package dev.tend.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Entity tags in headers (RFC 9110, 8.8.3), in lists that may have empty elements (5.6.1). In the
 * system they are without their quotes.
 */
final class Tags {
  static final String ANY = "*";
  private static final Pattern TAG =
      Pattern.compile("[\\s,]*(?:(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\")\\s*(?:,[\\s,]*|$)");

  private Tags() {}

  static String quoted(String tag) {
    return '"' + tag + '"';
  }

  /**
   * {@code If-Match}: strong tags. Weak ones never match; they stay, quotes and all, for a
   * condition with nothing but weak tags is still a condition.
   *
   * @return empty if there is no such header
   */
  static Set<String> ifMatch(Request request) {
    return read(request, HttpHeader.IF_MATCH, true);
  }

  /** Whether {@code If-None-Match} names this tag, weak or strong. */
  static boolean isKnown(Request request, String tag) {
    Set<String> known = read(request, HttpHeader.IF_NONE_MATCH, false);
    return known.contains(ANY) || known.contains(tag);
  }

  /**
   * Strong tags, as {@link #ifMatch} reads them.
   *
   * @param field of a body, where they are
   */
  static Set<String> parse(String text, String field) {
    return parse(Compressed.uncompressed(text), field, true);
  }

  private static Set<String> read(Request request, HttpHeader header, boolean strongly) {
    List<String> lines = request.getHeaders().getValuesList(header);
    return lines.isEmpty() ? Set.of() : parse(String.join(",", lines), header.asString(), strongly);
  }

  private static Set<String> parse(String text, String field, boolean strongly) {
    String all = text.strip();
    if (all.equals(ANY)) {
      return Set.of(ANY);
    }
    Set<String> tags = new HashSet<>();
    Matcher tag = TAG.matcher(all);
    int end = 0;
    while (end < all.length() && tag.region(end, all.length()).lookingAt()) {
      tags.add(strongly && tag.group(1) != null ? tag.group().strip() : tag.group(2));
      end = tag.end();
    }
    if (tags.isEmpty() || end < all.length()) {
      throw new Refusal(Problem.MALFORMED, field + " is a list of tags in quotes, or a star.")
          .about(field);
    }
    return tags;
  }
}
