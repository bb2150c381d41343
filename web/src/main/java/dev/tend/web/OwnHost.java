package dev.tend.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Only this machine's own names, and only pages of our own: a page elsewhere that a browser here
 * has open, under whatever name it makes itself resolve to this machine, is not answered.
 */
final class OwnHost {
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{1,5}))?");
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private OwnHost() {}

  static void require(Request request) {
    @Nullable String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !isOurs(host, Request.getLocalPort(request))) {
      throw new Refusal(
          Problem.FOREIGN, "This server answers only requests to this machine: localhost.");
    }
    for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
      if (!origin.equalsIgnoreCase("http://" + host)) {
        throw new Refusal(Problem.FOREIGN, "This server answers only pages of its own.");
      }
    }
  }

  private static boolean isOurs(String host, int port) {
    Matcher authority = AUTHORITY.matcher(host);
    return authority.matches()
        && NAMES.contains(authority.group(1).toLowerCase(Locale.ROOT))
        && (authority.group(2) == null || Integer.parseInt(authority.group(2)) == port);
  }
}
