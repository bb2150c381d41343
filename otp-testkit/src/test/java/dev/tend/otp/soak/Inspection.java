package dev.tend.otp.soak;

import dev.tend.otp.ets.TableName;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Snapshot;
import dev.tend.otp.soak.TreePlan.Leaf;
import dev.tend.otp.soak.TreePlan.Naming;
import dev.tend.otp.soak.TreePlan.Trait;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Supervisor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be so whenever all is quiet. */
final class Inspection {
  private final Tree tree;
  private final Ledger ledger;

  /** Those that lived before there was a tree. */
  private final Set<Pid<?>> others;

  private final Set<?> otherNames;
  private final Set<?> otherTables;

  /** The workers in the order of their starts, those together that have none among them. */
  private List<Set<Life>> order = List.of();

  Inspection(Tree tree) {
    this.tree = tree;
    this.ledger = tree.ledger;
    this.others =
        Processes.snapshot().processes().stream()
            .<Pid<?>>map(ProcessInfo::pid)
            .collect(Collectors.toSet());
    this.otherNames = Processes.registered();
    this.otherTables = TableName.taken();
  }

  /** Throws if it is not yet, or not, as it must be. Of a dead root nothing may be left. */
  void inspect(Pid<?> root) {
    requireRest();
    Set<Life> reached = new LinkedHashSet<>();
    List<Set<Life>> seen = new ArrayList<>();
    if (root.isAlive()) {
      walk(lifeOf(root), reached, seen);
      order = seen;
    }
    requireExactly(reached);
    requireEqual(
        "names", names(reached, Naming.LOCAL), without(Processes.registered(), otherNames));
    requireEqual("tables", tables(reached), without(TableName.taken(), otherTables));
    for (Life life : ledger.lives.values()) {
      inspect(life);
    }
    // A plain process waits by an alarm.
    long alarms =
        leaves(reached, leaf -> leaf.is(Trait.TIMER)).count()
            + leaves(reached, leaf -> leaf.is(Trait.PLAIN)).count();
    require(tree.time.pending() == alarms, tree.time.pending() + " alarms for " + alarms);
    List<String> subscribers =
        ledger.topics.lookup(Ledger.TOPIC).stream().map(e -> e.value() + e.pid()).toList();
    requireEqual(
        "subscribers",
        leaves(reached, leaf -> leaf.is(Trait.SUBSCRIBES)).map(Life::toString).toList(),
        subscribers);
  }

  // ---- the tree ----

  private void walk(Life supervisor, Set<Life> reached, List<Set<Life>> seen) {
    reached.add(supervisor);
    boolean crowd = supervisor.plan instanceof TreePlan.Crowd;
    List<ChildInfo> children =
        crowd
            ? DynamicSupervisor.whichChildren(supervisor.<DynamicSupervisor>as())
            : Supervisor.whichChildren(supervisor.as()).reversed();
    Set<Life> members = new HashSet<>();
    Set<Object> running = new HashSet<>();
    for (ChildInfo child : children) {
      switch (child.state()) {
        case ChildInfo.Stopped() -> {}
        case ChildInfo.Restarting() -> throw new AssertionError(child + " is restarting");
        case ChildInfo.Running(Pid<?> pid) -> {
          Life life = lifeOf(pid);
          running.add(child.id());
          require(life.isAlive(), child + " is dead");
          require(life == ledger.current.get(life.id), life + " is not the one born last");
          require(life.above == supervisor, life + " is not of " + supervisor);
          require(crowd || life.id.equals(child.id()), life + " is the child " + child.id());
          if (life.plan instanceof Leaf) {
            require(life.ready, life + " is not ready");
            reached.add(life);
            members.add(life);
          } else {
            walk(life, reached, seen);
          }
          if (!crowd && life.plan instanceof Leaf) {
            seen.add(Set.of(life));
          }
        }
      }
    }
    if (supervisor.plan instanceof TreePlan.Branch branch) {
      branch.children().forEach(child -> inspectAbsence(child, supervisor, running));
    } else {
      seen.add(members);
    }
  }

  /** A child without a process must have a reason. */
  private void inspectAbsence(TreePlan child, Life supervisor, Set<Object> running) {
    if (running.contains(child.id())) {
      supervisor.excused.remove(child.id());
    } else if (!supervisor.excused.contains(child.id())) {
      Life last = ledger.current.get(child.id());
      boolean mayBe =
          switch (child.restart()) {
            case PERMANENT -> false;
            case TRANSIENT -> last == null || last.pid.exitReason().orElseThrow().isClean();
            case TEMPORARY -> true;
          };
      require(mayBe, child.id() + " is not restarted");
    }
  }

  private Life lifeOf(Pid<?> pid) {
    Life life = ledger.lifeOf(pid);
    require(life != null, pid + " is not born");
    return life;
  }

  /** Nobody has anything to do. */
  private void requireRest() {
    for (ProcessInfo info : Processes.snapshot().processes()) {
      Life life = ledger.lifeOf(info.pid());
      boolean rests = info.mailbox() == 0 && info.status() == ProcessInfo.Status.WAITING;
      require(rests || life == null, life + " is busy: " + info);
    }
  }

