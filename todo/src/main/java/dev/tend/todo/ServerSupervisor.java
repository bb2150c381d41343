package dev.tend.todo;

import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Restart;
import dev.tend.todo.journal.CatalogEntry;

/**
 * Starts a {@link TodoServer} a list, on demand. They are temporary: the next request starts one
 * again, and no list's crashes count against the others.
 */
public final class ServerSupervisor {
  public static final ServerName<DynamicSupervisor> NAME =
      ServerName.local("todo_server_supervisor");

  private ServerSupervisor() {}

  static StartResult<DynamicSupervisor> startLink() {
    return DynamicSupervisor.startLink(Limits.defaults(), StartOptions.named(NAME));
  }

  static ChildResult startChild(CatalogEntry list, TodoConfig config) {
    return DynamicSupervisor.startChild(
        NAME,
        ChildSpec.worker(list.id(), () -> TodoServer.startLink(list, config))
            .withRestart(Restart.TEMPORARY));
  }
}
