package dev.tend.otp.soak;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.registry.DuplicateRegistry;
import dev.tend.otp.registry.PartitionBy;
import dev.tend.otp.registry.RegisterResult;
import dev.tend.otp.registry.Registry;
import dev.tend.otp.registry.RegistryOptions;
import dev.tend.otp.registry.UniqueRegistry;
import dev.tend.otp.soak.TreePlan.Leaf;
import dev.tend.otp.soak.TreePlan.Naming;
import dev.tend.otp.soak.TreePlan.Trait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Who lives, who has lived, and what was wrong with it: books that the tree's processes keep
 * themselves, without asking the runtime.
 */
final class Ledger {
  static final String TOPIC = "topic";
  private static final Duration FAR = Duration.ofDays(365);

  final UniqueRegistry<String, String> names =
      Registry.unique("soak.names", "", RegistryOptions.defaults().withPartitions(2));
  final DuplicateRegistry<String, String> topics =
      Registry.duplicate(
          "soak.topics", PartitionBy.KEY, RegistryOptions.defaults().withPartitions(2));

  /** By place: the one born last. */
  final Map<String, Life> current = new ConcurrentHashMap<>();

  /** All that live, and those that have died since the last inspection. */
  final Map<Pid<?>, Life> lives = new ConcurrentHashMap<>();

  /** The workers that have died, in order, since it was cleared. */
  final List<Life> deaths = new CopyOnWriteArrayList<>();

  final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Worker.Fault>> faults = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(1);

  void violated(String what) {
    violations.add(what);
  }

  @Nullable Life lifeOf(Pid<?> pid) {
    return lives.get(pid);
  }

  // ---- birth and death ----

  /** A process of the tree enters itself; nobody may live in its place, unless as an orphan. */
  Life born(String id, TreePlan plan) {
    return born(id, plan, Processes.self(), Processes.parent().orElse(null));
  }

  Life born(String id, TreePlan plan, Pid<?> pid, @Nullable Pid<?> parent) {
    Life life = new Life(id, plan, pid, parent == null ? null : lives.get(parent));
    life.holds = plan instanceof Leaf && Processes.hold(pid, () -> released(life), () -> true);
    lives.put(pid, life);
    current.compute(id, (place, before) -> successor(before, life));
    return life;
  }

  /**
   * Orphans may start children yet, until they hear that they are. And the thread of one that has
   * died may come to this only when another has been born in its place.
   */
  private Life successor(@Nullable Life before, Life life) {
    if (before == null) {
      return life;
    }
    if (life.isOrphan() || !life.isAlive()) {
      return before;
    }
    if (!before.isOrphan()) {
      requireGone(before, life + " is born");
    }
    return life;
  }

  private void released(Life life) {
    if (life.released.incrementAndGet() > 1) {
      violated(life + " was released twice");
    }
    deaths.add(life);
  }

  /** To be called where the death of this one is known by a signal of it. */
  void requireGone(Life life, String by) {
    if (life.isAlive()) {
      violated(by + ", and " + life + " lives");
    } else if (life.holds && life.released.get() != 1) {
      violated(by + ", and " + life + " has not let go of what it holds");
    }
  }

  /** Gives the calling process what its plan says. An orphan may still have it: then it fails. */
  void equip(Life life, Leaf leaf) {
    if (leaf.naming() == Naming.KEY
        && names.register(life.id, "") instanceof RegisterResult.AlreadyRegistered(Pid<?> by)) {
      taken("key", life, by);
    }
    if (leaf.is(Trait.TABLE)) {
      Table.newSet(table(life.id), Access.PROTECTED, row -> row).insert(life.id);
    }
    if (leaf.is(Trait.RESOURCE)) {
      Processes.own(life);
    }
    if (leaf.is(Trait.SUBSCRIBES)) {
      topics.register(TOPIC, life.id);
    }
    if (leaf.is(Trait.TIMER)) {
      Processes.sendAfter(FAR, life.pid, "late");
    }
    life.ready = true;
  }

  private void taken(String what, Life life, Pid<?> by) {
    refused(what + " of " + life, life.isOrphan(), by);
    throw new IllegalStateException("an orphan has the " + what + ": " + by);
  }

  /** A start found something taken: one of the two must have lost its supervisor. */
  void refused(String what, boolean isOrphan, Pid<?> by) {
    Life holder = lives.get(by);
    if (!isOrphan && (holder == null || !holder.isOrphan())) {
      violated(what + " is taken by " + (holder == null ? by : holder));
    }
  }

  static SetName<String, String> table(String id) {
    return new SetName<>("soak " + id);
  }

  ServerName<Worker> nameOf(Leaf leaf, String id) {
    return leaf.naming() == Naming.LOCAL ? ServerName.local("soak " + id) : names.via(id);
  }

  // ---- what is to go wrong ----

  void plan(String id, Worker.Fault fault) {
    faults.computeIfAbsent(id, i -> new ConcurrentLinkedQueue<>()).add(fault);
  }

  Worker.@Nullable Fault nextFault(String id) {
    return faults.getOrDefault(id, new ArrayDeque<>()).poll();
  }

  void forgetFaults() {
    faults.clear();
  }

  void awaitGate() throws InterruptedException {
    gate.await();
  }

  void openGate() {
    gate.countDown();
  }

  void closeGate() {
    gate = new CountDownLatch(1);
  }
}
