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
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The seed's way to a list before it had ETS: a registry that is one process with a map, asked by
 * every client for every look-up. Here only to be measured.
 */
final class SeedRegistry
    extends GenServer<PMap<String, Pid<TodoServer>>, SeedRegistry.Request<?>, NoCasts> {
  private static final ServerName<SeedRegistry> NAME = ServerName.local("seed_registry");

  sealed interface Request<R> extends Call<SeedRegistry, R> {}

  record WhereisName(String name) implements Request<Optional<Pid<TodoServer>>> {}

  record RegisterName(String name, Pid<TodoServer> pid) implements Request<Boolean> {}

  private SeedRegistry() {}

  static StartResult<SeedRegistry> start() {
    return GenServer.start(new SeedRegistry(), StartOptions.named(NAME));
  }

  /** The seed's {@code Todo.Cache.server_process/1} of that time. */
  static Pid<TodoServer> serverProcess(String name) {
    Optional<Pid<TodoServer>> known = NAME.call(new WhereisName(name));
    if (known.isPresent()) {
      return known.get();
    }
    Pid<TodoServer> started = TodoCache.serverProcess(name);
    NAME.call(new RegisterName(name, started));
    return started;
  }

  @Override
  protected Init<PMap<String, Pid<TodoServer>>> init() {
    return Init.ok(HashTreePMap.empty());
  }

  @Override
  protected Handled<PMap<String, Pid<TodoServer>>> handleCall(
      Request<?> request, Caller caller, PMap<String, Pid<TodoServer>> servers) {
    return switch (request) {
      case WhereisName whereis ->
          reply(whereis, caller, Optional.ofNullable(servers.get(whereis.name())), servers);
      case RegisterName register ->
          reply(register, caller, true, servers.plus(register.name(), register.pid()));
    };
  }
}
