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
 * <pre>{@code
 * static final ServerName<SimpleOneForOne<String>> NAME = ServerName.local("server_supervisor");
 *
 * static StartResult<SimpleOneForOne<String>> startLink() {
 *   return SimpleOneForOne.startLink(
 *       ChildTemplate.worker("todo_server", TodoServer::startLink),
 *       Limits.defaults(),
 *       StartOptions.named(NAME));
 * }
 *
 * static ChildResult startChild(String list) {
 *   return SimpleOneForOne.startChild(NAME, list);
 * }
 * }</pre>
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
