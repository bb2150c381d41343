package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.as;
import static dev.tend.otp.supervisor.Children.childSupervisor;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.pids;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.state;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.testkit.OtpTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code supervisor_SUITE}, group {@code significant}. */
@OtpTest
class SignificantTest {
  private static final List<ExitReason> REASONS =
      List.of(
          ExitReason.KILL,
          BOOM,
          ExitReason.NORMAL,
          ExitReason.SHUTDOWN,
          new ExitReason.Shutdown("detail"));

  private final Children children = new Children();

  private static Flags flags(AutoShutdown autoShutdown) {
    return new Flags(Strategy.ONE_FOR_ONE, 5, ofHours(1), autoShutdown);
  }

  private ChildSpec significant(Object id, Restart restart) {
    return children.worker(id).withRestart(restart).withSignificant(true);
  }

  /** Two significant children and one that is not. */
  private Pid<Supervisor> three(AutoShutdown autoShutdown, Restart restart) {
    return supervisor(
        flags(autoShutdown),
        significant(1, restart),
        significant(2, restart),
        children.worker(3).withRestart(restart));
  }

  private static void hasShutDown(Pid<Supervisor> sup, List<Object> children) {
    assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
    children.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
  }

  private void never(AutoShutdown autoShutdown, Restart restart) {
    Pid<Supervisor> sup = supervisor(flags(autoShutdown));
    ChildSpec spec = children.worker("a").withRestart(restart);
    for (ExitReason reason : REASONS) {
      end(started(Supervisor.startChild(sup, spec)), reason);
      Supervisor.terminateChild(sup, "a");
      Supervisor.deleteChild(sup, "a");
    }
    assertThat(sup.isAlive()).isTrue();
    stop(sup);
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: nonsignificant_temporary")
  void nonsignificant_temporary(AutoShutdown autoShutdown) {
    never(autoShutdown, Restart.TEMPORARY);
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: nonsignificant_transient")
  void nonsignificant_transient(AutoShutdown autoShutdown) {
    never(autoShutdown, Restart.TRANSIENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"TEMPORARY", "TRANSIENT"})
  @Case({"supervisor_SUITE: significant_temporary", "supervisor_SUITE: significant_transient"})
  void terminated_by_the_supervisor(Restart restart) {
    for (AutoShutdown autoShutdown :
        List.of(AutoShutdown.ANY_SIGNIFICANT, AutoShutdown.ALL_SIGNIFICANT)) {
      Pid<Supervisor> sup = three(autoShutdown, restart);
      Supervisor.terminateChild(sup, 1);
      Supervisor.terminateChild(sup, 2);
      assertThat(pid(sup, 3).isAlive()).isTrue();
      stop(sup);
    }
  }

  static List<ExitReason> reasons() {
    return REASONS;
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @Case("supervisor_SUITE: significant_temporary")
  void any_significant_temporary(ExitReason reason) {
    Pid<Supervisor> sup = three(AutoShutdown.ANY_SIGNIFICANT, Restart.TEMPORARY);
    List<Object> all = pids(sup);
    end(pid(sup, 1), reason);
    hasShutDown(sup, all);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @Case("supervisor_SUITE: significant_transient")
  void any_significant_transient(ExitReason reason) {
    Pid<Supervisor> sup = three(AutoShutdown.ANY_SIGNIFICANT, Restart.TRANSIENT);
    List<Object> all = pids(sup);
    end(pid(sup, 1), reason);
    if (reason.isClean()) {
      hasShutDown(sup, all);
    } else {
      assertThat(pids(sup)).doesNotContain(all.getFirst()).contains(all.get(1), all.get(2));
      stop(sup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TEMPORARY", "TRANSIENT"})
  @Case({"supervisor_SUITE: significant_temporary", "supervisor_SUITE: significant_transient"})
  void all_significant(Restart restart) {
    Pid<Supervisor> sup = three(AutoShutdown.ALL_SIGNIFICANT, restart);
    List<Object> all = pids(sup);
    end(pid(sup, 1), ExitReason.NORMAL);
    assertThat(pid(sup, 2).isAlive()).isTrue();
    end(pid(sup, 2), ExitReason.NORMAL);
    hasShutDown(sup, all);
  }

  /** A child that is to be restarted still counts; one that was terminated does not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void all_significant_with_one_restarting_or_terminated(boolean restarting) {
    AtomicBoolean fails = new AtomicBoolean();
    Pid<Supervisor> sup =
        supervisor(
            new Flags(
                Strategy.ONE_FOR_ONE, Integer.MAX_VALUE, ofHours(1), AutoShutdown.ALL_SIGNIFICANT),
            significant(1, Restart.TRANSIENT),
            children.failing(2, fails).withRestart(Restart.TRANSIENT).withSignificant(true));
    fails.set(true);
    end(pid(sup, 2), BOOM);
    assertThat(state(sup, 2)).isEqualTo(new ChildInfo.Restarting());
    if (restarting) {
      end(pid(sup, 1), ExitReason.NORMAL);
      assertThat(state(sup, 1)).isEqualTo(new ChildInfo.Stopped());
      fails.set(false);
      stop(sup);
    } else {
      Supervisor.terminateChild(sup, 2);
      end(pid(sup, 1), ExitReason.NORMAL);
      assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
    }
  }

  static List<Arguments> bystanders() {
    List<Arguments> product = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      product.add(Arguments.of(strategy, AutoShutdown.ANY_SIGNIFICANT));
      product.add(Arguments.of(strategy, AutoShutdown.ALL_SIGNIFICANT));
    }
    return product;
  }

  @ParameterizedTest
  @MethodSource("bystanders")
  @Case("supervisor_SUITE: significant_bystander")
  void significant_bystander(Strategy strategy, AutoShutdown autoShutdown) {
    Pid<Supervisor> sup =
        supervisor(
            new Flags(strategy, 5, ofHours(1), autoShutdown),
            significant(1, Restart.TRANSIENT),
            children.worker(2).withRestart(Restart.TRANSIENT),
            significant(3, Restart.TRANSIENT));
    List<Object> before = pids(sup);
    end(pid(sup, 2), ExitReason.KILL);
    List<Object> after = pids(sup);
    assertThat(after).hasOnlyElementsOfType(Pid.class).doesNotContain(before.get(1));
    assertThat(after.get(0) == before.get(0)).isEqualTo(strategy != Strategy.ONE_FOR_ALL);
    assertThat(after.get(2) == before.get(2)).isEqualTo(strategy == Strategy.ONE_FOR_ONE);
    stop(sup);
  }

  /** A bystander that is temporary is gone for good, and that was not of its own making either. */
  @ParameterizedTest
  @EnumSource(names = {"ONE_FOR_ALL", "REST_FOR_ONE"})
  void temporary_significant_bystander(Strategy strategy) {
    Pid<Supervisor> sup =
        supervisor(
            new Flags(strategy, 5, ofHours(1), AutoShutdown.ALL_SIGNIFICANT),
            children.worker(1),
            significant(2, Restart.TEMPORARY));
    end(pid(sup, 1), BOOM);
    assertThat(Supervisor.whichChildren(sup)).extracting(ChildInfo::id).containsExactly(1);
    stop(sup);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Case("supervisor_SUITE: significant_escalation")
  void significant_escalation(boolean significant) {
    Flags any = flags(AutoShutdown.ANY_SIGNIFICANT);
    Pid<Supervisor> top =
        supervisor(
            any,
            childSupervisor("below", any, significant("c", Restart.TRANSIENT))
                .withRestart(Restart.TRANSIENT)
                .withSignificant(significant));
    Pid<Supervisor> below = as(pid(top, "below"));
    end(pid(below, "c"), ExitReason.NORMAL);
    assertThat(ended(below)).isEqualTo(ExitReason.SHUTDOWN);
    if (significant) {
      assertThat(ended(top)).isEqualTo(ExitReason.SHUTDOWN);
    } else {
      assertThat(state(top, "below")).isEqualTo(new ChildInfo.Stopped());
      stop(top);
    }
  }

  /** Children stop in reverse order then too, and what is significant among them does no harm. */
  @Test
  void shuts_down_in_order() {
    Pid<Supervisor> sup = three(AutoShutdown.ANY_SIGNIFICANT, Restart.TRANSIENT);
    children.log.clear();
    end(pid(sup, 2), ExitReason.NORMAL);
    ended(sup);
    assertThat(children.log).containsExactly("stop 2", "stop 3", "stop 1");
  }
}
