package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Monitors. */
public class MonitorRaces {

  @JCStressTest
  @Outcome(id = "DOWN killed", expect = ACCEPTABLE, desc = "it watched a living one")
  @Outcome(id = "DOWN noproc", expect = ACCEPTABLE, desc = "it watched a dead one")
  @State
  public static class MonitorVersusKill {
    private final Skew skew = new Skew();
    private final Puppet watcher = new Puppet();
    private final Puppet victim = new Puppet();

    @Actor
    public void monitor() {
      skew.first();
      watcher.does(() -> Processes.monitor(victim.pid()));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(watcher);
    }
  }

  @JCStressTest
  @Outcome(
      id = "nothing, nothing",
      expect = ACCEPTABLE,
      desc = "what had come is gone, and none comes after")
  @State
  public static class DemonitorVersusKill {
    private final Skew skew = new Skew();
    private final Puppet watcher = new Puppet();
    private final Puppet victim = new Puppet();
    private final MonitorRef ref = watcher.asks(() -> Processes.monitor(victim.pid()));

    @Actor
    public void demonitor(LL_Result r) {
      skew.first();
      watcher.does(() -> Processes.demonitor(ref));
      r.r1 = Seen.by(watcher);
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.by(watcher);
    }
  }

  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the watched keeps nothing of a dead watcher")
  @State
  public static class MonitorVersusDeathOfTheWatcher {
    private final Skew skew = new Skew();
    private final Puppet watcher = new Puppet();
    private final Puppet watched = new Puppet();

    @Actor
    public void monitor() {
      skew.first();
      watcher.survives(() -> Processes.monitor(watched.pid()));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(watcher.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = watched.watchers();
    }
  }

  @JCStressTest
  @Outcome(id = "DOWN killed", expect = ACCEPTABLE, desc = "a process dies once")
  @State
  public static class KillVersusKill {
    private final Skew skew = new Skew();
    private final Puppet watcher = new Puppet();
    private final Puppet victim = new Puppet();

    public KillVersusKill() {
      watcher.does(() -> Processes.monitor(victim.pid()));
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(victim.pid());
    }

    @Actor
    public void killToo() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(watcher);
    }
  }
}
