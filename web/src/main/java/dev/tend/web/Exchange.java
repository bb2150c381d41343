package dev.tend.web;

import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way through an action.
 *
 * @param variables of the path
 * @param key its idempotency key
 */
record Exchange(Request request, Map<String, String> variables, String key, WebConfig config) {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> PATCH =
      Set.of("application/merge-patch+json", "application/json");

  /** A body that is JSON, and the command it is part of. */
  record Sent(Command command, ObjectNode json) {}

  /** The list the path names. */
  ListId list() {
    String id = variables.getOrDefault("id", "");
    if (!ListId.isId(id)) {
      throw noSuchList();
    }
    return new ListId(id);
  }

  static Refusal noSuchList() {
    return new Refusal(Problem.NO_SUCH_THING, "There is no list of this id.");
  }

  /** The number of the entry the path names. */
  int entry() {
    String number = variables.getOrDefault("n", "");
    if (!number.matches("[1-9][0-9]{0,8}")) {
      throw noSuchEntry();
    }
    return Integer.parseInt(number);
  }

  static Refusal noSuchEntry() {
    return new Refusal(Problem.NO_SUCH_THING, "There is no entry of this number.");
  }

  Query query(String... known) {
    return Query.of(request, Set.of(known));
  }

  /** For a change that is told in JSON. */
  Sent json() {
    return sent(JSON);
  }

  /** For a change that is told as a JSON merge patch (RFC 7396). */
  Sent patch() {
    return sent(PATCH);
  }

  private Sent sent(Set<String> types) {
    requireType(types);
    byte[] body = Body.read(request, config.bodyLimit(), config.bodyTime());
    return new Sent(command(body), Json.read(body));
  }

  /** For a change that takes no condition: whoever makes one must not think that it was met. */
  static Command unconditional(Command command) {
    if (!command.ifMatch().isEmpty()) {
      throw new Refusal(Problem.MALFORMED, "This change takes no If-Match.").about("If-Match");
    }
    return command;
  }

  /** For a change that needs no words. */
  Command command() {
    return command(Body.read(request, config.bodyLimit(), config.bodyTime()));
  }

  private Command command(byte[] body) {
    query();
    if (request.getHeaders().contains(HttpHeader.IF_NONE_MATCH)) {
      throw new Refusal(Problem.MALFORMED, "Only If-Match is a condition for a change.")
          .about("If-None-Match");
    }
    return new Command(
        new Origin(Command.LOCAL, "api", key, hash(body)),
        Tags.ifMatch(request),
        Deadline.in(config.requestTime()));
  }

  private void requireType(Set<String> types) {
    String given = String.join(",", request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE));
    String[] parts = given.toLowerCase(Locale.ROOT).split(";", 2);
    String parameter = parts.length < 2 ? "" : parts[1].replaceAll("[\\s\"]", "");
    if (!types.contains(parts[0].strip())
        || !(parameter.isEmpty() || parameter.equals("charset=utf-8"))) {
      throw new Refusal(Problem.MEDIA_TYPE, "The body has to be JSON in UTF-8.")
          .about("Content-Type")
          .header("Accept", String.join(", ", types));
    }
  }

  /** Of all that makes this request what it is; a line each, and then the body. */
  private String hash(byte[] body) {
    String head =
        String.join(
            "\n",
            request.getMethod(),
            Request.getPathInContext(request),
            String.join(",", request.getHeaders().getValuesList(HttpHeader.IF_MATCH)),
            "");
    MessageDigest sha = sha256();
    sha.update(head.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha.digest(body));
  }

  /** Of a part of a request, told in one text. */
  static String hash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
