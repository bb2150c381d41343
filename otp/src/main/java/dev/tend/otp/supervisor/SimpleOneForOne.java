package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;

/**
 * A {@link DynamicSupervisor} whose children are all of one make and differ in the argument of
 * their start: OTP's {@code simple_one_for_one}. As there, its one specification is all that is
 * counted as such, and terminating a pid that is dead is no error.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static final ServerName<SimpleOneForOne<String>> ROOMS = ServerName.local("rooms");
 *
 * static StartResult<SimpleOneForOne<String>> startLink() {
 *   return SimpleOneForOne.startLink(
 *       ChildTemplate.worker("room", (String name) -> Agent.startLink(() -> name, StartOptions.defaults())),
 *       Limits.defaults(),
 *       StartOptions.named(ROOMS));
 * }
 *
 * void main() {
 *   Supervisor.start(
 *       Flags.of(Strategy.ONE_FOR_ONE),
 *       List.of(ChildSpec.supervisor("rooms", () -> startLink())),
 *       StartOptions.defaults());
 *   SimpleOneForOne.startChild(ROOMS, "lobby");
 *   SimpleOneForOne.startChild(ROOMS, "bar");
 *   IO.println(DynamicSupervisor.countChildren(ROOMS).active());
 * }
 * }
 *
 * {@snippet lang=text :
 * 2
 * }
 *
 * @param <A> the argument
 */
@SuppressWarnings("UnusedTypeParameter") // tells references to such supervisors apart
public final class SimpleOneForOne<A> extends DynamicSupervisor {
  private SimpleOneForOne() {}

  /**
   * Starts it without children, as the calling process's child. With a faulty template or limits
   * the start fails with a {@link BadSpec}.
   */
  public static <A> StartResult<SimpleOneForOne<A>> startLink(
      ChildTemplate<A> template, Limits limits, StartOptions options) {
    BadSpec fault = limits.fault() == null ? template.fault() : limits.fault();
    return Processes.startLink(
        new DynamicLoop<A>(
            DynamicLoop.Kind.SIMPLE_ONE_FOR_ONE, limits, template::with, fault, options.name()),
        options);
  }

  /**
   * Starts one more child, with this argument.
   *
   * @return as {@link DynamicSupervisor#startChild}
   */
  public static <A> ChildResult startChild(ServerRef<SimpleOneForOne<A>> supervisor, A argument) {
    return start(supervisor, requireNonNull(argument, "argument"));
  }
}
