package dev.tend.otp.soak;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.soak.Worker.Order;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.SimpleOneForOne;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.sys.Sys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.function.Executable;

/** Does to a tree what a script says, and lets it come to rest. */
final class Driver {
  private static final Executor THREADS = Thread::startVirtualThread;
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE = 20_000;
  private static final long LONGEST_PAUSE = 5_000_000;

  private final Tree tree;
  private final Ledger ledger;
  private final Inspection inspection;

  /** Calls under way. They may have to wait until the gate opens and time passes. */
  private final List<CompletableFuture<Void>> calls = new ArrayList<>();

  private final List<CompletableFuture<Void>> suspends = new ArrayList<>();
  private final List<Life> suspended = new ArrayList<>();
  private Pid<?> root;

  Driver(Tree tree) {
    this.tree = tree;
    this.ledger = tree.ledger;
    this.inspection = new Inspection(tree);
    this.root = plant();
  }

  // ---- actions ----

  void perform(Action action) {
    switch (action) {
      case Action.Kill(String id) -> to(id, life -> Processes.exit(life.pid, ExitReason.KILL));
      case Action.Signal(String id, ExitReason reason) ->
          to(id, life -> Processes.exit(life.pid, reason));
      case Action.Leave(String id, ExitReason reason) -> tell(id, new Order.Leave(reason));
      case Action.Throw(String id) -> tell(id, new Order.Throw());
      case Action.Overflow(String id, String victim, int start) ->
          to(victim, other -> tell(id, new Order.Overflow(other, start)));
      case Action.Watch(String id, String other) ->
          to(other, life -> tell(id, new Order.Watch(life)));
      case Action.Ask(String id, String other) -> to(other, life -> ask(id, life));
      case Action.Link(String id, String other) -> to(other, life -> link(id, life));
      case Action.Upset(String id, Worker.Fault fault, int times) -> {
        for (int i = 0; i < times; i++) {
          ledger.plan(id, fault);
        }
      }
      case Action.Terminate(String above, String id) ->
          change(above, id, supervisor -> Supervisor.terminateChild(supervisor.as(), id));
      case Action.Restart(String above, String id) ->
          start(above, id, supervisor -> Supervisor.restartChild(supervisor.as(), id));
      case Action.Delete(String above, String id) ->
          change(above, id, supervisor -> Supervisor.deleteChild(supervisor.as(), id));
      case Action.Add(String above, TreePlan child) ->
          start(
              above,
              child.id(),
              supervisor -> Supervisor.startChild(supervisor.as(), tree.spec(child)));
      case Action.StartMember(TreePlan.Crowd crowd, int number) ->
          start(crowd.id(), Tree.id(crowd, number), life -> startMember(crowd, number, life));
      case Action.TerminateMember(TreePlan.Crowd crowd, int number) ->
          to(
              Tree.id(crowd, number),
              member ->
                  call(
                      crowd.id(),
                      life ->
                          DynamicSupervisor.terminateChild(
                              life.<DynamicSupervisor>as(), member.pid)));
      case Action.Call(String id, int value) -> call(id, life -> echo(life, value));
      case Action.Flood(String id, int messages) -> to(id, life -> flood(life, messages));
      case Action.Suspend(String id) -> to(id, this::suspend);
      case Action.Settle() -> settle();
      case Action.Advance(Duration time) -> {
        settle();
        tree.time.advance(time);
      }
      case Action.Stop() -> {
        settle();
        stop();
        root = plant();
      }
    }
    requireNoViolation();
  }

  private void to(String id, Consumer<Life> action) {
    Life life = ledger.current.get(id);
    if (life != null) {
      action.accept(life);
    }
  }

  private void tell(String id, Order order) {
    to(id, life -> send(life, order));
  }

  private static void send(Life life, Object message) {
    try {
      Processes.send(life.pid, message);
    } catch (CallFailed full) {
      requireFull(life, full);
    }
  }

