package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.EtsTransfer;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.ets.TableName;
import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Puppet;
import java.util.List;
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

  /** Who reads the first row of a list and then the last sees both or neither, or only the last. */
  @JCStressTest
  @Outcome(id = "old old", expect = ACCEPTABLE, desc = "before the list")
  @Outcome(id = "old new", expect = ACCEPTABLE, desc = "the list came between the two look-ups")
  @Outcome(id = "new new", expect = ACCEPTABLE, desc = "after the list")
  @State
  public static class InsertAllVersusLookUps {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet writer = new Puppet();
    private final SetTable<Integer, Version> table = versions(owner);

    @Actor
    public void insertAll() {
      skew.first();
      writer.does(() -> table.insertAll(SECOND));
    }

    @Actor
    public void lookUp(L_Result r) {
      skew.second();
      r.r1 = version(table, 0) + " " + version(table, 2);
    }
  }

  /** The writer of a list dies: the list is there as a whole, or nothing of it is. */
  @JCStressTest
  @Outcome(id = "true, new new new", expect = ACCEPTABLE, desc = "wholly before the death")
  @Outcome(id = "false, old old old", expect = ACCEPTABLE, desc = "or not at all")
  @State
  public static class InsertAllVersusDeathOfTheWriter {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet writer = new Puppet();
    private final SetTable<Integer, Version> table = versions(owner);

    @Actor
    public void insertAll(LL_Result r) {
      skew.first();
      r.r1 = writer.survives(() -> table.insertAll(SECOND));
    }

    @Actor
    public void killAndLook(LL_Result r) {
      skew.second();
      Seen.kill(writer.pid());
      r.r2 = version(table, 0) + " " + version(table, 1) + " " + version(table, 2);
    }
  }

  @JCStressTest
  @Outcome(id = "single, list list", expect = ACCEPTABLE, desc = "the single row, then the list")
  @Outcome(id = "list, single list", expect = ACCEPTABLE, desc = "the list, then the single row")
  @State
  public static class InsertAllVersusInsert {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Version> table = versions(owner);

    @Actor
    public void insertAll() {
      skew.first();
      table.insertAll(List.of(new Version(0, "list"), new Version(1, "list")));
    }

    @Actor
    public void insert(LL_Result r) {
      skew.second();
      table.updateElement(
          0,
          row -> {
            r.r1 = row.text().equals("old") ? "single" : row.text();
            return new Version(0, "single");
          });
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = version(table, 0) + " " + version(table, 1);
    }
  }

  @JCStressTest
  @Outcome(id = "gone", expect = ACCEPTABLE, desc = "wholly before the deletion")
  @Outcome(id = "new new new", expect = ACCEPTABLE, desc = "or wholly behind it")
  @State
  public static class InsertAllVersusDeleteAllObjects {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Version> table = versions(owner);

    @Actor
    public void insertAll() {
      skew.first();
      table.insertAll(SECOND);
    }

    @Actor
    public void deleteAllObjects() {
      skew.second();
      table.deleteAllObjects();
    }

    @Arbiter
    public void then(L_Result r) {
      r.r1 =
          table.size() == 0
              ? "gone"
              : version(table, 0) + " " + version(table, 1) + " " + version(table, 2);
    }
  }

  private record Version(int key, String text) {}

  private static List<Version> versions(String text) {
    return List.of(new Version(0, text), new Version(1, text), new Version(2, text));
  }

  private static final List<Version> SECOND = versions("new");

  private static SetTable<Integer, Version> versions(Puppet owner) {
    SetTable<Integer, Version> table = owner.asks(() -> Table.newSet(Access.PUBLIC, Version::key));
    table.insertAll(versions("old"));
    return table;
  }

  private static String version(SetTable<Integer, Version> table, int key) {
    return table.lookupElement(key, Version::text, "none");
  }

  // ---- from owner to owner ----

  private static String told(Puppet puppet) {
    try {
      return puppet.messages().stream().anyMatch(m -> m instanceof EtsTransfer)
          ? "told"
          : "not told";
    } catch (DeadProcess gone) {
      return "dead";
    }
  }

  private static String ownerOf(Table<Integer, Row> table, Puppet first, Puppet second) {
    try {
      Pid<?> owner = table.owner();
      return owner == first.pid() ? "first" : owner == second.pid() ? "second" : "another";
    } catch (BadTable gone) {
      return "gone";
    }
  }

  @JCStressTest
  @Outcome(id = "true, second told", expect = ACCEPTABLE, desc = "given, then the giver died")
  @Outcome(
      id = "false, second told",
      expect = ACCEPTABLE,
      desc = "the same; it died on its way back")
  @Outcome(id = "false, gone not told", expect = ACCEPTABLE, desc = "gone with its owner")
  @State
  public static class GiveAwayVersusDeathOfTheOwner {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet next = new Puppet();
    private final SetTable<Integer, Row> table = owned(owner);

    @Actor
    public void giveAway(LL_Result r) {
      skew.first();
      r.r1 =
          owner.survives(() -> {
            try {
              table.giveAway(next.pid(), "");
            } catch (BadTable gone) {
              throw new IllegalStateException("the living are refused", gone);
            }
          });
    }

    @Actor
    public void kill(LL_Result r) {
      skew.second();
      Seen.kill(owner.pid());
      r.r2 = ownerOf(table, owner, next);
    }

    @Arbiter
    public void then(LL_Result r) {
      String now = ownerOf(table, owner, next);
      r.r2 = now.equals(r.r2) ? now + " " + told(next) : "first " + r.r2 + " then " + now;
    }
  }

  @JCStressTest
  @Outcome(
      id = "given, gone dead",
      expect = ACCEPTABLE,
      desc = "given, and gone with the next owner")
  @Outcome(id = "refused, first dead", expect = ACCEPTABLE, desc = "not given to a dead one")
  @State
  public static class GiveAwayVersusDeathOfTheNextOwner {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet next = new Puppet();
    private final SetTable<Integer, Row> table = owned(owner);

    @Actor
    public void giveAway(LL_Result r) {
      skew.first();
      owner.does(() -> {
        try {
          table.giveAway(next.pid(), "");
          r.r1 = "given";
        } catch (BadTable dead) {
          r.r1 = "refused";
        }
      });
    }

    @Actor
    public void kill() {
      skew.second();
      Seen.kill(next.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = ownerOf(table, owner, next) + " " + told(next);
      Seen.kill(owner.pid());
    }
  }

  /** Both die: the table is gone in the end, and while the heir lives it is there. */
  @JCStressTest
  @Outcome(id = "there, gone", expect = ACCEPTABLE, desc = "the heir's until it died too")
  @Outcome(id = "gone, gone", expect = ACCEPTABLE, desc = "the heir was dead")
  @State
  public static class DeathOfTheOwnerVersusDeathOfTheHeir {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet heir = new Puppet();
    private final SetName<Integer, Row> name = newName();
    private final SetTable<Integer, Row> table = inherited(name, owner, heir);

    @Actor
    public void killOwner(LL_Result r) {
      skew.first();
      Seen.kill(owner.pid());
      boolean there = name.whereis().isPresent();
      boolean alive = heir.pid().isAlive();
      r.r1 = there ? "there" : alive ? "gone while the heir lives" : "gone";
    }

    @Actor
    public void killHeir() {
      skew.second();
      Seen.kill(heir.pid());
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = ownerOf(table, owner, heir) + (TableName.taken().contains(name) ? " and listed" : "");
    }
  }

  private static SetTable<Integer, Row> inherited(
      SetName<Integer, Row> name, Puppet owner, Puppet heir) {
    return owner.asks(() -> {
      SetTable<Integer, Row> table = Table.newSet(name, Access.PUBLIC, Row::key);
      table.setHeir(heir.pid(), "");
      return table;
    });
  }

  /** Seen by one who has nothing to do with the death: between the two owners it is there. */
  @JCStressTest
  @Outcome(id = "there there", expect = ACCEPTABLE, desc = "the owner's, then the heir's")
  @State
  public static class LookUpVersusInheritance {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet heir = new Puppet();
    private final SetTable<Integer, Row> table = inherited(newName(), owner, heir);

    public LookUpVersusInheritance() {
      table.insert(new Row(1));
    }

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(owner.pid());
    }

    @Actor
    public void lookUp(L_Result r) {
      skew.second();
      r.r1 = look(table) + " " + look(table);
    }

    @Arbiter
    public void then(L_Result r) {
      Seen.kill(heir.pid());
    }
  }

  /** The heir uses the table at once, whether it has been told of it or not. */
  @JCStressTest
  @Outcome(id = "second, second told", expect = ACCEPTABLE, desc = "inherited")
  @Outcome(id = "refused, second told", expect = ACCEPTABLE, desc = "inherited a moment later")
  @State
  public static class DeathOfTheOwnerVersusUseByTheHeir {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet heir = new Puppet();
    private final SetTable<Integer, Row> table = inherited(newName(), owner, heir);

    @Actor
    public void kill() {
      skew.first();
      Seen.kill(owner.pid());
    }

    @Actor
    public void change(LL_Result r) {
      skew.second();
      heir.does(() -> {
        try {
          table.removeHeir();
          r.r1 = ownerOf(table, owner, heir);
        } catch (BadTable notYet) {
          r.r1 = "refused";
        }
      });
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = ownerOf(table, owner, heir) + " " + told(heir);
      Seen.kill(heir.pid());
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
