package dev.tend.app.chaos;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be killed, by its name in the supervision tree. */
enum Target {
  LIST("list", 24, null),
  WORKER("DatabaseWorker", 8, Parent.DATABASE),
  CATALOG("Catalog", 4, Parent.DATABASE),
  CACHE("TodoCache", 3, Parent.SYSTEM),
  SUBSCRIPTIONS("Subscriptions", 1, Parent.SYSTEM),
  SERVERS("ServerSupervisor", 1, Parent.SYSTEM),
  DATABASE("Database", 1, Parent.SYSTEM),
  REGISTRY("ProcessRegistry", 2, Parent.TODO),
  SYSTEM("SystemSupervisor", 1, Parent.TODO),
  WEB("Web", 2, Parent.ROOT),
  TODO("TodoSupervisor", 1, Parent.ROOT),
  ROOT("Tend", 0, null),
  JVM("JVM", 0, null);

  private final String place;
  private final int weight;
  private final @Nullable Parent parent;

  /**
   * A supervisor, and how often it may lose a child in a period and still go on; one loss is kept
   * in reserve, for a restart that fails and is tried again counts as well.
   */
  enum Parent {
    ROOT(2, 60),
    TODO(2, 30),
    SYSTEM(4, 30),
    DATABASE(14, 30);

    private final int losses;
    private final Duration period;

    Parent(int losses, int seconds) {
      this.losses = losses;
      this.period = Duration.ofSeconds(seconds);
    }

    int losses() {
      return losses;
    }

    Duration period() {
      return period;
    }
  }

  Target(String place, int weight, @Nullable Parent parent) {
    this.place = place;
    this.weight = weight;
    this.parent = parent;
  }

  /** Its name in the tree; a worker's has its shard behind it. */
  String place() {
    return place;
  }

  /** How often it is drawn, beside the others. */
  int weight() {
    return weight;
  }

  Optional<Parent> parent() {
    return Optional.ofNullable(parent);
  }
}
