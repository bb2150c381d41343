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

/** Everything but the registry; its parts fail and return each by itself. */
public final class SystemSupervisor {
  public static final ServerName<Supervisor> NAME = ServerName.local("todo_system_supervisor");
  private static final Flags FLAGS = new Flags(Strategy.ONE_FOR_ONE, 5, Duration.ofSeconds(30));

  private SystemSupervisor() {}

  static StartResult<Supervisor> startLink(TodoConfig config) {
    return Supervisor.startLink(
        FLAGS,
        List.of(
            Subscriptions.childSpec(),
            ChildSpec.supervisor("Database", () -> Database.startLink(config)),
            ChildSpec.supervisor("ServerSupervisor", ServerSupervisor::startLink),
            ChildSpec.worker("TodoCache", () -> TodoCache.startLink(config))),
        StartOptions.named(NAME));
  }
}
