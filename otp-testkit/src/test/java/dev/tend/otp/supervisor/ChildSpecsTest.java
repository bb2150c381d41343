package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faulty flags and specifications, and the whole product of legal ones. */
@OtpTest
class ChildSpecsTest {
  private final Children children = new Children();

  private static ExitReason failure(Flags flags, ChildSpec... specs) {
    StartResult<Supervisor> result =
        Supervisor.start(flags, List.of(specs), StartOptions.defaults());
    assertThat(result).isInstanceOf(StartResult.Failed.class);
    return ((StartResult.Failed<Supervisor>) result).reason();
  }

  private static ExitReason because(BadSpec why) {
    return new ExitReason.Term(why);
  }

  @Test
  @Case("supervisor_SUITE: sup_flags")
  void sup_flags() {
    Flags negative = new Flags(Strategy.ONE_FOR_ONE, -1, ofSeconds(5));
    Flags zero = new Flags(Strategy.ONE_FOR_ONE, 1, ZERO);
    Flags past = new Flags(Strategy.ONE_FOR_ONE, 1, ofSeconds(-1));
    ChildSpec never = children.worker("never");
    assertThat(failure(negative, never)).isEqualTo(because(new BadSpec.InvalidIntensity(-1)));
    assertThat(failure(zero, never)).isEqualTo(because(new BadSpec.InvalidPeriod(ZERO)));
    assertThat(failure(past, never)).isEqualTo(because(new BadSpec.InvalidPeriod(ofSeconds(-1))));
    assertThat(children.log).isEmpty();
  }

  @Test
  @Case({"supervisor_SUITE: child_specs", "supervisor_SUITE: child_specs_map"})
  void faulty_specs_in_a_supervisors_start() {
    ChildSpec good = children.worker("good");
    ChildSpec late = children.worker("late").withShutdown(new Shutdown.Within(ofMillis(-10)));
    ChildSpec significant =
        children.worker("s").withRestart(Restart.TRANSIENT).withSignificant(true);
    Flags flags = Flags.of(Strategy.ONE_FOR_ONE);
    assertThat(failure(flags, good, late))
        .isEqualTo(because(new BadSpec.InvalidShutdown("late", ofMillis(-10))));
    assertThat(failure(flags, good, good))
        .isEqualTo(because(new BadSpec.DuplicateChildName("good")));
    assertThat(failure(flags, good, significant))
        .isEqualTo(because(new BadSpec.BadCombination("s", Restart.TRANSIENT, AutoShutdown.NEVER)));
    assertThat(
            failure(
                flags.withAutoShutdown(AutoShutdown.ANY_SIGNIFICANT),
                good,
                significant.withRestart(Restart.PERMANENT)))
        .isEqualTo(
            because(
                new BadSpec.BadCombination("s", Restart.PERMANENT, AutoShutdown.ANY_SIGNIFICANT)));
    assertThat(children.log).isEmpty();
  }

