package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Starts under one name. */
public class StartRaces {

  @JCStressTest
  @Outcome(id = "ok already, alive", expect = ACCEPTABLE, desc = "the first has the name")
  @Outcome(id = "already ok, alive", expect = ACCEPTABLE, desc = "the second has it")
  @State
  public static class StartVersusStart {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = NameRaces.newName();
    private StartResult<Object> first = new StartResult.Ignored<>();
    private StartResult<Object> second = new StartResult.Ignored<>();

    @Actor
    public void start() {
      skew.first();
      first = Processes.start(new Silent(), StartOptions.named(name));
    }

    @Actor
    public void startToo() {
      skew.second();
      second = Processes.start(new Silent(), StartOptions.named(name));
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = text(first) + " " + text(second);
      Pid<?> holder = name.whereis().orElseThrow();
      r.r2 = holder.isAlive() && pid(first) == holder && pid(second) == holder ? "alive" : "wrong";
      Seen.kill(holder);
    }
  }

  /** The second start meets a holder that is dying: it is refused by a living one, or succeeds. */
  @JCStressTest
  @Outcome(id = "ok", expect = ACCEPTABLE, desc = "the holder was dead")
  @Outcome(id = "already", expect = ACCEPTABLE, desc = "it lived")
  @State
  public static class KillVersusStart {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = NameRaces.newName();
    private final Pid<Object> holder = new Silent().start(StartOptions.named(name));

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(holder);
    }

    @Actor
    public void start(L_Result r) {
      skew.second();
      boolean dead = !holder.isAlive();
      StartResult<Object> result = Processes.start(new Silent(), StartOptions.named(name));
      r.r1 = dead && text(result).equals("already") ? "refused by a dead one" : text(result);
      if (result instanceof StartResult.Ok<Object> ok) {
        Seen.kill(ok.pid());
      }
    }
  }

  @JCStressTest
  @Outcome(
      id = "(ok|failed), free",
      expect = ACCEPTABLE,
      desc = "of a failed start nothing is left")
  @State
  public static class StartVersusKillInInit {
    private final Skew skew = new Skew();
    private final ServerName<Object> name = NameRaces.newName();
    private volatile boolean started;
    private volatile @Nullable Pid<?> starting;

    @Actor
    public void start(LL_Result r) {
      Silent behaviour =
          new Silent() {
            @Override
            public Initialised init() {
              starting = Processes.self();
              skew.first();
              return super.init();
            }
          };
      r.r1 = text(Processes.start(behaviour, StartOptions.named(name)));
      started = true;
    }

    @Actor
    public void kill() {
      while (starting == null && !started) {
        Thread.onSpinWait();
      }
      skew.second();
      Seen.kill(Objects.requireNonNull(starting));
    }

    @Arbiter
    public void then(LL_Result r) {
      // Its own thread may be the one that releases the name.
      boolean free = name.whereis().isEmpty() && Seen.inTheEnd(() -> !Puppet.isKept(name));
      r.r2 = free ? "free" : "held";
    }
  }

  private static String text(StartResult<?> result) {
    return switch (result) {
      case StartResult.Ok<?> ok -> "ok";
      case StartResult.AlreadyStarted<?> already -> "already";
      case StartResult.Failed<?> failed -> "failed";
      default -> result.toString();
    };
  }

  private static @Nullable Pid<?> pid(StartResult<?> result) {
    return switch (result) {
      case StartResult.Ok<?> ok -> ok.pid();
      case StartResult.AlreadyStarted<?> already -> already.by();
      default -> null;
    };
  }
}
