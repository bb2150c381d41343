package dev.tend.web;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.sys.Sys;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;

/** Makes servers fail of their own making. */
final class Crash {
  private Crash() {}

  /** Ends the server of a list at its next request, which is made. */
  static Pid<TodoServer> of(TestServer server, String list) {
    Pid<TodoServer> crashing = TodoCache.serverProcess(server.get(list).text("name"));
    lose(crashing);
    server.post(list + "/entries", "{\"title\": \"x\"}");
    Processes.awaitExit(crashing);
    return crashing;
  }

  /** {@code Sys} is typed by the server's state, which is not public. */
  @SuppressWarnings("unchecked")
  private static void lose(Pid<?> server) {
    Sys.replaceState((Pid<AnyServer>) server, state -> null);
  }

  private abstract static class AnyServer extends GenServer<Object, Call<?, ?>, Cast<?>> {}
}
