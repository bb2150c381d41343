package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Puppet;
import dev.tend.otp.registry.RegisterResult;
import dev.tend.otp.registry.Registry;
import dev.tend.otp.registry.UniqueRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Keys of a registry, which does not use the runtime's own names. */
public class RegistryRaces {
  private static final UniqueRegistry<Long, String> REGISTRY = started();
  private static final AtomicLong NUMBER = new AtomicLong();

  private static UniqueRegistry<Long, String> started() {
    UniqueRegistry<Long, String> registry = Registry.unique("races", "");
    new Puppet().asks(registry::startLink).orThrow();
    return registry;
  }

  private static boolean register(Puppet puppet, long key) {
    return puppet.asks(() -> REGISTRY.register(key, "")) instanceof RegisterResult.Registered;
  }

  @JCStressTest
  @Outcome(id = "true, not found", expect = ACCEPTABLE, desc = "registered, then hidden by death")
  @Outcome(id = "false, not found", expect = ACCEPTABLE, desc = "it died before it was done")
  @State
  public static class RegisterVersusKill {
    private final Skew skew = new Skew();
    private final long key = NUMBER.incrementAndGet();
    private final Puppet victim = new Puppet();

    @Actor
    public void register(LL_Result r) {
      skew.first();
      r.r1 = victim.survives(() -> REGISTRY.register(key, ""));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = REGISTRY.lookup(key).isPresent() ? "found" : "not found";
    }
  }

  @JCStressTest
  @Outcome(id = "taken, held", expect = ACCEPTABLE, desc = "the holder was dead")
  @Outcome(id = "refused, held", expect = ACCEPTABLE, desc = "it lived; then the key could be had")
  @State
  public static class KillVersusTakeOver {
    private final Skew skew = new Skew();
    private final long key = NUMBER.incrementAndGet();
    private final Puppet holder = new Puppet();
    private final Puppet successor = new Puppet();

    public KillVersusTakeOver() {
      RegistryRaces.register(holder, key);
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
      boolean taken = RegistryRaces.register(successor, key);
      r.r1 = taken ? "taken" : dead ? "refused by a dead one" : "refused";
    }

    @Arbiter
    public void then(LL_Result r) {
      boolean held = "taken".equals(r.r1) || RegistryRaces.register(successor, key);
      held &= REGISTRY.lookup(key).filter(entry -> entry.pid() == successor.pid()).isPresent();
      r.r2 = held ? "held" : "lost";
      Seen.kill(successor.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "one, one", expect = ACCEPTABLE, desc = "the first has it")
  @Outcome(id = "other, other", expect = ACCEPTABLE, desc = "the second has it")
  @State
  public static class RegisterVersusRegister {
    private final Skew skew = new Skew();
    private final long key = NUMBER.incrementAndGet();
    private final Puppet one = new Puppet();
    private final Puppet other = new Puppet();
    private boolean first;
    private boolean second;

    @Actor
    public void register() {
      skew.first();
      first = RegistryRaces.register(one, key);
    }

    @Actor
    public void registerOther() {
      skew.second();
      second = RegistryRaces.register(other, key);
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = first == second ? first + " twice" : first ? "one" : "other";
      r.r2 = REGISTRY.lookup(key).orElseThrow().pid() == one.pid() ? "one" : "other";
      Seen.kill(one.pid());
      Seen.kill(other.pid());
    }
  }
}
