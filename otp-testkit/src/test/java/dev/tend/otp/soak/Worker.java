package dev.tend.otp.soak;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.soak.TreePlan.Leaf;
import dev.tend.otp.soak.TreePlan.Trait;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A worker of the tree: does what it is told by messages, as a server or as a plain process. */
final class Worker extends GenServer<Life, Worker.Request<?>, Worker.Message> {
  private static final int LIMIT = 4;

  sealed interface Request<R> extends Call<Worker, R> {}

  sealed interface Message extends Cast<Worker> {}

  record Echo(int value) implements Request<Integer> {}

  record Noop() implements Message {}

  /** What a worker can be told, by a plain message. */
  sealed interface Order {
    record Leave(ExitReason reason) implements Order {}

    record Throw() implements Order {}

    /** Calls itself until the stack is full, casting to another at each level. */
    record Overflow(Life victim, int start) implements Order {}

    record Watch(Life other) implements Order {}

    record Ask(Life other) implements Order {}

    record Link(Life other) implements Order {}
  }

  /** What is to go wrong in an init. */
  enum Fault {
    SLOW,
    FAIL,
    THROW,
    IGNORE,
    /** Until the ledger's gate is opened. */
    HANG
  }

  private final Leaf leaf;
  private final String id;
  private final Ledger ledger;

  private Worker(Leaf leaf, String id, Ledger ledger) {
    this.leaf = leaf;
    this.id = id;
    this.ledger = ledger;
  }

  /** Starts the incarnation of the moment of this place. */
  static StartResult<?> startLink(Leaf leaf, String id, Ledger ledger) {
    Worker worker = new Worker(leaf, id, ledger);
    if (leaf.is(Trait.PLAIN)) {
      return new StartResult.Ok<>(Processes.spawnLink(worker::run), null);
    }
    StartOptions options =
        switch (leaf.naming()) {
          case LOCAL, VIA -> StartOptions.named(ledger.nameOf(leaf, id));
          case NONE, KEY -> StartOptions.defaults();
        };
    return GenServer.startLink(
        worker, leaf.is(Trait.BOUNDED) ? options.withMailboxLimit(LIMIT) : options);
  }

  // ---- as a plain process ----

  private void run() {
    Processes.trapExit(leaf.is(Trait.TRAPS));
    Life life = ledger.born(id, leaf);
    ledger.equip(life, leaf);
    Pid<?> parent = Processes.parent().orElseThrow();
    while (true) {
      Object message = Processes.receive();
      // What gen_server does with its parent's EXIT.
      if (message instanceof Exit exit && exit.from() == parent) {
        throw Processes.exit(exit.reason());
      }
      ExitReason end = obey(message, life);
      if (end != null) {
        throw Processes.exit(end);
      }
    }
  }

  // ---- as a server ----

  @Override
  protected Init<Life> init() throws Exception {
    Processes.trapExit(leaf.is(Trait.TRAPS));
    Life life = ledger.born(id, leaf);
    switch (ledger.nextFault(id)) {
      case null -> {}
      case SLOW -> Processes.receive(Duration.ofMillis(2), message -> null);
      case HANG -> ledger.awaitGate();
      case FAIL -> {
        return Init.stop(new ExitReason.Term("told to fail"));
      }
      case THROW -> throw new IllegalStateException("told to throw");
      case IGNORE -> {
        Objects.requireNonNull(life.above).excused.add(id);
        return Init.ignore();
      }
    }
    ledger.equip(life, leaf);
    return Init.ok(life);
  }

  @Override
  protected Handled<Life> handleCall(Request<?> request, Caller caller, Life life) {
    return switch (request) {
      case Echo echo -> reply(echo, caller, echo.value(), life);
    };
  }

  @Override
  protected Handled<Life> handleCast(Message message, Life life) {
    return noReply(life);
  }

  @Override
  protected Handled<Life> handleInfo(Object message, Life life) {
    ExitReason end = obey(message, life);
    return end == null ? noReply(life) : stop(end, life);
  }

  /** A supervisor's order to stop is plain shutdown; nobody else gives that. */
  @Override
  protected void terminate(ExitReason reason, Life life) {
    if (leaf.is(Trait.STUBBORN) && reason.equals(ExitReason.SHUTDOWN)) {
      MonitorRef parent = Processes.monitor(Processes.parent().orElseThrow());
      Processes.receive(message -> message instanceof Down down && down.ref() == parent ? 1 : null);
    }
  }

  private @Nullable ExitReason obey(Object message, Life life) {
    switch (message) {
      case Order.Leave(ExitReason reason) -> {
        return reason;
      }
      case Order.Throw() -> throw new IllegalStateException("told to throw");
      case Order.Overflow(Life victim, int start) -> descend(victim, start);
      case Order.Watch(Life other) -> life.watch(other);
      case Order.Ask(Life other) -> life.ask(other);
      case Order.Link(Life other) -> life.link(other);
      case Object news -> life.hears(news, ledger);
    }
    return null;
  }

  /** For some levels it only descends, so that the stack is not always full at the same place. */
  @SuppressWarnings("InfiniteRecursion")
  private static int descend(Life victim, int silent) {
    if (silent <= 0) {
      Processes.send(victim.pid, "deeper");
    }
    return 1 + descend(victim, silent - 1);
  }
}
