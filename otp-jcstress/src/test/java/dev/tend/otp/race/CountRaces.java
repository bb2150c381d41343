package dev.tend.otp.race;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.Counter;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.Puppet;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Counts in place, of a row that has been counted to 5, and what takes that row away. */
public class CountRaces {

  private record Hits(int key, long count) {}

  private static final Counter<Hits> COUNT =
      Counter.of(Hits::count, (row, count) -> new Hits(row.key(), count));

  private static SetTable<Integer, Hits> counted(Puppet owner) {
    SetTable<Integer, Hits> table = owner.asks(() -> Table.newSet(Access.PUBLIC, Hits::key));
    table.updateCounter(1, COUNT.add(5), new Hits(1, 0));
    return table;
  }

  private static long count(SetTable<Integer, Hits> table) {
    return table.updateCounter(1, COUNT.add(1), new Hits(1, 100));
  }

  private static long look(SetTable<Integer, Hits> table) {
    return table.lookupElement(1, Hits::count, -1L);
  }

  @JCStressTest
  @Outcome(
      id = {"6, 7, 7", "7, 6, 7"},
      expect = ACCEPTABLE,
      desc = "one after the other")
  @State
  public static class CountVersusCount {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Hits> table = counted(owner);

    @Actor
    public void count(LLL_Result r) {
      skew.first();
      r.r1 = CountRaces.count(table);
    }

    @Actor
    public void countToo(LLL_Result r) {
      skew.second();
      r.r2 = CountRaces.count(table);
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = look(table);
      Seen.kill(owner.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "6, 6, -1", expect = ACCEPTABLE, desc = "counted, then taken")
  @Outcome(id = "101, 5, 101", expect = ACCEPTABLE, desc = "taken, then counted anew")
  @State
  public static class CountVersusTake {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Hits> table = counted(owner);

    @Actor
    public void count(LLL_Result r) {
      skew.first();
      r.r1 = CountRaces.count(table);
    }

    @Actor
    public void take(LLL_Result r) {
      skew.second();
      r.r2 = table.take(1).orElseThrow().count();
    }

    @Arbiter
    public void then(LLL_Result r) {
      r.r3 = look(table);
      Seen.kill(owner.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "6, 50", expect = ACCEPTABLE, desc = "counted, then replaced")
  @Outcome(id = "51, 51", expect = ACCEPTABLE, desc = "replaced, then counted")
  @State
  public static class CountVersusInsert {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Hits> table = counted(owner);

    @Actor
    public void count(LL_Result r) {
      skew.first();
      r.r1 = CountRaces.count(table);
    }

    @Actor
    public void insert() {
      skew.second();
      table.insert(new Hits(1, 50));
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = look(table);
      Seen.kill(owner.pid());
    }
  }

  @JCStressTest
  @Outcome(id = "6, 50", expect = ACCEPTABLE, desc = "counted, then replaced")
  @Outcome(id = "51, 51", expect = ACCEPTABLE, desc = "replaced, then counted")
  @State
  public static class CountVersusInsertAll {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final SetTable<Integer, Hits> table = counted(owner);

    @Actor
    public void count(LL_Result r) {
      skew.first();
      r.r1 = CountRaces.count(table);
    }

    @Actor
    public void insertAll() {
      skew.second();
      table.insertAll(List.of(new Hits(1, 50), new Hits(2, 50)));
    }

    @Arbiter
    public void then(LL_Result r) {
      r.r2 = look(table);
      Seen.kill(owner.pid());
    }
  }

  /** Who counts dies: the count is made wholly before the death, or not at all. */
  @JCStressTest
  @Outcome(id = "true, 6, 6", expect = ACCEPTABLE, desc = "counted, then dead")
  @Outcome(id = "false, 5, 5", expect = ACCEPTABLE, desc = "dead, and not counted")
  @State
  public static class CountVersusDeathOfTheWriter {
    private final Skew skew = new Skew();
    private final Puppet owner = new Puppet();
    private final Puppet writer = new Puppet();
    private final SetTable<Integer, Hits> table = counted(owner);

    @Actor
    public void count(LLL_Result r) {
      skew.first();
      r.r1 = writer.survives(() -> CountRaces.count(table));
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
      Seen.kill(owner.pid());
    }
  }
}
