package dev.tend.otp.soak;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.soak.TreePlan.Branch;
import dev.tend.otp.soak.TreePlan.Crowd;
import dev.tend.otp.soak.TreePlan.Leaf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One thing that is done to the tree, to whoever is in that place at the time. */
sealed interface Action {
  record Kill(String id) implements Action {}

  /** An exit signal from outside. */
  record Signal(String id, ExitReason reason) implements Action {}

  record Leave(String id, ExitReason reason) implements Action {}

  record Throw(String id) implements Action {}

  record Overflow(String id, String victim, int start) implements Action {}

  record Watch(String id, String other) implements Action {}

  record Ask(String id, String other) implements Action {}

  record Link(String id, String other) implements Action {}

  /** Its next inits go so. */
  record Upset(String id, Worker.Fault fault, int times) implements Action {}

  record Terminate(String supervisor, String id) implements Action {}

  record Restart(String supervisor, String id) implements Action {}

  record Delete(String supervisor, String id) implements Action {}

  record Add(String supervisor, TreePlan child) implements Action {}

  record StartMember(Crowd crowd, int number) implements Action {}

  record TerminateMember(Crowd crowd, int number) implements Action {}

  record Call(String id, int value) implements Action {}

  record Flood(String id, int messages) implements Action {}

  /** Until all is to be quiet. */
  record Suspend(String id) implements Action {}

  /** Waits until all is quiet, and inspects. */
  record Settle() implements Action {}

  /** The same, then lets time pass. */
  record Advance(Duration time) implements Action {}

  /** The same, then stops the root. */
  record Stop() implements Action {}

  /** The actions of a seed, one after the other, without end. */
  final class Script {
    private final Random random;
    private final List<String> supervisors = new ArrayList<>();
    private final List<String> workers = new ArrayList<>();
    private final List<Crowd> crowds = new ArrayList<>();
    private final List<TreePlan> children = new ArrayList<>();
    private final Map<String, String> above = new HashMap<>();
    private final List<StartMember> members = new ArrayList<>();

    Script(Branch plan, Random random) {
      this.random = random;
      add(plan);
    }

    private void add(TreePlan plan) {
      switch (plan) {
        case Branch branch -> {
          supervisors.add(branch.id());
          for (TreePlan child : branch.children()) {
            above.put(child.id(), branch.id());
            children.add(child);
            add(child);
          }
        }
        case Crowd crowd -> {
          supervisors.add(crowd.id());
          crowds.add(crowd);
        }
        case Leaf leaf -> workers.add(leaf.id());
      }
    }

    Action next() {
      int die = random.nextInt(100);
      return switch (die / 5) {
        case 0, 1 -> new Kill(worker());
        case 2 -> die == 10 ? new Kill(one(supervisors)) : new Signal(worker(), reason());
        case 3 -> new Leave(worker(), reason());
        case 4 -> die == 20 ? new Overflow(worker(), worker(), depth()) : new Throw(worker());
        case 5 -> new Watch(worker(), anyone());
        case 6 -> new Ask(worker(), worker());
        case 7 -> die == 35 ? new Link(worker(), worker()) : new Watch(worker(), worker());
        case 8 -> {
          Worker.Fault[] faults = Worker.Fault.values();
          yield new Upset(worker(), faults[random.nextInt(faults.length)], 1 + random.nextInt(3));
        }
        case 9 -> terminate();
        case 10 -> restart();
        case 11 -> die % 2 == 0 ? delete() : add();
        case 12, 13 -> crowds.isEmpty() ? next() : startMember();
        case 14 -> members.isEmpty() ? next() : terminateMember();
        case 15 -> new Call(worker(), die);
        case 16 -> new Flood(worker(), 1 + random.nextInt(10));
        case 17 -> new Suspend(anyone());
        case 18 -> new Settle();
        default ->
            die == 99 && random.nextInt(4) == 0
                ? new Stop()
                : new Advance(Duration.ofMillis(random.nextInt(3_000)));
      };
    }

    private Action terminate() {
      TreePlan child = one(children);
      return new Terminate(above.get(child.id()), child.id());
    }

    private Action restart() {
      TreePlan child = one(children);
      return new Restart(above.get(child.id()), child.id());
    }

    private Action delete() {
      TreePlan child = one(children);
      return new Delete(above.get(child.id()), child.id());
    }

    private Action add() {
      TreePlan child = one(children);
      return new Add(above.get(child.id()), child);
    }

    private Action startMember() {
      StartMember member = new StartMember(one(crowds), members.size());
      members.add(member);
      return member;
    }

    private Action terminateMember() {
      StartMember member = lateMember();
      return new TerminateMember(member.crowd(), member.number());
    }

    private String worker() {
      boolean member = !members.isEmpty() && (workers.isEmpty() || random.nextInt(3) == 0);
      if (member) {
        StartMember late = lateMember();
        return Tree.id(late.crowd(), late.number());
      }
      return workers.isEmpty() ? "nobody" : one(workers);
    }

    private StartMember lateMember() {
      return members.get(Math.max(0, members.size() - 1 - random.nextInt(16)));
    }

    private String anyone() {
      return random.nextInt(5) == 0 ? one(supervisors) : worker();
    }

    /** Not plain shutdown: that is a supervisor's word, and who is stubborn waits for its kill. */
    private ExitReason reason() {
      return switch (random.nextInt(3)) {
        case 0 -> ExitReason.NORMAL;
        case 1 -> new ExitReason.Shutdown("told");
        default -> new ExitReason.Term("told");
      };
    }

    private int depth() {
      return random.nextInt(20_000);
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