  private void requireExactly(Set<Life> reached) {
    Snapshot snapshot = Processes.snapshot();
    List<Pid<?>> living = new ArrayList<>();
    for (ProcessInfo info : snapshot.processes()) {
      if (!others.contains(info.pid())) {
        living.add(info.pid());
      }
    }
    requireEqual("processes", reached.stream().map(life -> life.pid).toList(), living);
    require(snapshot.zombies().isEmpty(), "zombies " + snapshot.zombies());
  }

  // ---- what they have ----

  private static Set<String> names(Set<Life> reached, Naming naming) {
    return leaves(reached, leaf -> leaf.naming() == naming)
        .map(life -> "soak " + life.id)
        .collect(Collectors.toSet());
  }

  private static Set<?> tables(Set<Life> reached) {
    return leaves(reached, leaf -> leaf.is(Trait.TABLE))
        .map(life -> Ledger.table(life.id))
        .collect(Collectors.toSet());
  }

  private static Stream<Life> leaves(
      Set<Life> reached, java.util.function.Predicate<Leaf> condition) {
    return reached.stream().filter(life -> life.plan instanceof Leaf leaf && condition.test(leaf));
  }

  private void inspect(Life life) {
    if (life.plan instanceof Leaf leaf) {
      boolean alive = life.isAlive();
      require(
          life.released.get() == (life.holds && !alive ? 1 : 0),
          life + " released " + life.released);
      boolean owns = life.ready && leaf.is(Trait.RESOURCE);
      if (owns) {
        require(life.closed.get() == (alive ? 0 : 1), life + " closed " + life.closed);
      }
      if (ledger.current.get(life.id) == life) {
        inspectNames(life, leaf, alive ? Optional.of(life.pid) : Optional.empty());
      }
      if (alive) {
        inspectNews(life, leaf);
      }
    } else if (life.patience != null && life.patience.isExceeded(tree.steps, tree.steps.now())) {
      ledger.violated(life + " restarted too often: " + life.patience);
    }
  }

  private void inspectNames(Life life, Leaf leaf, Optional<Pid<?>> expected) {
    Optional<? extends Pid<?>> holder =
        switch (leaf.naming()) {
          case NONE -> expected;
          case LOCAL, VIA -> ledger.nameOf(leaf, life.id).whereis();
          case KEY -> ledger.names.lookup(life.id).map(entry -> entry.pid());
        };
    require(holder.equals(expected), life + " should be " + expected + " by name, is " + holder);
    if (leaf.is(Trait.TABLE)) {
      Optional<Pid<?>> owner = Ledger.table(life.id).whereis().map(table -> table.owner());
      require(owner.equals(expected), life + "'s table is of " + owner);
    }
  }

  private static void inspectNews(Life life, Leaf leaf) {
    for (Life.Heard down : life.downs.values()) {
      requireHeard(life, "DOWN", down, !down.of().isAlive());
    }
    for (Life.Heard answer : life.answers.values()) {
      requireHeard(life, "answer", answer, true);
    }
    for (Life.Heard exit : life.exits.values()) {
      requireHeard(life, "EXIT", exit, !exit.of().isAlive() && leaf.is(Trait.TRAPS));
    }
  }

  private static void requireHeard(Life life, String what, Life.Heard heard, boolean due) {
    require(
        heard.times().get() == (due ? 1 : 0),
        life + " heard " + heard.times() + " times the " + what + " of " + heard.of());
  }

  // ---- the end ----

  /** To be called at rest, before the root is told to stop. */
  void stopping(Pid<?> root) {
    ledger.deaths.clear();
    requireAlive(root);
  }

  /** A root that gave up just before it was inspected has left nothing, which is as it must be. */
  void requireAlive(Pid<?> root) {
    require(root.isAlive(), "the root is dead");
  }

  /**
   * They must have ended in the reverse order of their starts. Unless there were links: these take
   * a process along before its turn, and that one's supervisor its siblings.
   */
  void stopped() {
    List<Life> deaths = new ArrayList<>(ledger.deaths);
    if (deaths.stream().anyMatch(life -> life.linked)) {
      return;
    }
    Set<Life> known = order.stream().flatMap(Set::stream).collect(Collectors.toSet());
    if (!known.containsAll(deaths)) {
      return; // Something went on after the last look.
    }
    for (Set<Life> together : order.reversed()) {
      Set<Life> left = new HashSet<>(together);
      while (!left.isEmpty()) {
        Life next = deaths.isEmpty() ? null : deaths.removeFirst();
        if (next == null || !left.remove(next)) {
          ledger.violated("stopped out of order: " + next + " before " + left);
          return;
        }
      }
    }
  }

  /** Forgets what no inspection will ask for again. */
  void tidy() {
    ledger.deaths.clear();
    ledger.current.values().removeIf(life -> !life.isAlive());
    ledger.lives.values().removeIf(life -> !life.isAlive());
    for (Life life : ledger.lives.values()) {
      if (life.patience != null) {
        life.patience.forget(tree.steps, tree.steps.now());
      }
    }
  }

  private static Collection<?> without(Set<?> all, Set<?> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
  }

  private static void requireEqual(String what, Collection<?> expected, Collection<?> actual) {
    Set<String> missing = texts(expected);
    Set<String> strange = texts(actual);
    missing.removeAll(texts(actual));
    strange.removeAll(texts(expected));
    require(
        missing.isEmpty() && strange.isEmpty() && expected.size() == actual.size(),
        what + ": missing " + missing + ", too many " + strange);
  }

  private static Set<String> texts(Collection<?> of) {
    return of.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
