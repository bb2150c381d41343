package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import dev.tend.otp.process.StartOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Messages, casts, aliases, bounded mailboxes. */
public class MessageRaces {

  private record Note() implements Cast<Object> {}

  private static Puppet withRoomForOne() {
    return new Puppet(StartOptions.defaults().withMailboxLimit(1));
  }

  private static String send(Puppet to, Object message) {
    try {
      Processes.send(to.pid(), message);
      return "in";
    } catch (CallFailed full) {
      return "full";
    }
  }

  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "silent, and the dead keep nothing")
  @State
  public static class SendVersusKill {
    private final Skew skew = new Skew();
    private final Puppet victim = new Puppet();

    @Actor
    public void send() {
      skew.first();
      Processes.send(victim.pid(), "one");
      Processes.send(victim.pid(), "two");
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = victim.waiting();
    }
  }

  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "silent, and the dead keep nothing")
  @State
  public static class CastVersusKill {
    private final Skew skew = new Skew();
    private final Puppet victim = new Puppet();

    @Actor
    public void cast() {
      skew.first();
      victim.pid().cast(new Note());
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = victim.waiting();
    }
  }

  /** When the kill has returned, nothing more comes of the dead. */
  @JCStressTest
  @Outcome(id = "true, hello, nothing", expect = ACCEPTABLE, desc = "sent, then died")
  @Outcome(
      id = "false, hello, nothing",
      expect = ACCEPTABLE,
      desc = "sent, and died before it knew")
  @Outcome(id = "false, nothing, nothing", expect = ACCEPTABLE, desc = "died before it sent")
  @State
  public static class SendVersusKillOfTheSender {
    private final Skew skew = new Skew();
    private final Puppet sender = new Puppet();
    private final Puppet receiver = new Puppet();

    @Actor
    public void send(LLL_Result r) {
      skew.first();
      r.r1 = sender.survives(() -> Processes.send(receiver.pid(), "hello"));
    }

    @Actor
    public void kill(LLL_Result r) {
      skew.second();
      Seen.kill(sender.pid());
      r.r2 = Seen.by(receiver);
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = Seen.by(receiver);
    }
  }

  /** What the dead have not sent takes no place. */
  @JCStressTest
  @Outcome(id = "true, hello, in", expect = ACCEPTABLE, desc = "sent, then died")
  @Outcome(id = "false, hello, in", expect = ACCEPTABLE, desc = "sent, and died before it knew")
  @Outcome(id = "false, nothing, in", expect = ACCEPTABLE, desc = "died before it sent")
  @State
  public static class SendForTheLastPlaceVersusKillOfTheSender {
    private final Skew skew = new Skew();
    private final Puppet sender = new Puppet();
    private final Puppet receiver = withRoomForOne();

    @Actor
    public void send(LLL_Result r) {
      skew.first();
      r.r1 = sender.survives(() -> Processes.send(receiver.pid(), "hello"));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(sender.pid());
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r2 = Seen.by(receiver);
      r.r3 = MessageRaces.send(receiver, "next");
    }
  }

  @JCStressTest
  @Outcome(id = "a1 \\+ a2 \\+ b", expect = ACCEPTABLE, desc = "all, and each sender's in order")
  @Outcome(id = "a1 \\+ b \\+ a2", expect = ACCEPTABLE, desc = "all, and each sender's in order")
  @Outcome(id = "b \\+ a1 \\+ a2", expect = ACCEPTABLE, desc = "all, and each sender's in order")
  @State
  public static class SendVersusSendVersusReceive {
    private final Skew skew = new Skew();
    private final Puppet receiver = new Puppet();
    private String early = "";

    @Actor
    public void send() {
      skew.first();
      Processes.send(receiver.pid(), "a1");
      Processes.send(receiver.pid(), "a2");
    }

    @Actor
    public void sendAndReceive() {
      skew.second();
      Processes.send(receiver.pid(), "b");
      early = Seen.by(receiver);
    }

    @Arbiter
    public void then(L_Result r) {
      String late = Seen.by(receiver);
      r.r1 = late.equals("nothing") ? early : early + " + " + late;
    }
  }

  @JCStressTest
  @Outcome(
      id = "nothing, nothing, nothing",
      expect = ACCEPTABLE,
      desc = "taken back before it came")
  @Outcome(id = "hello, nothing, nothing", expect = ACCEPTABLE, desc = "it had come before")
  @Outcome(id = "nothing, hello, nothing", expect = ACCEPTABLE, desc = "just before: it stays")
  @State
  public static class UnaliasVersusSend {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Alias alias = owner.asks(() -> Processes.alias(Alias.Mode.EXPLICIT));

    @Actor
    public void unalias(LLL_Result r) {
      skew.first();
      r.r1 = Seen.by(owner);
      owner.does(() -> Processes.unalias(alias));
      r.r2 = Seen.by(owner);
    }

    @Actor
    public void send() {
      skew.second();
      Processes.send(alias, "hello");
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = Seen.by(owner);
    }
  }

  @JCStressTest
  @Outcome(id = "one|other", expect = ACCEPTABLE, desc = "an alias for a reply lets one through")
  @State
  public static class SendVersusSendThroughAReplyAlias {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Alias alias = owner.asks(() -> Processes.alias(Alias.Mode.REPLY));

    @Actor
    public void send() {
      skew.first();
      Processes.send(alias, "one");
    }

    @Actor
    public void sendToo() {
      skew.second();
      Processes.send(alias, "other");
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = Seen.by(owner);
    }
  }

  @JCStressTest
  @Outcome(id = "in full, one", expect = ACCEPTABLE, desc = "the first has the last place")
  @Outcome(id = "full in, other", expect = ACCEPTABLE, desc = "the second has it")
  @State
  public static class SendVersusSendForTheLastPlace {
    private final Skew skew = new Skew();
    private final Puppet receiver = withRoomForOne();
    private String first = "";
    private String second = "";

    @Actor
    public void send() {
      skew.first();
      first = MessageRaces.send(receiver, "one");
    }

    @Actor
    public void sendToo() {
      skew.second();
      second = MessageRaces.send(receiver, "other");
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r1 = first + " " + second;
      r.r2 = Seen.by(receiver);
    }
  }

  /** The receiver takes one out of a full mailbox; then there is room for exactly one. */
  @JCStressTest
  @Outcome(id = "in, old \\+ new, in full", expect = ACCEPTABLE, desc = "the place was free")
  @Outcome(id = "full, old, in full", expect = ACCEPTABLE, desc = "not yet: told, not lost")
  @State
  public static class ReceiveVersusSendToAFullMailbox {
    private final Skew skew = new Skew();
    private final Puppet receiver = withRoomForOne();
    private String early = "";

    public ReceiveVersusSendToAFullMailbox() {
      Processes.send(receiver.pid(), "old");
    }

    @Actor
    public void receive() {
      skew.first();
      early = Seen.by(receiver);
    }

    @Actor
    public void send(LLL_Result r) {
      skew.second();
      r.r1 = MessageRaces.send(receiver, "new");
    }

    @Arbiter
    public void then(LLL_Result r) {
      String late = Seen.by(receiver);
      r.r2 = late.equals("nothing") ? early : early + " + " + late;
      r.r3 = MessageRaces.send(receiver, "next") + " " + MessageRaces.send(receiver, "too many");
    }
  }

  @JCStressTest
  @Outcome(id = "in, 0", expect = ACCEPTABLE, desc = "to the dead: silent")
  @Outcome(id = "full, 0", expect = ACCEPTABLE, desc = "the receiver lived, and had no place")
  @State
  public static class SendVersusKillOfAFullOne {
    private final Skew skew = new Skew();
    private final Puppet victim = withRoomForOne();

    public SendVersusKillOfAFullOne() {
      Processes.send(victim.pid(), "old");
    }

    @Actor
    public void send(LL_Result r) {
      skew.first();
      boolean dead = !victim.pid().isAlive();
      String sent = MessageRaces.send(victim, "new");
      r.r1 = dead && sent.equals("full") ? "refused by a dead one" : sent;
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(victim.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = victim.waiting();
    }
  }
}
