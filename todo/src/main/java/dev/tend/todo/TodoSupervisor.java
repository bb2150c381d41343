package dev.tend.todo;

import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import java.time.Duration;
import java.util.List;

/**
 * The root of the to-do system: if the registry dies all the rest restarts clean; if the rest dies
 * the registry stays.
 */
public final class TodoSupervisor {
  public static final ServerName<Supervisor> NAME = ServerName.local("todo_supervisor");
  private static final Flags FLAGS = new Flags(Strategy.REST_FOR_ONE, 3, Duration.ofSeconds(30));

  private TodoSupervisor() {}

  /** Starts the system as the calling process's child. Only one can run in a JVM. */
  public static StartResult<Supervisor> startLink(TodoConfig config) {
    return Supervisor.startLink(
        FLAGS,
        List.of(
            ChildSpec.worker("ProcessRegistry", ProcessRegistry::startLink),
            ChildSpec.supervisor("SystemSupervisor", () -> SystemSupervisor.startLink(config))),
        StartOptions.named(NAME));
  }
}
