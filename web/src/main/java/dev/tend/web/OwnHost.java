package dev.tend.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Only the names by which this server is known, and only pages of our own: a page elsewhere that a
 * browser here has open, under whatever name it makes itself resolve to this machine, is not
 * answered.
 *
 * <p>A configured name without a port stands for any, with HTTP or HTTPS: a proxy or a container's
 * published port may stand before us.
 */
final class OwnHost {
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{1,5}))?");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String address;
  private final List<String> configured;

  OwnHost(WebConfig config) {
    address = lower(authority(config.host()));
    configured = config.hosts().stream().map(OwnHost::lower).toList();
  }

  /** An address as a URL has it. */
  static String authority(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  void require(Request request) {
    @Nullable String given = request.getHeaders().get(HttpHeader.HOST);
    String host = given == null ? "" : lower(given);
    boolean known = isConfigured(host);
    if (!known && !isOurs(host, Request.getLocalPort(request))) {
      throw new Refusal(
          Problem.FOREIGN,
          "This server answers only requests to this machine: localhost, or a name that is in its"
              + " setting http.hosts.");
    }
    for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
      String page = lower(origin);
      if (!page.equals("http://" + host) && !(known && page.equals("https://" + host))) {
        throw new Refusal(Problem.FOREIGN, "This server answers only pages of its own.");
      }
    }
  }

  private boolean isConfigured(String host) {
    Matcher authority = AUTHORITY.matcher(host);
    return !configured.isEmpty()
        && authority.matches()
        && (configured.contains(host) || configured.contains(authority.group(1)));
  }

  private boolean isOurs(String host, int port) {
    Matcher authority = AUTHORITY.matcher(host);
    return authority.matches()
        && (LOOPBACK.contains(authority.group(1)) || address.equals(authority.group(1)))
        && (authority.group(2) == null || Integer.parseInt(authority.group(2)) == port);
  }
}
