package dev.tend.otp.soak;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.soak.TreePlan.Branch;
import dev.tend.otp.soak.TreePlan.Crowd;
import dev.tend.otp.soak.TreePlan.Leaf;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.ChildTemplate;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.supervisor.SimpleOneForOne;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.supervisor.SupervisorInit;
import dev.tend.otp.testkit.ManualTime;
import java.util.List;
import java.util.Objects;

/** Makes supervisors and workers of a plan. */
final class Tree {
  final Branch plan;
  final Ledger ledger = new Ledger();
  final ManualTime time = new ManualTime();
  final Steps steps = new Steps(time);

  Tree(Branch plan) {
    this.plan = plan;
  }

  StartOptions options() {
    return StartOptions.defaults().withTime(time);
  }

  StartResult<Supervisor> start() {
    return Supervisor.start(() -> init(plan), options());
  }

  /** In the supervisor's process. */
  private SupervisorInit init(Branch branch) {
    ledger.born(branch.id(), branch);
    List<ChildSpec> children = branch.children().stream().map(this::spec).toList();
    return new SupervisorInit.Ok(branch.flags(), children);
  }

  /** A static child. */
  ChildSpec spec(TreePlan child) {
    return spec(child, child.id());
  }

  /** A child of a dynamic supervisor. */
  ChildSpec member(Crowd crowd, int number) {
    return spec(crowd.member(), id(crowd, number));
  }

  static String id(Crowd crowd, int number) {
    return crowd.id() + "#" + number;
  }

  private ChildSpec spec(TreePlan child, String id) {
    return new ChildSpec(
        id,
        () -> startLink(child, id),
        child.restart(),
        child instanceof Leaf leaf ? leaf.shutdown() : new Shutdown.Infinity(),
        child instanceof Leaf ? ChildSpec.Type.WORKER : ChildSpec.Type.SUPERVISOR,
        child.significant());
  }

  /** In the process of its supervisor. */
  private StartResult<?> startLink(TreePlan child, String id) {
    Life supervisor = Objects.requireNonNull(ledger.lifeOf(Processes.self()));
    Objects.requireNonNull(supervisor.patience).started(steps.now(), id);
    StartResult<?> result =
        switch (child) {
          case Branch branch -> Supervisor.startLink(() -> init(branch), StartOptions.defaults());
          case Crowd crowd -> startLink(crowd);
          case Leaf leaf -> Worker.startLink(leaf, id, ledger);
        };
    switch (result) {
      case StartResult.AlreadyStarted<?>(var by) ->
          ledger.refused("the name of " + id, !supervisor.isAlive() || supervisor.isOrphan(), by);
      case StartResult.Ok<?>(var pid, var info) when child instanceof Crowd ->
          ledger.born(id, child, pid, Processes.self());
      default -> {}
    }
    return result;
  }

  private StartResult<?> startLink(Crowd crowd) {
    if (!crowd.simple()) {
      return DynamicSupervisor.startLink(crowd.limits(), StartOptions.defaults());
    }
    Leaf member = crowd.member();
    return SimpleOneForOne.startLink(
        new ChildTemplate<Integer>(
            crowd.id(),
            number -> startLink(member, id(crowd, number)),
            member.restart(),
            member.shutdown(),
            ChildSpec.Type.WORKER),
        crowd.limits(),
        StartOptions.defaults());
  }

  /** A supervisor says that it has restarted too often. */
  void gaveUp(Pid<?> pid) {
    Life life = ledger.lifeOf(pid);
    if (life == null
        || life.patience == null
        || !life.patience.canBeExhausted(steps, steps.now())) {
      ledger.violated(pid + " gave up without cause: " + (life == null ? "" : life.patience));
    }
  }
}
