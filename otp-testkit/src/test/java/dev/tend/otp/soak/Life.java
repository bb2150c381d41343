package dev.tend.otp.soak;

import dev.tend.otp.process.Answered;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.supervisor.Strategy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One incarnation of a place in the tree, and what it has heard. */
final class Life implements AutoCloseable {
  final String id;
  final TreePlan plan;
  final Pid<?> pid;

  /** Its supervisor's; null for the root. */
  final @Nullable Life above;

  /** Its restarts, of a supervisor. */
  final @Nullable Patience patience;

  /** Children of a supervisor that may be without a process: somebody has asked for a change. */
  final Set<String> excused = ConcurrentHashMap.newKeySet();

  /** Whether it was born with a holding: its thread may come to that only when it is dead. */
  volatile boolean holds;

  /** How often its holding was released, and its resource closed. */
  final AtomicInteger released = new AtomicInteger();

  final AtomicInteger closed = new AtomicInteger();

  /** Set when it has all that its plan says. */
  volatile boolean ready;

  /** Whether the death of another can be its own. */
  volatile boolean linked;

  final Map<MonitorRef, Heard> downs = new ConcurrentHashMap<>();
  final Map<RequestId<?>, Heard> answers = new ConcurrentHashMap<>();
  final Map<Pid<?>, Heard> exits = new ConcurrentHashMap<>();

  /** What is to be heard of another, once. */
  record Heard(Life of, AtomicInteger times) {
    Heard(Life of) {
      this(of, new AtomicInteger());
    }
  }

  Life(String id, TreePlan plan, Pid<?> pid, @Nullable Life above) {
    this.patience = Patience.of(plan);
    this.id = id;
    this.plan = plan;
    this.pid = pid;
    this.above = above;
  }

  /** The process as what the plan says it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> Pid<T> as() {
    return (Pid<T>) pid;
  }

  /** Whether it answers requests of workers. */
  boolean isServer() {
    return plan instanceof TreePlan.Leaf leaf && !leaf.is(TreePlan.Trait.PLAIN);
  }

  /**
   * Somebody asks this supervisor for something after which the child may be without a process. In
   * a group it may have been the one whose restart was to be tried again; with that, as in OTP, the
   * rest of the group stays stopped too.
   */
  void excuse(String child) {
    if (plan instanceof TreePlan.Branch branch
        && branch.flags().strategy() != Strategy.ONE_FOR_ONE) {
      branch.children().forEach(member -> excused.add(member.id()));
    } else {
      excused.add(child);
    }
  }

  boolean isAlive() {
    return pid.isAlive();
  }

  /** Whether a supervisor above it has died: nobody then waits for its end. */
  boolean isOrphan() {
    return above != null && (!above.isAlive() || above.isOrphan());
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  // ---- in its process ----

  void watch(Life other) {
    downs.put(Processes.monitor(other.pid), new Heard(other));
  }

  void ask(Life other) {
    answers.put(Processes.sendRequest(other.<Worker>as(), new Worker.Echo(1)), new Heard(other));
  }

  void link(Life other) {
    Processes.link(other.pid);
    exits.putIfAbsent(other.pid, new Heard(other));
  }

  /** Writes down news; those of no one it knows of are nothing to it. */
  void hears(Object message, Ledger ledger) {
    switch (message) {
      case Down down -> heard("DOWN", downs.get(down.ref()), true, ledger);
      case Answered answered -> heard("answer", answers.get(answered.id()), false, ledger);
      case Exit(Pid<?> from, var reason) -> {
        Life other = ledger.lifeOf(from);
        Heard exit =
            other == null ? exits.get(from) : exits.computeIfAbsent(from, f -> new Heard(other));
        if (exit != null) {
          heard("EXIT", exit, true, ledger);
        }
      }
      default -> {}
    }
  }

  private void heard(String what, @Nullable Heard heard, boolean ofDeath, Ledger ledger) {
    if (heard == null) {
      ledger.violated(this + " heard a " + what + " that it has not asked for");
    } else {
      int times = heard.times.incrementAndGet();
      if (times > 1) {
        ledger.violated(this + " heard " + times + " times the " + what + " of " + heard.of);
      }
      if (ofDeath) {
        ledger.requireGone(heard.of, this + " heard the " + what);
      }
    }
  }

  @Override
  public String toString() {
    return id + pid;
  }
}
