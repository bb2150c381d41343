package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.started;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of what a child of a dynamic supervisor can be and can suffer, in each of the
 * three kinds of such supervisors.
 */
@OtpTest
class DynamicProductTest {
  private static final List<Shutdown> SHUTDOWNS =
      List.of(
          new Shutdown.BrutalKill(),
          new Shutdown.Within(Duration.ofSeconds(5)),
          new Shutdown.Infinity());
  private static final Limits LIMITS = Limits.defaults().withMaxRestarts(1, ofHours(1));

  /** A supervisor that has been started, and how to add a child to it. */
  private record Kind<T extends DynamicSupervisor>(
      Pid<T> sup, BiFunction<Pid<T>, String, ChildResult> start, int specs) {}

  static List<Arguments> product() {
    List<Arguments> product = new ArrayList<>();
    for (Dying how : Dying.values()) {
      for (Restart restart : Restart.values()) {
        product.add(Arguments.of(how, restart));
      }
    }
    return product;
  }

  @ParameterizedTest
  @MethodSource("product")
  void one_of_three_dies(Dying how, Restart restart) {
    TestProcess.run(
        StartOptions.defaults().withTime(new ManualTime()),
        () -> {
          Processes.trapExit(true);
          for (Shutdown shutdown : SHUTDOWNS) {
            for (RealTree.Naming naming : RealTree.Naming.values()) {
              each(how, restart, shutdown, naming);
            }
          }
        });
  }

  private static void each(Dying how, Restart restart, Shutdown shutdown, RealTree.Naming naming) {
    boolean traps = !how.bySignal();
    StartOptions options = StartOptions.defaults();

    RealTree plain = new RealTree(naming);
    check(
        plain,
        new Kind<>(
            DynamicSupervisor.startLink(LIMITS, options).orThrow(),
            (sup, id) ->
                DynamicSupervisor.startChild(
                    sup,
                    ChildSpec.worker(id, () -> plain.startChild(id, traps))
                        .withRestart(restart)
                        .withShutdown(shutdown)),
            -1),
        how,
        restart,
        shutdown);

    RealTree extra = new RealTree(naming);
    check(
        extra,
        new Kind<>(
            DynamicSupervisor.With.startLink(extra, LIMITS, options).orThrow(),
            (sup, id) ->
                DynamicSupervisor.With.startChild(
                    sup,
                    ChildTemplate.<RealTree>worker(id, tree -> tree.startChild(id, traps))
                        .withRestart(restart)
                        .withShutdown(shutdown)),
            -1),
        how,
        restart,
        shutdown);

    RealTree simple = new RealTree(naming);
    ChildTemplate<String> template =
        ChildTemplate.<String>worker("template", id -> simple.startChild(id, traps))
            .withRestart(restart)
            .withShutdown(shutdown);
    check(
        simple,
        new Kind<>(
            SimpleOneForOne.startLink(template, LIMITS, options).orThrow(),
            SimpleOneForOne::startChild,
            1),
        how,
        restart,
        shutdown);
  }

  /**
   * The rules, once more and by themselves: the victim comes back or is gone, nobody else cares.
   */
  private static <T extends DynamicSupervisor> void check(
      RealTree real, Kind<T> kind, Dying how, Restart restart, Shutdown shutdown) {
    boolean brutal = shutdown instanceof Shutdown.BrutalKill;
    boolean tells = !brutal && !how.bySignal();
    boolean again =
        restart == Restart.PERMANENT || (restart == Restart.TRANSIENT && how.abnormal());
    ExitReason stopped = brutal ? ExitReason.KILLED : ExitReason.SHUTDOWN;
    List<String> log = new ArrayList<>(List.of("start a", "start victim", "start b"));

    Pid<T> sup = kind.sup;
    started(kind.start.apply(sup, "a"));
    Pid<?> victim = started(kind.start.apply(sup, "victim"));
    Pid<?> b = started(kind.start.apply(sup, "b"));
    isTree(real, kind, List.of("a#1", "victim#1", "b#1"));

    how.happensTo(victim);
    assertThat(victim.exitReason()).contains(how.reason);
    isTree(real, kind, again ? List.of("a#1", "victim#2", "b#1") : List.of("a#1", "b#1"));
    if (how.ownCode()) {
      log.add("stop victim");
    }
    if (again) {
      log.add("start victim");
    }
    assertThat(real.log).isEqualTo(log);

    assertThat(DynamicSupervisor.terminateChild(sup, b)).isEqualTo(new ChildResult.Done());
    assertThat(b.exitReason()).contains(stopped);
    if (tells) {
      log.add("stop b");
    }
    isTree(real, kind, again ? List.of("a#1", "victim#2") : List.of("a#1"));
    assertThat(real.log).isEqualTo(log);

    assertThat(Children.stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
    real.checkLives(List.of());
    assertThat(real.end("a#1")).isEqualTo(stopped);
    List<String> last = new ArrayList<>();
    if (tells) {
      last.add("stop a");
      if (again) {
        last.add("stop victim");
      }
    }
    assertThat(real.log.subList(log.size(), real.log.size()))
        .containsExactlyInAnyOrderElementsOf(last);
  }

  private static <T extends DynamicSupervisor> void isTree(
      RealTree real, Kind<T> kind, List<String> expected) {
    List<ChildInfo> tree = DynamicSupervisor.whichChildren(kind.sup);
    assertThat(tree.stream().map(real::describe)).containsExactlyInAnyOrderElementsOf(expected);
    int children = expected.size();
    assertThat(DynamicSupervisor.countChildren(kind.sup))
        .isEqualTo(new Counts(kind.specs < 0 ? children : kind.specs, children, 0, children));
    real.checkLives(tree);
  }
}
