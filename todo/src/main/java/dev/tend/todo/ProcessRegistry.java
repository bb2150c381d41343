package dev.tend.todo;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.BadTable;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Via;
import dev.tend.todo.journal.ListId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Names for list servers and database workers: the error kernel. A name is any value, here a {@link
 * ListKey} or a {@link WorkerKey}, used as {@code ServerName.via(ProcessRegistry.VIA, key)}.
 *
 * <p>Registration goes through the process, which watches whom it knows; look-ups read its table in
 * the caller. A holder can publish one value with its name, which is how lists are read.
 */
public final class ProcessRegistry
    extends GenServer<PMap<MonitorRef, Object>, ProcessRegistry.Request<?>, NoCasts> {
  public static final ServerName<ProcessRegistry> NAME = ServerName.local("todo_process_registry");
  public static final Via VIA = new Names();
  private static final SetName<Object, Registration> TABLE = new SetName<>("todo_process_registry");

  /** The key of a list's server. */
  public record ListKey(ListId id) {
    @Override
    public String toString() {
      return "list " + id;
    }
  }

  /** The key of a shard's database worker. */
  public record WorkerKey(int shard) {
    @Override
    public String toString() {
      return "database worker " + shard;
    }
  }

  /** One row: who holds a key, and what it has published. */
  public record Registration(Object key, Pid<?> pid, @Nullable Object value) {}

  /** What it is asked. */
  public sealed interface Request<R> extends Call<ProcessRegistry, R> {}

  record Register(Object key, Pid<?> pid) implements Request<Boolean> {}

  record Unregister(Object key) implements Request<Boolean> {}

  private ProcessRegistry() {}

  public static StartResult<ProcessRegistry> startLink() {
    return GenServer.startLink(new ProcessRegistry(), StartOptions.named(NAME));
  }

  // ---- in the client ----

  /** The living process that holds a key. */
  public static Optional<Pid<?>> whereis(Object key) {
    return registration(key).map(Registration::pid);
  }

  /** What the living holder of a key has published. */
  public static Optional<Object> published(Object key) {
    return registration(key).map(Registration::value);
  }

  private static Optional<Registration> registration(Object key) {
    return TABLE.lookup(key).filter(row -> row.pid().isAlive());
  }

  /** All registrations with a living holder. */
  public static List<Registration> registrations() {
    try {
      return TABLE.whereis().stream()
          .flatMap(Table::rows)
          .filter(row -> row.pid().isAlive())
          .toList();
    } catch (BadTable vanished) {
      return List.of();
    }
  }

  /**
   * Publishes the calling process's value under a key that it holds.
   *
   * @throws IllegalStateException if it does not hold it
   */
  static void publish(Object key, Object value) {
    SetTable<Object, Registration> table =
        TABLE.whereis().orElseThrow(() -> new IllegalStateException("no registry"));
    Registration old =
        table
            .lookup(key)
            .filter(row -> row.pid() == Processes.self())
            .orElseThrow(() -> new IllegalStateException("not the holder of " + key));
    if (!table.replace(old, new Registration(key, old.pid(), value))) {
      throw new IllegalStateException("no longer the holder of " + key);
    }
  }

  private static final class Names implements Via {
    @Override
    public boolean register(Object key, Pid<?> pid) {
      return NAME.call(new Register(key, pid));
    }

    @Override
    public void unregister(Object key) {
      NAME.call(new Unregister(key));
    }

    @Override
    public Optional<Pid<?>> whereis(Object key) {
      return ProcessRegistry.whereis(key);
    }

    @Override
    public String toString() {
      return "ProcessRegistry";
    }
  }

  // ---- in the process ----

  private static SetTable<Object, Registration> table() {
    return TABLE.whereis().orElseThrow();
  }

  @Override
  protected Init<PMap<MonitorRef, Object>> init() {
    Table.newSet(TABLE, Access.PUBLIC, Registration::key);
    return Init.ok(HashTreePMap.empty());
  }

  @Override
  protected Handled<PMap<MonitorRef, Object>> handleCall(
      Request<?> request, Caller caller, PMap<MonitorRef, Object> watched) {
    return switch (request) {
      case Register register -> {
        if (whereis(register.key()).isPresent()) {
          yield reply(register, caller, false, watched);
        }
        table().insert(new Registration(register.key(), register.pid(), null));
        MonitorRef ref = Processes.monitor(register.pid());
        yield reply(register, caller, true, watched.plus(ref, register.key()));
      }
      case Unregister unregister -> {
        table().delete(unregister.key());
        PMap<MonitorRef, Object> left = watched;
        for (Map.Entry<MonitorRef, Object> watch : watched.entrySet()) {
          if (watch.getValue().equals(unregister.key())) {
            Processes.demonitor(watch.getKey());
            left = left.minus(watch.getKey());
          }
        }
        yield reply(unregister, caller, true, left);
      }
    };
  }

  @Override
  protected Handled<PMap<MonitorRef, Object>> handleInfo(
      Object message, PMap<MonitorRef, Object> watched) {
    if (message instanceof Down down) {
      Object key = watched.get(down.ref());
      if (key != null) {
        table().lookup(key).filter(row -> row.pid() == down.pid()).ifPresent(table()::deleteObject);
      }
      return noReply(watched.minus(down.ref()));
    }
    return noReply(watched);
  }
}
