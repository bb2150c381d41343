package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** What death has to release: resources and holdings, each exactly once. */
public class HoldingRaces {

  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "owned, and closed by the death")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "the dead own nothing: closed at once")
  @State
  public static class OwnVersusKill {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final AtomicInteger closed = new AtomicInteger();

    @Actor
    public void own(LL_Result r) {
      skew.first();
      r.r1 = owner.survives(() -> Processes.own(closed::incrementAndGet));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(owner.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.inTheEnd(() -> closed.get() > 0) ? closed.get() : "never";
    }
  }

  /** Whoever has heard of the death finds the resource closed. */
  @JCStressTest
  @Outcome(
      id = "DOWN (killed|noproc), closed",
      expect = ACCEPTABLE,
      desc = "first closed, then told")
  @State
  public static class KillOfAnOwnerVersusMonitor {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet watcher = new Puppet();
    private volatile boolean closed;

    public KillOfAnOwnerVersusMonitor() {
      owner.does(() -> Processes.own(() -> closed = true));
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(owner.pid());
    }

    @Actor
    public void monitor() {
      skew.second();
      watcher.does(() -> Processes.monitor(owner.pid()));
    }

    @Arbiter
    public void then(LL_Result r) {
      boolean told = Seen.inTheEnd(() -> watcher.waiting() > 0);
      r.r2 = closed ? "closed" : "open";
      r.r1 = told ? Seen.by(watcher) : "never told";
    }
  }

  @JCStressTest
  @Outcome(id = "true, 1 1", expect = ACCEPTABLE, desc = "acquired, and released by the death")
  @Outcome(id = "false, 0 0", expect = ACCEPTABLE, desc = "the dead acquire nothing")
  @State
  public static class HoldVersusKill {
    private final Skew skew = new Skew();
    private final Puppet holder = new Puppet();
    private final AtomicInteger acquired = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();

    @Actor
    public void hold(LL_Result r) {
      skew.first();
      Holding holding = released::incrementAndGet;
      r.r1 = Processes.hold(holder.pid(), holding, () -> acquired.incrementAndGet() == 1);
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(holder.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = acquired + " " + released;
    }
  }

  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "let go or released by the death, not both")
  @State
  public static class LetGoVersusKill {
    private final Skew skew = new Skew();
    private final Puppet holder = new Puppet();
    private final AtomicInteger released = new AtomicInteger();
    private final Holding holding = released::incrementAndGet;

    public LetGoVersusKill() {
      Processes.hold(holder.pid(), holding, () -> true);
    }

    @Actor
    public void letGo() {
      skew.first();
      Processes.letGo(holder.pid(), holding);
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(holder.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = released.get();
    }
  }
}