  private static void requireFull(Life life, CallFailed failed) {
    boolean bounded = life.plan instanceof TreePlan.Leaf leaf && leaf.is(TreePlan.Trait.BOUNDED);
    if (!bounded || !failed.why().equals(new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL))) {
      throw new AssertionError(life + " refused a message", failed);
    }
  }

  /** Only servers answer. */
  private void ask(String id, Life other) {
    if (other.isServer()) {
      tell(id, new Order.Ask(other));
    }
  }

  /** Two are linked once: whether a second link finds the other alive is anybody's guess. */
  private void link(String id, Life other) {
    to(
        id,
        life -> {
          if (life != other && !life.linked && !other.linked) {
            life.linked = true;
            other.linked = true;
            send(life, new Order.Link(other));
          }
        });
  }

  private void echo(Life life, int value) {
    if (life.isServer()) {
      int answer = life.<Worker>as().call(new Worker.Echo(value), SHORT);
      if (answer != value) {
        ledger.violated(life + " answered " + answer + " to " + value);
      }
    }
  }

  private static void flood(Life life, int messages) {
    if (life.isServer()) {
      for (int i = 0; i < messages; i++) {
        try {
          life.<Worker>as().cast(new Worker.Noop());
        } catch (CallFailed full) {
          requireFull(life, full);
        }
      }
    }
  }

  private Object startMember(TreePlan.Crowd crowd, int number, Life supervisor) {
    return crowd.simple()
        ? SimpleOneForOne.startChild(supervisor.<SimpleOneForOne<Integer>>as(), number)
        : DynamicSupervisor.startChild(supervisor.as(), tree.member(crowd, number));
  }

  /** Whom it asks is whose books it is noted in, also where another takes its place just now. */
  private void start(String above, String id, Consumer<Life> request) {
    to(
        above,
        supervisor -> {
          if (supervisor.patience != null) {
            supervisor.patience.asked(tree.steps.now(), id);
          }
          change(supervisor, id, request);
        });
  }

  private void change(String above, String id, Consumer<Life> request) {
    to(above, supervisor -> change(supervisor, id, request));
  }

  /** A request after which this child may be without a process. */
  private void change(Life supervisor, String id, Consumer<Life> request) {
    call(
        supervisor,
        life -> {
          life.excuse(id);
          request.accept(life);
        });
  }

  private void suspend(Life life) {
    suspended.add(life);
    suspends.add(inThread(() -> Sys.suspend(life.pid)));
  }

  private void call(String id, Consumer<Life> request) {
    to(id, life -> call(life, request));
  }

  private void call(Life life, Consumer<Life> request) {
    calls.add(inThread(() -> request.accept(life)));
  }

  /** A call in a thread of its own; that it fails is no fault. */
  private static CompletableFuture<Void> inThread(Runnable request) {
    Runnable call =
        () -> {
          try {
            request.run();
          } catch (CallFailed failed) {
            // Its server ended, or was busy.
          }
        };
    return CompletableFuture.runAsync(call, THREADS);
  }

  // ---- rest ----

  /** Returns when all that was begun is through and the tree is as it has to be. */
  void settle() {
    ledger.openGate();
    until("suspends are through", () -> requireDone(suspends));
    suspends.clear();
    for (Life life : suspended) {
      calls.add(inThread(() -> Sys.resume(life.pid)));
    }
    suspended.clear();
    until("calls are through", () -> requireDone(calls));
    calls.clear();
    until(
        "the tree is whole",
        () -> {
          if (!root.isAlive()) {
            root = plant();
          }
          inspection.inspect(root);
          inspection.requireAlive(root);
        });
    until("all answer", () -> ledger.lives.values().forEach(Driver::requireAnswer));
    tree.steps.end();
    inspection.tidy();
    tree.steps.begin();
    ledger.closeGate();
  }

  private static void requireDone(List<CompletableFuture<Void>> calls) {
    for (CompletableFuture<Void> call : calls) {
      if (!call.isDone()) {
        throw new AssertionError("a call is still under way");
      }
      call.join();
    }
  }

  /** Nobody else has asked for anything at rest. */
  private static void requireAnswer(Life life) {
    if (life.isAlive() && life.isServer()) {
      life.<Worker>as().call(new Worker.Echo(0), PATIENCE);
    }
  }

  /** Starts the root, until it does. */
  private Pid<?> plant() {
    ledger.openGate();
    CompletableFuture<StartResult<Supervisor>> started = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      StartResult<Supervisor> result = tree.start();
      while (!(result instanceof StartResult.Ok)) {
        ledger.forgetFaults();
        result = tree.start();
      }
      started.complete(result);
    });
    until(
        "the root is started",
        () -> {
          if (!started.isDone()) {
            throw new AssertionError("it is not");
          }
        });
    return started.join().orThrow();
  }

  /** Stops the root; all must end, in order. */
  void stop() {
    ledger.openGate();
    inspection.stopping(root);
    CompletableFuture<?> stopped =
        CompletableFuture.runAsync(
            () -> Processes.stop(root, ExitReason.SHUTDOWN, PATIENCE), THREADS);
    until(
        "the root has stopped",
        () -> {
          if (!stopped.isDone()) {
            throw new AssertionError("it has not");
          }
        });
    until("nothing is left", () -> inspection.inspect(root));
    inspection.stopped();
    requireNoViolation();
  }

  /** Tries until the assertions hold, and lets time pass meanwhile for those who wait for it. */
  private void until(String what, Executable assertions) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE;
    CompletableFuture<Throwable> round = tried(assertions);
    Throwable failure = null;
    while (true) {
      requireNoViolation();
      if (round.isDone()) {
        failure = round.join();
        if (failure == null) {
          return;
        }
        round = tried(assertions);
      }
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError(
            "waited until " + what + ": " + (failure == null ? "blocked" : failure.getMessage()),
            failure);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      tree.time.advance(SHORT);
    }
  }

  private static CompletableFuture<Throwable> tried(Executable assertions) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            assertions.execute();
            return null;
          } catch (Throwable failure) {
            return failure;
          }
        },
        THREADS);
  }

  private void requireNoViolation() {
    if (!ledger.violations.isEmpty()) {
      throw new AssertionError(String.join("\n  ", ledger.violations));
    }
  }
}
