package dev.tend.bench.seed;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The seed's first cache: one process with a map from names to servers, called by every client for
 * every look-up; a server that is missing is started in it, while all others wait. Here only to be
 * measured.
 */
final class SeedCache extends GenServer<PMap<String, Pid<TodoServer>>, SeedCache.Request, NoCasts> {
  private static final ServerName<SeedCache> NAME = ServerName.local("seed_cache");

  record Request(String name) implements Call<SeedCache, Pid<TodoServer>> {}

  private SeedCache() {}

  static StartResult<SeedCache> start() {
    return GenServer.start(new SeedCache(), StartOptions.named(NAME));
  }

  /** The seed's {@code Todo.Cache.server_process/1} of that time. */
  static Pid<TodoServer> serverProcess(String name) {
    return NAME.call(new Request(name));
  }

  @Override
  protected Init<PMap<String, Pid<TodoServer>>> init() {
    return Init.ok(HashTreePMap.empty());
  }

  @Override
  protected Handled<PMap<String, Pid<TodoServer>>> handleCall(
      Request request, Caller caller, PMap<String, Pid<TodoServer>> servers) {
    @Nullable Pid<TodoServer> known = servers.get(request.name());
    if (known != null) {
      return reply(request, caller, known, servers);
    }
    Pid<TodoServer> started = TodoCache.serverProcess(request.name());
    return reply(request, caller, started, servers.plus(request.name(), started));
  }
}
