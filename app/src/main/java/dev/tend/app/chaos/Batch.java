package dev.tend.app.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many changes of one list in one request. It is sent again, whole, until each of them is settled:
 * those that are must answer the same.
 */
final class Batch {
  private static final int PAUSE = 100;
  private static final int IMPATIENT = 10;

  private final Load load;
  private final Random random;
  private final Shelf shelf;
  private final List<Order> orders;
  private final ObjectNode body = Wire.JSON.createObjectNode();
  private final Map<String, Fate> fates = new HashMap<>();
  private boolean open;

  Batch(Load load, Random random, Shelf shelf, List<Order> orders) {
    this.load = load;
    this.random = random;
    this.shelf = shelf;
    this.orders = orders;
    ArrayNode commands = body.putArray("commands");
    for (Order order : orders) {
      ObjectNode command = commands.addObject().put("key", order.key());
      ObjectNode what = Wire.JSON.createObjectNode();
      if (order.entry() > 0) {
        what.put("id", order.entry());
      }
      ObjectNode fields = order.body();
      if (fields != null) {
        what.setAll(fields);
      }
      command.set(
          switch (order.kind()) {
            case ADD -> "add";
            case DELETE -> "delete";
            default -> "update";
          },
          what);
    }
  }

  /** The fate of each order, by its key. */
  Map<String, Fate> carryOut(String key) throws InterruptedException {
    while (fates.size() < orders.size()) {
      try {
        Reply reply = load.wire().send("POST", "/lists/" + shelf.id() + "/batch", body, key);
        if (reply.isGood()) {
          read(reply, System.nanoTime());
        } else if (reply.status() == 503) {
          load.ledger().refused();
        } else if (reply.status() == 504) {
          lost();
        } else {
          answer(key, "a batch was answered " + reply.status() + " " + reply.body());
          return fates;
        }
      } catch (Lost nothing) {
        if (!(nothing.getCause() instanceof java.net.ConnectException)) {
          lost();
        }
      }
      if (load.over().isForGood() || random.nextInt(IMPATIENT) == 0) {
        break;
      }
      if (fates.size() < orders.size()) {
        Thread.sleep(PAUSE + random.nextInt(PAUSE));
      }
    }
    for (Order order : orders) {
      fates.putIfAbsent(order.key(), open ? new Fate.Unknown() : new Fate.Refused());
    }
    return fates;
  }

  private void lost() {
    open = true;
    load.ledger().unanswered();
  }

  private void read(Reply reply, long told) {
    List<JsonNode> results = new ArrayList<>();
    reply.body().path("results").forEach(results::add);
    if (results.size() != orders.size()) {
      answer(orders.getFirst().key(), "a batch was answered with " + results.size() + " results");
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      read(orders.get(i), results.get(i), told);
    }
  }

  private void read(Order order, JsonNode result, long told) {
    int status = result.path("status").asInt(0);
    switch (status) {
      case 503 -> load.ledger().refused();
      case 504 -> lost();
      case 200, 201, 204 -> acknowledged(order, result, told);
      case 404, 409, 412 -> fates.putIfAbsent(order.key(), new Fate.Denied(status));
      default -> answer(order.key(), "answered " + result);
    }
  }

  private void acknowledged(Order order, JsonNode result, long told) {
    ObjectNode entry = result.get("entry") instanceof ObjectNode there ? there : null;
    Fate.Acknowledged now =
        new Fate.Acknowledged(
            told,
            result.path("revision").asLong(0),
            entry,
            entry == null
                ? java.util.Optional.empty()
                : entry.optional("etag").map(tag -> tag.asString("")));
    Fate before = fates.putIfAbsent(order.key(), now);
    if (before instanceof Fate.Acknowledged then && then.revision() == now.revision()) {
      load.ledger().repeated();
    } else if (before instanceof Fate.Acknowledged then) {
      answer(
          order.key(),
          "repeated with its key, revision %d first and %d then"
              .formatted(then.revision(), now.revision()));
    } else if (before != null) {
      answer(order.key(), "repeated with its key, " + before + " first and done then");
    }
  }

  private void answer(String key, String words) {
    load.ledger().found(new Finding(Finding.What.ANSWER, shelf.name(), 0, key, words));
  }
}
