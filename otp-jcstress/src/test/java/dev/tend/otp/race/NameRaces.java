package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.ServerName;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Names. */
public class NameRaces {

  private static final AtomicLong NUMBER = new AtomicLong();

  static ServerName<Object> newName() {
    return ServerName.local("name " + NUMBER.incrementAndGet());
  }

  /** Where a name leads, and whether it is among all names. */
  private static String after(ServerName<?> name) {
    return (name.whereis().isPresent() ? "found" : "not found")
        + (Processes.registered().contains(name.key()) ? " and listed" : "");
  }

  @JCStressTest
  @Outcome(id = "true, not found", expect = ACCEPTABLE, desc = "registered, then released by death")
  @Outcome(id = "false, not found", expect = ACCEPTABLE, desc = "the dead are not registered")
  @State
  public static class RegisterVersusKill {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = newName();
    private final Puppet victim = new Puppet();

    @Actor
    public void register(LL_Result r) {
      skew.first();
      r.r1 = Processes.register(name, victim.pid());
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = after(name) + (Puppet.isKept(name) ? ", but kept" : "");
    }
  }

  @JCStressTest
  @Outcome(id = "one, held by one", expect = ACCEPTABLE, desc = "the first has it")
  @Outcome(id = "other, held by other", expect = ACCEPTABLE, desc = "the second has it")
  @State
  public static class RegisterVersusRegister {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = newName();
    private final Puppet one = new Puppet();
    private final Puppet other = new Puppet();
    private boolean first;
    private boolean second;

    @Actor
    public void register() {
      skew.first();
      first = Processes.register(name, one.pid());
    }

    @Actor
    public void registerOther() {
      skew.second();
      second = Processes.register(name, other.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = first == second ? first + " twice" : first ? "one" : "other";
      Pid<?> holder = name.whereis().orElseThrow();
      r.r2 = "held by " + (holder == one.pid() ? "one" : "other");
      Seen.kill(one.pid());
      Seen.kill(other.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "taken, held", expect = ACCEPTABLE, desc = "the holder was dead")
  @Outcome(id = "refused, held", expect = ACCEPTABLE, desc = "it lived; then the name could be had")
  @State
  public static class KillVersusTakeOver {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = newName();
    private final Puppet holder = new Puppet();
    private final Puppet successor = new Puppet();

    public KillVersusTakeOver() {
      Processes.register(name, holder.pid());
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(holder.pid());
    }

    @Actor
    public void takeOver(LL_Result r) {
      skew.second();
      boolean dead = !holder.pid().isAlive();
      boolean taken = Processes.register(name, successor.pid());
      r.r1 = taken ? "taken" : dead ? "refused by a dead one" : "refused";
    }

    @Arbiter
    public void then(LL_Result r) {
      boolean held = "taken".equals(r.r1) || Processes.register(name, successor.pid());
      held &= name.whereis().filter(pid -> pid == successor.pid()).isPresent();
      r.r2 = held ? "held" : "lost";
      Seen.kill(successor.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "found", expect = ACCEPTABLE, desc = "it lived at some moment of the look-up")
  @Outcome(id = "not found", expect = ACCEPTABLE, desc = "it was dead")
  @State
  public static class KillVersusLookUp {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = newName();
    private final Puppet holder = new Puppet();

    public KillVersusLookUp() {
      Processes.register(name, holder.pid());
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(holder.pid());
    }

    @Actor
    public void lookUp(L_Result r) {
      skew.second();
      boolean dead = !holder.pid().isAlive();
      boolean found = name.whereis().isPresent();
      r.r1 = found ? dead ? "found a dead one" : "found" : "not found";
    }
  }

  @JCStressTest
  @Outcome(id = "not found, not found", expect = ACCEPTABLE, desc = "gone when either returns")
  @State
  public static class KillVersusKillOfAHolder {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = newName();
    private final Puppet holder = new Puppet();

    public KillVersusKillOfAHolder() {
      Processes.register(name, holder.pid());
    }

    @Actor
    public void kill(LL_Result r) {
      skew.first();
      Seen.kill(holder.pid());
      r.r1 = after(name);
    }

    @Actor
    public void killToo(LL_Result r) {
      skew.second();
      Seen.kill(holder.pid());
      r.r2 = after(name);
    }
  }
}
