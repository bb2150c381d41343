package dev.tend.app.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One client: asks for one change after another, in many lists, until the load is over. */
final class Client implements Runnable {
  private static final int THINKS = 30;
  private static final int BATCHES = 12;
  private static final int LARGEST_BATCH = 20;

  private final int number;
  private final Load load;
  private final Random random;
  private final Orders orders;

  Client(int number, Load load, long seed) {
    this.number = number;
    this.load = load;
    this.random = new Random(seed * 1_000_003 + number);
    this.orders = new Orders(load, random, number);
  }

  @Override
  public void run() {
    Errand errand = new Errand(load, random);
    try {
      while (!load.over().isNow()) {
        if (random.nextInt(BATCHES) == 0) {
          batch();
        } else {
          Order order = orders.next();
          long asked = System.nanoTime();
          settled(order, asked, errand.carryOut(order));
        }
        Thread.sleep(random.nextInt(THINKS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void batch() throws InterruptedException {
    Shelf shelf = orders.anyShelf();
    List<Order> all = new ArrayList<>();
    for (int i = 2 + random.nextInt(LARGEST_BATCH - 1); i > 0; i--) {
      all.add(
          shelf
              .any(random)
              .filter(_ -> random.nextInt(3) == 0)
              .map(known -> orders.edit(shelf, known.getKey(), null))
              .orElseGet(() -> orders.add(shelf)));
    }
    long asked = System.nanoTime();
    Map<String, Fate> fates = new Batch(load, random, shelf, all).carryOut(orders.key());
    for (Order order : all) {
      settled(order, asked, fates.getOrDefault(order.key(), new Fate.Unknown()));
    }
  }

  private void settled(Order order, long asked, Fate fate) {
    load.ledger().settled(order.deed(number, asked, fate));
    Shelf shelf = order.shelf();
    if (shelf == null) {
      return;
    }
    if (fate instanceof Fate.Acknowledged done) {
      learn(order, shelf, done);
    } else if (fate instanceof Fate.Denied(int status) && status == 404) {
      shelf.remove(order.entry());
    }
  }

  private void learn(Order order, Shelf shelf, Fate.Acknowledged done) {
    switch (order.kind()) {
      case DELETE, MOVE -> shelf.remove(order.entry());
      case CREATE, ADD, EDIT, TICK, UNDO -> {}
    }
    Shelf where = order.to() == null ? shelf : order.to();
    @Nullable ObjectNode entry = done.entry();
    if (entry != null) {
      where.put(entry.path("id").asInt(0), done.etag().orElse(""));
    }
    if (order.kind() != Kind.MOVE && order.kind() != Kind.UNDO) {
      orders.changed(shelf, done.revision());
    }
  }
}