  @Test
  @Case({
    "supervisor_SUITE: child_specs",
    "supervisor_SUITE: child_specs_map",
    "Supervisor: start_child/2: with invalid child spec"
  })
  void faulty_specs_for_a_running_supervisor() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    ChildSpec late = children.worker("late").withShutdown(new Shutdown.Within(ofMillis(-10)));
    ChildSpec significant =
        children.worker("s").withRestart(Restart.TEMPORARY).withSignificant(true);
    assertThat(Supervisor.startChild(sup, late))
        .isEqualTo(
            new ChildResult.BadChildSpec(new BadSpec.InvalidShutdown("late", ofMillis(-10))));
    assertThat(Supervisor.startChild(sup, significant))
        .isEqualTo(
            new ChildResult.BadChildSpec(
                new BadSpec.BadCombination("s", Restart.TEMPORARY, AutoShutdown.NEVER)));
    assertThat(states(sup)).isEmpty();
    assertThat(children.log).isEmpty();
    stop(sup);
  }

  /** A specification each, and under which setting it is checked. */
  static List<Arguments> product() {
    List<Arguments> product = new ArrayList<>();
    for (AutoShutdown autoShutdown : AutoShutdown.values()) {
      for (Restart restart : Restart.values()) {
        for (Shutdown shutdown :
            List.of(
                new Shutdown.Within(ZERO),
                new Shutdown.Within(ofSeconds(1)),
                new Shutdown.Infinity(),
                new Shutdown.BrutalKill())) {
          for (ChildSpec.Type type : ChildSpec.Type.values()) {
            for (boolean significant : List.of(false, true)) {
              product.add(Arguments.of(autoShutdown, restart, shutdown, type, significant));
            }
          }
        }
      }
    }
    return product;
  }

  @ParameterizedTest
  @MethodSource("product")
  @Case({"supervisor_SUITE: child_specs", "supervisor_SUITE: child_specs_map"})
  void check_childspecs(
      AutoShutdown autoShutdown,
      Restart restart,
      Shutdown shutdown,
      ChildSpec.Type type,
      boolean significant) {
    ChildSpec plain = children.worker("child");
    ChildSpec spec = new ChildSpec("child", plain.start(), restart, shutdown, type, significant);
    boolean bad =
        significant && (autoShutdown == AutoShutdown.NEVER || restart == Restart.PERMANENT);
    if (bad) {
      assertThat(Supervisor.checkChildSpecs(List.of(spec), autoShutdown))
          .contains(new BadSpec.BadCombination("child", restart, autoShutdown));
    } else {
      assertThat(Supervisor.checkChildSpecs(List.of(spec), autoShutdown)).isEmpty();
      assertThat(Supervisor.checkChildSpecs(List.of(spec, spec), autoShutdown))
          .contains(new BadSpec.DuplicateChildName("child"));
      assertThat(Supervisor.checkChildSpecs(List.of(spec, spec.withId("other")), autoShutdown))
          .isEmpty();
    }
  }

  /** What the compiler lets through, and is no value: refused at the call, by name. */
  @SuppressWarnings("NullAway")
  static Stream<Arguments> nulls() {
    ChildSpec spec = Children.plain("a");
    Flags flags = Flags.of(Strategy.ONE_FOR_ONE);
    StartOptions options = StartOptions.defaults();
    ServerRef<Supervisor> sup = dev.tend.otp.process.ServerName.local("unused");
    return Stream.of(
        Arguments.of("id", (ThrowingCallable) () -> spec.withId(null)),
        Arguments.of("start", (ThrowingCallable) () -> ChildSpec.worker("a", null)),
        Arguments.of("restart", (ThrowingCallable) () -> spec.withRestart(null)),
        Arguments.of("shutdown", (ThrowingCallable) () -> spec.withShutdown(null)),
        Arguments.of("time", (ThrowingCallable) () -> new Shutdown.Within(null)),
        Arguments.of("strategy", (ThrowingCallable) () -> Flags.of(null)),
        Arguments.of("period", (ThrowingCallable) () -> new Flags(Strategy.ONE_FOR_ALL, 1, null)),
        Arguments.of("autoShutdown", (ThrowingCallable) () -> flags.withAutoShutdown(null)),
        Arguments.of(
            "children",
            (ThrowingCallable) () -> Supervisor.start(flags, (List<ChildSpec>) null, options)),
        Arguments.of("init", (ThrowingCallable) () -> Supervisor.start(null, options)),
        Arguments.of("spec", (ThrowingCallable) () -> Supervisor.startChild(sup, null)),
        Arguments.of("id", (ThrowingCallable) () -> Supervisor.restartChild(sup, null)),
        Arguments.of("period", (ThrowingCallable) () -> new Limits(1, null, 1)),
        Arguments.of("start", (ThrowingCallable) () -> ChildTemplate.worker("a", null)));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  @Case("supervisor_SUITE: sup_start_map_faulty_specs")
  void null_is_refused_at_the_call(String parameter, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
  }

  static Stream<Arguments> limits() {
    Limits limits = Limits.defaults();
    return Stream.of(
        Arguments.of(limits.withMaxRestarts(-1, ofSeconds(5)), new BadSpec.InvalidIntensity(-1)),
        Arguments.of(limits.withMaxRestarts(1, ZERO), new BadSpec.InvalidPeriod(ZERO)),
        Arguments.of(limits.withMaxChildren(-1), new BadSpec.InvalidMaxChildren(-1)));
  }

  @ParameterizedTest
  @MethodSource("limits")
  @Case("DynamicSupervisor: start_link/3: with non-ok init")
  void faulty_limits(Limits limits, BadSpec why) {
    TestProcess.run(() -> {
      StartOptions options = StartOptions.defaults();
      ChildTemplate<String> template = ChildTemplate.worker("t", children::start);
      assertThat(
              List.of(
                  DynamicSupervisor.startLink(limits, options),
                  DynamicSupervisor.With.startLink("extra", limits, options),
                  SimpleOneForOne.startLink(template, limits, options)))
          .allMatch(result -> result.equals(new StartResult.Failed<>(because(why))));
    });
  }

  @Test
  @Case({"supervisor_SUITE: child_specs", "supervisor_SUITE: child_specs_map"})
  void a_faulty_template() {
    Shutdown never = new Shutdown.Within(Duration.ofNanos(-1));
    TestProcess.run(() ->
        assertThat(
                SimpleOneForOne.startLink(
                    ChildTemplate.<String>worker("t", children::start).withShutdown(never),
                    Limits.defaults(),
                    StartOptions.defaults()))
            .isEqualTo(
                new StartResult.Failed<>(
                    because(new BadSpec.InvalidShutdown("t", Duration.ofNanos(-1))))));
  }
}
