package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Event;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Step;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The hand-over between a process that goes to rest and who has work for it: no message is left
 * with nobody to handle it.
 */
public class RestRaces {

  /** The actor is the thread of a behaviour; a new thread goes on where it has gone to rest. */
  @JCStressTest
  @Outcome(id = "hello, 0", expect = ACCEPTABLE, desc = "handled before it went to rest")
  @Outcome(id = "rest, 1", expect = ACCEPTABLE, desc = "it rested, and was woken")
  @State
  public static class RestVersusSend {
    private final Skew skew = new Skew();
    private final AtomicInteger woken = new AtomicInteger();
    private final Puppet server =
        new Puppet(StartOptions.defaults(), event -> woken.incrementAndGet());
    private boolean handled;

    @Actor
    public void next(LL_Result r) {
      skew.first();
      handled = server.next().isPresent();
      r.r1 = handled ? "hello" : "rest";
    }

    @Actor
    @SuppressWarnings("ThreadPriorityCheck")
    public void send() {
      // As the other does before it rests.
      Thread.yield();
      Thread.yield();
      skew.second();
      Processes.send(server.pid(), "hello");
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = handled || Seen.inTheEnd(() -> woken.get() > 0) ? woken.get() : "left";
    }
  }

  @JCStressTest
  @Outcome(
      id = "2, one at a time",
      expect = ACCEPTABLE,
      desc = "both handled, by one thread at a time")
  @State
  public static class SendVersusSendToAnIdleOne {
    private final Skew skew = new Skew();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private volatile boolean crowded;
    private final Puppet server = new Puppet(StartOptions.defaults(), event -> handle());

    public SendVersusSendToAnIdleOne() {
      server.next();
    }

    private void handle() {
      crowded |= inside.incrementAndGet() > 1;
      Thread.onSpinWait();
      inside.decrementAndGet();
      handled.incrementAndGet();
    }

    @Actor
    public void send() {
      skew.first();
      Processes.send(server.pid(), "one");
    }

    @Actor
    public void sendToo() {
      skew.second();
      Processes.send(server.pid(), "other");
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = Seen.inTheEnd(() -> handled.get() >= 2) ? handled.get() : "left";
      r.r2 = crowded ? "two at a time" : "one at a time";
    }
  }

  /** A process that gets a message each time when it is on its way back to rest. */
  private static final class Going {
    private static final int ROUNDS = 10;
    private final AtomicInteger handled = new AtomicInteger();
    private final Pid<?> server;

    Going(Function<AtomicInteger, Pid<?>> start) {
      server = start.apply(handled);
    }

    String sendAll() {
      for (int round = 1; round <= ROUNDS; round++) {
        int soFar = round;
        Processes.send(server, "go on");
        if (!Seen.inTheEnd(() -> handled.get() == soFar)) {
          return "left after " + handled.get();
        }
        Skew skew = Skew.wide();
        skew.first();
        skew.second();
      }
      return "all";
    }

    void end() {
      Seen.kill(server);
    }
  }

  @JCStressTest
  @Outcome(id = "all, all", expect = ACCEPTABLE, desc = "each found a thread")
  @State
  public static class SendToABehaviourThatRests {
    private final Going one = new Going(SendToABehaviourThatRests::start);
    private final Going other = new Going(SendToABehaviourThatRests::start);

    private static Pid<?> start(AtomicInteger handled) {
      return new Counting(handled).start(StartOptions.defaults());
    }

    @Actor
    public void send(LL_Result r) {
      r.r1 = one.sendAll();
    }

    @Actor
    public void sendToOther(LL_Result r) {
      r.r2 = other.sendAll();
    }

    @Arbiter
    public void then() {
      one.end();
      other.end();
    }
  }

  @JCStressTest
  @Outcome(id = "all, all", expect = ACCEPTABLE, desc = "each woke its thread")
  @State
  public static class SendToABehaviourThatParks {
    private final Going one = new Going(SendToABehaviourThatParks::start);
    private final Going other = new Going(SendToABehaviourThatParks::start);

    private static Pid<?> start(AtomicInteger handled) {
      return new Counting(handled).start(StartOptions.defaults().onPlatformThread());
    }

    @Actor
    public void send(LL_Result r) {
      r.r1 = one.sendAll();
    }

    @Actor
    public void sendToOther(LL_Result r) {
      r.r2 = other.sendAll();
    }

    @Arbiter
    public void then() {
      one.end();
      other.end();
    }
  }

  @JCStressTest
  @Outcome(id = "all, all", expect = ACCEPTABLE, desc = "each woke its thread")
  @State
  public static class SendToAReceiverThatParks {
    private final Going one = new Going(SendToAReceiverThatParks::start);
    private final Going other = new Going(SendToAReceiverThatParks::start);

    private static Pid<?> start(AtomicInteger handled) {
      return Processes.spawn(() -> {
        while (true) {
          Processes.receive();
          handled.incrementAndGet();
        }
      });
    }

    @Actor
    public void send(LL_Result r) {
      r.r1 = one.sendAll();
    }

    @Actor
    public void sendToOther(LL_Result r) {
      r.r2 = other.sendAll();
    }

    @Arbiter
    public void then() {
      one.end();
      other.end();
    }
  }

  private static final class Counting extends Silent {
    private final AtomicInteger handled;

    Counting(AtomicInteger handled) {
      this.handled = handled;
    }

    @Override
    public Step handle(Event event) {
      handled.incrementAndGet();
      return Step.await();
    }
  }
}
