package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Step;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Calls: one outcome each, and what is said of the beginning is true. */
public class CallRaces {

  private record Ask() implements Call<Object, String> {}

  /** A server whose one request is in its mailbox, and the process that put it. */
  private static final class Asked {
    final Ask request = new Ask();
    final Puppet caller = new Puppet();
    final Puppet server = new Puppet();
    final RequestId<String> id = caller.asks(() -> Processes.sendRequest(server.pid(), request));

    /** The server's turn; what it knows of the request afterwards. */
    String turn() {
      Event.Called called;
      try {
        Optional<Event> next = server.next();
        if (next.isEmpty()) {
          return "not begun";
        }
        called = (Event.Called) next.get();
      } catch (DeadProcess gone) {
        return "not begun";
      }
      try {
        server.answers(called, request, "yes");
        return "answered";
      } catch (DeadProcess gone) {
        return "begun";
      }
    }

    String giveUp() {
      return Seen.text(caller.asks(() -> id.receive(Duration.ZERO)));
    }
  }

  @JCStressTest
  @Outcome(id = "answered, reply yes", expect = ACCEPTABLE, desc = "answered, then killed")
  @Outcome(id = "begun, killed begun", expect = ACCEPTABLE, desc = "killed while it was handled")
  @Outcome(id = "not begun, killed not begun", expect = ACCEPTABLE, desc = "killed before")
  @State
  public static class AnswerVersusKill {
    private final Skew skew = new Skew();
    private final Asked asked = new Asked();

    @Actor
    public void answer(LL_Result r) {
      skew.first();
      r.r1 = asked.turn();
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(asked.server.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.by(asked.caller);
    }
  }

  @JCStressTest
  @Outcome(id = "answered, reply yes, nothing", expect = ACCEPTABLE, desc = "answered in time")
  @Outcome(
      id = "answered, timeout begun, nothing",
      expect = ACCEPTABLE,
      desc = "too late: the answer is dropped")
  @Outcome(
      id = "not begun, timeout not begun, nothing",
      expect = ACCEPTABLE,
      desc = "withdrawn, and never handled")
  @State
  public static class AnswerVersusTimeout {
    private final Skew skew = new Skew();
    private final Asked asked = new Asked();

    @Actor
    public void answer(LLL_Result r) {
      skew.first();
      r.r1 = asked.turn();
    }

    @Actor
    public void giveUp(LLL_Result r) {
      skew.second();
      r.r2 = asked.giveUp();
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = Seen.by(asked.caller);
    }
  }

  @JCStressTest
  @Outcome(id = "killed not begun, nothing", expect = ACCEPTABLE, desc = "the death was first")
  @Outcome(id = "timeout not begun, nothing", expect = ACCEPTABLE, desc = "the caller was")
  @State
  public static class KillVersusTimeout {
    private final Skew skew = new Skew();
    private final Asked asked = new Asked();

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(asked.server.pid());
    }

    @Actor
    public void giveUp(LL_Result r) {
      skew.second();
      r.r1 = asked.giveUp();
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = Seen.by(asked.caller);
    }
  }

  /** All three: a server with a thread of its own, a caller who gives up, and its death. */
  @JCStressTest
  @Outcome(id = "reply yes, nothing, true", expect = ACCEPTABLE, desc = "the reply was first")
  @Outcome(
      id = "(timeout|killed) begun, nothing, (true|false)",
      expect = ACCEPTABLE,
      desc = "begun: handled or, killed just before its code ran, not")
  @Outcome(
      id = "(timeout|killed) not begun, nothing, false",
      expect = ACCEPTABLE,
      desc = "not begun: not handled")
  @Outcome(id = "NO_PROCESS, nothing, false", expect = ACCEPTABLE, desc = "it was dead before")
  @State
  public static class KillVersusTimeoutVersusReply {
    private final Skew skew = Skew.wide();
    private final Ask request = new Ask();
    private final Puppet caller = new Puppet();
    private final Answering behaviour = new Answering();
    private final Pid<Object> server = behaviour.start(StartOptions.defaults());

    @Actor
    public void kill() {
      skew.first();
      skew.second();
      Seen.kill(server);
    }

    @Actor
    public void ask(LLL_Result r) {
      RequestId<String> id = caller.asks(() -> Processes.sendRequest(server, request));
      skew.second();
      r.r1 = Seen.text(caller.asks(() -> id.receive(Duration.ZERO)));
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r2 = Seen.by(caller);
      r.r3 = behaviour.handled;
    }
  }

  /** A call that waits, from a thread that is no process. */
  @JCStressTest
  @Outcome(id = "reply yes, true", expect = ACCEPTABLE, desc = "the reply was first")
  @Outcome(id = "killed begun, (true|false)", expect = ACCEPTABLE, desc = "killed in its turn")
  @Outcome(id = "killed not begun, false", expect = ACCEPTABLE, desc = "killed before")
  @Outcome(id = "NO_PROCESS, false", expect = ACCEPTABLE, desc = "it was dead before")
  @State
  public static class CallVersusKill {
    private final Skew skew = Skew.wide();
    private final Answering behaviour = new Answering();
    private final Pid<Object> server = behaviour.start(StartOptions.defaults());

    @Actor
    public void call(LL_Result r) {
      r.r1 = Seen.call(() -> server.call(new Ask(), Duration.ofSeconds(20)));
    }

    @Actor
    public void kill() {
      skew.first();
      skew.second();
      Seen.kill(server);
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = behaviour.handled;
    }
  }

  @JCStressTest
  @Outcome(id = "reply (one|other)", expect = ACCEPTABLE, desc = "the first answer, and no other")
  @State
  public static class ReplyVersusReply {
    private final Skew skew = new Skew();
    private final Asked asked = new Asked();
    private final ReplyTo<String> to =
        ((Event.Called) asked.server.next().orElseThrow()).caller().to(asked.request);

    @Actor
    public void reply() {
      skew.first();
      to.reply("one");
    }

    @Actor
    public void replyToo() {
      skew.second();
      to.reply("other");
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(asked.caller);
    }
  }

  @JCStressTest
  @Outcome(id = "reply yes", expect = ACCEPTABLE, desc = "answered, then killed")
  @Outcome(id = "killed begun", expect = ACCEPTABLE, desc = "the death was first")
  @State
  public static class ReplyFromOutsideVersusKill {
    private final Skew skew = new Skew();
    private final Asked asked = new Asked();
    private final ReplyTo<String> to =
        ((Event.Called) asked.server.next().orElseThrow()).caller().to(asked.request);

    @Actor
    public void reply() {
      skew.first();
      to.reply("yes");
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(asked.server.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(asked.caller);
    }
  }

  private static final class Answering extends Silent {
    volatile boolean handled;

    @Override
    public Step handle(Event event) {
      handled = true;
      Event.Called called = (Event.Called) event;
      return Step.await().andReply(called.caller().to((Ask) called.request()), "yes");
    }
  }
}
