package dev.tend.app.chaos;

import java.net.ConnectException;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One order, sent until it is answered or its client loses patience; always with the same key. */
final class Errand {
  /** One client in so many does not wait for a better answer. */
  private static final int IMPATIENT = 10;

  /** One acknowledged change in so many is sent again. */
  private static final int FORGETFUL = 25;

  private static final int PAUSE = 100;

  private final Load load;
  private final Random random;
  private boolean open;

  Errand(Load load, Random random) {
    this.load = load;
    this.random = random;
  }

  Fate carryOut(Order order) throws InterruptedException {
    open = false;
    while (true) {
      try {
        Reply reply = send(order);
        if (!reply.isForLater()) {
          return settled(order, reply);
        }
        if (reply.status() == 503) {
          load.ledger().refused();
        } else {
          lost();
        }
      } catch (Lost nothing) {
        // Who could not connect has not asked.
        if (!(nothing.getCause() instanceof ConnectException)) {
          lost();
        }
      }
      if (load.over().isForGood() || random.nextInt(IMPATIENT) == 0) {
        return open ? new Fate.Unknown() : new Fate.Refused();
      }
      Thread.sleep(PAUSE + random.nextInt(PAUSE));
    }
  }

  private void lost() {
    open = true;
    load.ledger().unanswered();
  }

  private Reply send(Order order) throws Lost, InterruptedException {
    return load.wire().send(order.method(), order.path(), order.body(), order.key(), order.tag());
  }

  private Fate settled(Order order, Reply reply) throws InterruptedException {
    long told = System.nanoTime();
    if (!reply.isGood()) {
      requirePossible(order, reply);
      return new Fate.Denied(reply.status());
    }
    if (random.nextInt(FORGETFUL) == 0) {
      again(order, reply);
    }
    return switch (order.kind()) {
      case CREATE -> new Fate.Acknowledged(told, 0, reply.body(), Optional.empty());
      case MOVE -> {
        ObjectNode entry = reply.body().get("entry") instanceof ObjectNode there ? there : null;
        long revision = entry == null ? 0 : entry.path("revision").asLong(0);
        yield new Fate.Acknowledged(told, revision, entry, tag(entry));
      }
      case ADD, EDIT, TICK ->
          new Fate.Acknowledged(told, reply.revision(), reply.body(), reply.etag());
      case DELETE, UNDO -> {
        ObjectNode entry = reply.body().get("entry") instanceof ObjectNode there ? there : null;
        yield new Fate.Acknowledged(told, reply.revision(), entry, tag(entry));
      }
    };
  }

  private static Optional<String> tag(@Nullable ObjectNode entry) {
    return entry == null ? Optional.empty() : entry.optional("etag").map(tag -> tag.asString(""));
  }

  /** Its answer is the same, or none; it does not act again, which the audit sees. */
  private void again(Order order, Reply first) throws InterruptedException {
    try {
      Reply second = send(order);
      if (second.isForLater()) {
        return;
      }
      if (second.status() == first.status()
          && second.revision() == first.revision()
          && second.body().path("id").equals(first.body().path("id"))) {
        load.ledger().repeated();
      } else {
        answer(
            order,
            "repeated with its key, answered %d (revision %d) first and %d (revision %d) then"
                .formatted(first.status(), first.revision(), second.status(), second.revision()));
      }
    } catch (Lost nothing) {
      // Then it is not known, and the first answer holds.
    }
  }

  /** Others may have deleted, changed or moved the entry meanwhile; anything else is a fault. */
  private void requirePossible(Order order, Reply reply) {
    boolean possible =
        switch (reply.status()) {
          case 404, 409, 412 -> order.kind() != Kind.ADD;
          default -> false;
        };
    if (!possible) {
      answer(order, "answered " + reply.status() + " " + reply.body().path("detail").asString(""));
    }
  }

  private void answer(Order order, String words) {
    String list = order.shelf() == null ? "" : order.shelf().name();
    load.ledger().found(new Finding(Finding.What.ANSWER, list, 0, order.key(), words));
  }
}
