package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Links and exit signals. */
public class LinkRaces {

  @JCStressTest
  @Outcome(id = "EXIT killed, 0", expect = ACCEPTABLE, desc = "linked to a living one")
  @Outcome(id = "EXIT noproc, 0", expect = ACCEPTABLE, desc = "linked to a dead one")
  @State
  public static class LinkVersusKill {
    private final Skew skew = new Skew();
    private final Puppet linker = Puppet.trapping();
    private final Puppet victim = new Puppet();

    @Actor
    public void link() {
      skew.first();
      linker.does(() -> Processes.link(victim.pid()));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = Seen.by(linker);
      r.r2 = linker.links();
    }
  }

  @JCStressTest
  @Outcome(id = "EXIT killed, 0", expect = ACCEPTABLE, desc = "linked, then died")
  @Outcome(id = "nothing, 0", expect = ACCEPTABLE, desc = "died before it linked")
  @State
  public static class LinkVersusDeathOfTheLinker {
    private final Skew skew = new Skew();
    private final Puppet victim = new Puppet();
    private final Puppet peer = Puppet.trapping();

    @Actor
    public void link() {
      skew.first();
      victim.survives(() -> Processes.link(peer.pid()));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = Seen.by(peer);
      r.r2 = peer.links();
    }
  }

  @JCStressTest
  @Outcome(id = "nothing, nothing", expect = ACCEPTABLE, desc = "unlinked before the death")
  @Outcome(
      id = "EXIT killed, nothing",
      expect = ACCEPTABLE,
      desc = "it had come before unlink returned")
  @State
  public static class UnlinkVersusKill {
    private final Skew skew = new Skew();
    private final Puppet linker = Puppet.trapping();
    private final Puppet victim = new Puppet();

    public UnlinkVersusKill() {
      linker.does(() -> Processes.link(victim.pid()));
    }

    @Actor
    public void unlink(LL_Result r) {
      skew.first();
      linker.does(() -> Processes.unlink(victim.pid()));
      r.r1 = Seen.by(linker);
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.by(linker);
    }
  }

  @JCStressTest
  @Outcome(id = "1 1, EXIT killed", expect = ACCEPTABLE, desc = "one link, seen from both sides")
  @State
  public static class LinkVersusLink {
    private final Skew skew = new Skew();
    private final Puppet one = Puppet.trapping();
    private final Puppet other = new Puppet();

    @Actor
    public void link() {
      skew.first();
      one.does(() -> Processes.link(other.pid()));
    }

    @Actor
    public void linkBack() {
      skew.second();
      other.does(() -> Processes.link(one.pid()));
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = one.links() + " " + other.links();
      Seen.kill(other.pid());
      r.r2 = Seen.by(one);
    }
  }

  @JCStressTest
  @Outcome(id = "1 1, EXIT killed", expect = ACCEPTABLE, desc = "unlinked, then linked")
  @Outcome(id = "0 0, nothing", expect = ACCEPTABLE, desc = "linked already, then unlinked")
  @State
  public static class UnlinkVersusLink {
    private final Skew skew = new Skew();
    private final Puppet one = Puppet.trapping();
    private final Puppet other = new Puppet();

    public UnlinkVersusLink() {
      one.does(() -> Processes.link(other.pid()));
    }

    @Actor
    public void unlink() {
      skew.first();
      one.does(() -> Processes.unlink(other.pid()));
    }

    @Actor
    public void linkBack() {
      skew.second();
      other.does(() -> Processes.link(one.pid()));
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = one.links() + " " + other.links();
      Seen.kill(other.pid());
      r.r2 = Seen.by(one);
    }
  }

  @JCStressTest
  @Outcome(id = "EXIT killed \\+ EXIT killed, 0", expect = ACCEPTABLE, desc = "one signal of each")
  @State
  public static class DeathVersusDeathOfLinkedOnes {
    private final Skew skew = new Skew();
    private final Puppet one = new Puppet();
    private final Puppet other = new Puppet();
    private final Puppet witness = Puppet.trapping();

    public DeathVersusDeathOfLinkedOnes() {
      one.does(() -> Processes.link(other.pid()));
      witness.does(() -> {
        Processes.link(one.pid());
        Processes.link(other.pid());
      });
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(one.pid());
    }

    @Actor
    public void killOther() {
      skew.second();
      Seen.kill(other.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = Seen.by(witness);
      r.r2 = witness.links();
    }
  }

  @JCStressTest
  @Outcome(id = "EXIT boom", expect = ACCEPTABLE, desc = "it trapped exits when the signal came")
  @Outcome(id = "dead of boom", expect = ACCEPTABLE, desc = "it did not yet")
  @State
  public static class TrapExitVersusExitSignal {
    private static final ExitReason BOOM = new ExitReason.Term("boom");
    private final Skew skew = new Skew();
    private final Puppet target = new Puppet();

    @Actor
    public void trap() {
      skew.first();
      target.survives(() -> Processes.trapExit(true));
    }

    @Actor
    public void exit() {
      skew.second();
      Processes.exit(target.pid(), BOOM);
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(target);
    }
  }

  @JCStressTest
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "the parent was dead: no child")
  @Outcome(id = "dead of killed", expect = ACCEPTABLE, desc = "the child goes with its parent")
  @State
  public static class SpawnLinkVersusDeathOfTheParent {
    private final Skew skew = new Skew();
    private final Puppet parent = new Puppet();
    private Optional<Pid<?>> child = Optional.empty();

    @Actor
    public void spawn() {
      skew.first();
      try {
        child = Optional.of(parent.asks(() -> Processes.spawnLink(Processes::receive)));
      } catch (DeadProcess gone) {
        // No child.
      }
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(parent.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 =
          child
              .map(pid -> pid.exitReason().map(reason -> "dead of " + reason).orElse("left over"))
              .orElse("none");
      child.ifPresent(Seen::kill);
    }
  }
}
