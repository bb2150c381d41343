package dev.tend.otp.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A real process with no thread of its own: actors lend it theirs, so that what it does begins with
 * no delay and overlaps with what the other actor does. It runs nothing that a process's thread
 * would not run: {@code link}, {@code receive}, the loop of a behaviour. Forgotten like any object,
 * dead or alive.
 */
public final class Puppet {
  private final ProcessCore core;

  public Puppet() {
    this(StartOptions.defaults());
  }

  public Puppet(StartOptions options) {
    this(options, event -> {});
  }

  /**
   * @param handler what a new thread of it does with what {@link #next} has not taken
   */
  public Puppet(StartOptions options, Consumer<Event> handler) {
    core = new ProcessCore(new Turn(handler), options, null, false);
  }

  /** One that traps exits. */
  public static Puppet trapping() {
    Puppet puppet = new Puppet();
    puppet.does(() -> Processes.trapExit(true));
    return puppet;
  }

  public Pid<Object> pid() {
    return core.pid;
  }

  /** Runs this as the process. */
  public void does(Runnable act) {
    ScopedValue.where(ProcessCore.SELF, core).run(act);
  }

  /** Runs this as the process; false if it was dead before all of it was done. */
  public boolean survives(Runnable act) {
    try {
      does(act);
      return true;
    } catch (DeadProcess gone) {
      return false;
    }
  }

  /** Runs this as the process. */
  public <R> R asks(Supplier<R> act) {
    return ScopedValue.where(ProcessCore.SELF, core).call(act::get);
  }

  /** The messages in its mailbox, taken out. */
  public List<Object> messages() {
    List<Object> all = new ArrayList<>();
    does(() -> {
      Optional<Object> message;
      do {
        message = Processes.receive(Duration.ZERO, m -> m);
        message.ifPresent(all::add);
      } while (message.isPresent());
    });
    return all;
  }

  private @Nullable Event nextEvent() {
    return core.nextEvent(Scheduled.LINGER, new Conversation(core));
  }

  /** One step of a behaviour's loop; empty if it has nothing to do and has gone to rest. */
  public Optional<Event> next() {
    return Optional.ofNullable(asks(this::nextEvent));
  }

  /** The end of a behaviour's step. */
  public <R> void answers(Event.Called called, Call<?, R> request, R value) {
    ReplyTo<R> to = called.caller().to(request);
    does(() -> core.answer(Step.await().andReply(to, value)));
  }

  /** Whether a local name has an entry, be its holder dead or alive. */
  public static boolean isKept(ServerName<?> name) {
    return LocalNames.TABLE.holders.containsKey(name.key());
  }

  public int waiting() {
    return core.info().mailbox();
  }

  public int links() {
    return core.info().links();
  }

  public int watchers() {
    synchronized (core) {
      return core.watchers.size();
    }
  }

  private static final class Turn extends Turns {
    private final Consumer<Event> handler;

    Turn(Consumer<Event> handler) {
      this.handler = handler;
    }

    @Override
    void run(ProcessCore self) {
      Conversation talk = new Conversation(self);
      @Nullable Event event = self.nextEvent(Scheduled.LINGER, talk);
      while (event != null) {
        handler.accept(event);
        event = self.nextEvent(Scheduled.LINGER_ON, talk);
      }
    }

    @Override
    boolean keepsThread() {
      return false;
    }

    @Override
    String kind() {
      return "puppet";
    }

    @Override
    void forget() {}
  }
}
