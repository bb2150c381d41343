package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.ets.TableName;
import dev.tend.otp.process.Puppet;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Tables and the death of their owners. */
public class TableRaces {

  private record Row(int key) {}

  private static final AtomicLong NUMBER = new AtomicLong();

  private static SetName<Integer, Row> newName() {
    return new SetName<>("table " + NUMBER.incrementAndGet());
  }

  private static SetTable<Integer, Row> owned(Puppet owner) {
    return owner.asks(() -> Table.newSet(Access.PUBLIC, Row::key));
  }

  private static String look(SetTable<Integer, Row> table) {
    try {
      return table.lookup(1).isPresent() ? "there" : "not there";
    } catch (BadTable gone) {
      return "no table";
    }
  }

  private static String after(SetName<Integer, Row> name) {
    return (name.whereis().isPresent() ? "found" : "not found")
        + (TableName.taken().contains(name) ? " and listed" : "");
  }

  @JCStressTest
  @Outcome(id = "inserted there, no table", expect = ACCEPTABLE, desc = "inserted, then gone")
  @Outcome(
      id = "inserted no table, no table",
      expect = ACCEPTABLE,
      desc = "gone before the look-up")
  @Outcome(id = "refused no table, no table", expect = ACCEPTABLE, desc = "gone before")
  @State
  public static class InsertVersusDeathOfTheOwner {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Row> table = owned(owner);

    @Actor
    public void insert(LL_Result r) {
      skew.first();
      boolean dead = !owner.pid().isAlive();
      String did;
      try {
        table.insert(new Row(1));
        did = dead ? "inserted after the death" : "inserted";
      } catch (BadTable gone) {
        did = "refused";
      }
      r.r1 = did + " " + look(table);
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(owner.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = look(table);
    }
  }

  @JCStressTest
  @Outcome(id = "there", expect = ACCEPTABLE, desc = "read in time")
  @Outcome(id = "no table", expect = ACCEPTABLE, desc = "gone with its owner")
  @State
  public static class LookUpVersusDeathOfTheOwner {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Row> table = owned(owner);

    public LookUpVersusDeathOfTheOwner() {
      table.insert(new Row(1));
    }

    @Actor
    public void lookUp(L_Result r) {
      skew.first();
      boolean dead = !owner.pid().isAlive();
      String seen = look(table);
      r.r1 = dead && !seen.equals("no table") ? "read after the death" : seen;
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(owner.pid());
    }
  }

  /** The writer dies; the table is another's and stays. */
  @JCStressTest
  @Outcome(id = "true, there, there", expect = ACCEPTABLE, desc = "written wholly before the death")
  @Outcome(id = "false, not there, not there", expect = ACCEPTABLE, desc = "or not at all")
  @State
  public static class InsertVersusDeathOfTheWriter {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet writer = new Puppet();
    private final SetTable<Integer, Row> table = owned(owner);

    @Actor
    public void insert(LLL_Result r) {
      skew.first();
      r.r1 = writer.survives(() -> table.insert(new Row(1)));
    }

    @Actor
    public void kill(LLL_Result r) {
      skew.second();
      Seen.kill(writer.pid());
      r.r2 = look(table);
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = look(table);
    }
  }

  @JCStressTest
  @Outcome(id = "true, not found", expect = ACCEPTABLE, desc = "created, then gone with its owner")
  @Outcome(id = "false, not found", expect = ACCEPTABLE, desc = "the dead create nothing")
  @State
  public static class CreateVersusDeathOfTheOwner {
    private final Skew skew = new Skew();
    private final SetName<Integer, Row> name = newName();
    private final Puppet owner = new Puppet();

    @Actor
    public void create(LL_Result r) {
      skew.first();
      r.r1 = owner.survives(() -> Table.newSet(name, Access.PUBLIC, Row::key));
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(owner.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = after(name);
    }
  }

  @JCStressTest
  @Outcome(id = "created taken|taken created", expect = ACCEPTABLE, desc = "one has the name")
  @State
  public static class CreateVersusCreate {
    private final Skew skew = new Skew();
    private final SetName<Integer, Row> name = newName();
    private final Puppet one = new Puppet();
    private final Puppet other = new Puppet();
    private String first = "";
    private String second = "";

    @Actor
    public void create() {
      skew.first();
      first = TableRaces.create(one, name);
    }

    @Actor
    public void createToo() {
      skew.second();
      second = TableRaces.create(other, name);
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 = first + " " + second;
      Seen.kill(one.pid());
      Seen.kill(other.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "created, held", expect = ACCEPTABLE, desc = "the owner was dead")
  @Outcome(id = "taken, held", expect = ACCEPTABLE, desc = "it lived; then the name could be had")
  @State
  public static class KillVersusTakeOver {
    private final Skew skew = new Skew();
    private final SetName<Integer, Row> name = newName();
    private final Puppet owner = new Puppet();
    private final Puppet successor = new Puppet();

    public KillVersusTakeOver() {
      TableRaces.create(owner, name);
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(owner.pid());
    }

    @Actor
    public void takeOver(LL_Result r) {
      skew.second();
      boolean dead = !owner.pid().isAlive();
      String did = TableRaces.create(successor, name);
      r.r1 = dead && did.equals("taken") ? "refused by a dead one" : did;
    }

    @Arbiter
    public void then(LL_Result r) {
      boolean held = "created".equals(r.r1) || TableRaces.create(successor, name).equals("created");
      held &= name.whereis().filter(table -> table.owner() == successor.pid()).isPresent();
      r.r2 = held ? "held" : "lost";
      Seen.kill(successor.pid());
    }
  }

  private static String create(Puppet owner, SetName<Integer, Row> name) {
    try {
      owner.does(() -> Table.newSet(name, Access.PUBLIC, Row::key));
      return "created";
    } catch (BadTable taken) {
      return "taken";
    }
  }
}
