package dev.tend.web.page;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page may do: run scripts and use styles that this server serves, talk to this server, and
 * nothing else. Markup that got into a page by mistake could run nothing.
 */
final class PageHeaders {
  // Browsers take an import map only from within the page, so this one script there is named by its
  // hash.
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private PageHeaders() {}

  static Map<String, String> of(String page) {
    Matcher map = IMPORT_MAP.matcher(page);
    String allowed =
        map.find()
            ? " 'sha256-%s'".formatted(Hash.base64(map.group(1).getBytes(StandardCharsets.UTF_8)))
            : "";
    return Map.of(
        "Cache-Control", "no-cache",
        "Content-Security-Policy",
            String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'" + allowed,
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'"),
        "Cross-Origin-Opener-Policy", "same-origin",
        "Referrer-Policy", "no-referrer");
  }
}
