package dev.tend.web;

import dev.tend.todo.Command;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.InvalidField;
import dev.tend.todo.list.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Many changes of one list in one request: each by itself, in order, under a key of its own. */
final class Batches {
  static final int MOST = 1_000;

  private Batches() {}

  /** One command of the batch, or what is wrong with it. */
  private sealed interface Part {
    String key();

    record Good(String key, TodoServer.ChangeRequest request) implements Part {}

    record Bad(String key, Refusal refusal) implements Part {}
  }

  static Answer put(Exchange exchange) {
    ListId list = exchange.list();
    Exchange.Sent sent = exchange.json();
    Command whole = Exchange.unconditional(sent.command());
    Members members = new Members(sent.json());
    ArrayNode commands = members.array("commands");
    members.noOthers();
    if (commands.isEmpty() || commands.size() > MOST) {
      throw new Refusal(Problem.INVALID, "A batch has 1 to " + MOST + " commands.")
          .about("commands");
    }
    Entries.published(list);
    List<Part> parts = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (JsonNode command : commands) {
      parts.add(part(command, whole, keys));
    }
    return Answer.json(200, results(parts, outcomes(list, parts, whole).iterator()));
  }

  private static List<Outcome> outcomes(ListId list, List<Part> parts, Command whole) {
    List<TodoServer.ChangeRequest> requests = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Good(String _, TodoServer.ChangeRequest request)) {
        requests.add(request);
      }
    }
    return ListClient.calls(list, requests, Weight.MOST, whole.deadline());
  }

  private static ObjectNode results(List<Part> parts, java.util.Iterator<Outcome> outcomes) {
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    for (Part part : parts) {
      ObjectNode result = results.addObject().put("key", part.key());
      switch (part) {
        case Part.Bad(String _, Refusal refusal) -> refused(result, refusal);
        case Part.Good(String _, TodoServer.ChangeRequest request) -> {
          try {
            done(result, request, EntryChanges.changed(outcomes.next()));
          } catch (Refusal refusal) {
            refused(result, refusal);
          }
        }
      }
    }
    return body;
  }

  private static void done(
      ObjectNode result, TodoServer.ChangeRequest request, Outcome.Changed changed) {
    @Nullable ObjectNode entry = EntryChanges.view(changed);
    result
        .put("status", entry == null ? 204 : request instanceof TodoServer.Add ? 201 : 200)
        .put("revision", changed.revision());
    if (entry != null) {
      result.set("entry", entry);
    }
  }

  private static void refused(ObjectNode result, Refusal refusal) {
    result.put("status", refusal.status()).set("problem", refusal.body());
    @Nullable String current = refusal.header("ETag");
    if (current != null) {
      result.put("etag", current);
    }
    @Nullable String pause = refusal.header("Retry-After");
    if (pause != null) {
      result.put("retryAfter", Long.parseLong(pause));
    }
  }

  private static Part part(JsonNode json, Command whole, Set<String> keys) {
    if (!(json instanceof ObjectNode object)) {
      throw new Refusal(Problem.INVALID, "A command is an object.").about("commands");
    }
    Members members = new Members(object);
    String key = IdempotencyKey.require(members.text("key"), "key");
    if (!keys.add(key)) {
      throw new Refusal(Problem.INVALID, "The key " + key + " is there twice.").about("key");
    }
    try {
      return new Part.Good(key, request(members, key, whole));
    } catch (Refusal refusal) {
      return new Part.Bad(key, refusal);
    } catch (InvalidField invalid) {
      return new Part.Bad(key, Refusal.of(invalid));
    }
  }

  private static TodoServer.ChangeRequest request(Members members, String key, Command whole) {
    Set<String> ifMatch =
        members.has("ifMatch") ? Tags.parse(members.text("ifMatch"), "ifMatch") : Set.of();
    List<String> verbs = List.of("add", "update", "delete").stream().filter(members::has).toList();
    members.noOthers();
    if (verbs.size() != 1) {
      throw new Refusal(Problem.INVALID, "A command is one of add, update and delete.");
    }
    ObjectNode body = members.object(verbs.getFirst());
    Members fields = new Members(body);
    Command command =
        new Command(
            new Origin(
                whole.origin().actor(),
                whole.origin().channel(),
                key,
                Exchange.hash(verbs.getFirst() + ifMatch + body)),
            ifMatch,
            whole.deadline());
    return switch (verbs.getFirst()) {
      case "add" -> new TodoServer.Add(command, EntryChanges.draft(fields));
      case "update" -> {
        int id = fields.id();
        yield new TodoServer.Update(command, id, EntryChanges.edit(fields));
      }
      default -> {
        int id = fields.id();
        fields.noOthers();
        yield new TodoServer.Delete(command, id);
      }
    };
  }
}
