package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.TimeSource;
import dev.tend.otp.process.Timer;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Timers; the actor is the clock. */
public class TimerRaces {

  /** Time that has come when an actor says so. */
  private static final class Clock implements TimeSource {
    private Runnable alarm = () -> {};

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Runnable scheduleAt(long moment, Runnable action) {
      alarm = action;
      return () -> {};
    }
  }

  private static Puppet with(Clock clock) {
    return new Puppet(StartOptions.defaults().withTime(clock));
  }

  private static Timer timer(Puppet receiver) {
    return Processes.sendAfter(Duration.ofSeconds(1), receiver.pid(), "ring");
  }

  @JCStressTest
  @Outcome(id = "true, nothing", expect = ACCEPTABLE, desc = "cancelled, and it never comes")
  @Outcome(id = "false, ring", expect = ACCEPTABLE, desc = "too late, and it comes")
  @State
  public static class CancelVersusFire {
    private final Skew skew = new Skew();
    private final Clock clock = new Clock();
    private final Puppet receiver = with(clock);
    private final Timer timer = TimerRaces.timer(receiver);

    @Actor
    public void cancel(LL_Result r) {
      skew.first();
      r.r1 = timer.cancel();
    }

    @Actor
    public void fire() {
      skew.second();
      clock.alarm.run();
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.by(receiver);
    }
  }

  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "silent, and the dead keep nothing")
  @State
  public static class FireVersusKill {
    private final Skew skew = new Skew();
    private final Clock clock = new Clock();
    private final Puppet receiver = with(clock);

    public FireVersusKill() {
      TimerRaces.timer(receiver);
    }

    @Actor
    public void fire() {
      skew.first();
      clock.alarm.run();
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(receiver.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = receiver.waiting();
    }
  }
}
