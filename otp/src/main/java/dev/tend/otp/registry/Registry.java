package dev.tend.otp.registry;

import static dev.tend.otp.process.TimeSource.FOR_EVER;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.report.Log;
import dev.tend.otp.report.Text;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes by key, each with a value: Elixir's {@code Registry}. This object is the registry's
 * identity, best a constant; what it leads to is its life of the moment, between {@link #startLink}
 * and the end of that supervisor.
 *
 * <p>Reading works from any thread, takes no lock, asks no process, and never shows a process that
 * was dead before. It is not atomic over more than one entry: it sees some of what changes
 * meanwhile, and all that was there throughout. Writing concerns the calling process only, needs
 * one, and takes effect wholly before that process's death or not at all.
 *
 * <p>All but the names of a {@link UniqueRegistry} throw {@link UnknownRegistry} while it does not
 * run.
 *
 * @param <K> immutable, with {@code equals} and {@code hashCode}
 * @param <V> immutable
 */
public abstract sealed class Registry<K, V> permits UniqueRegistry, DuplicateRegistry {
  private final String name;
  private final Layout layout;
  private final RegistryOptions options;
  private final AtomicReference<@Nullable Life<K, V>> current = new AtomicReference<>();

  Registry(String name, Layout layout, RegistryOptions options) {
    this.name = Objects.requireNonNull(name, "name");
    this.layout = layout;
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * A registry in which a key leads to one process.
   *
   * @param name of its supervisor, among the names of the JVM
   * @param initial the value of an entry that is made without one, by {@link
   *     UniqueRegistry#via(Object)}
   */
  public static <K, V> UniqueRegistry<K, V> unique(String name, V initial) {
    return unique(name, initial, RegistryOptions.defaults());
  }

  /** {@link #unique(String, Object)} with options. */
  public static <K, V> UniqueRegistry<K, V> unique(
      String name, V initial, RegistryOptions options) {
    return new UniqueRegistry<>(name, initial, options);
  }

  /**
   * A registry in which a key leads to any number of entries, of one process too.
   *
   * @param name of its supervisor, among the names of the JVM
   */
  public static <K, V> DuplicateRegistry<K, V> duplicate(String name) {
    return duplicate(name, PartitionBy.PID, RegistryOptions.defaults());
  }

  /** {@link #duplicate(String)} with options; how it is partitioned matters where it is. */
  public static <K, V> DuplicateRegistry<K, V> duplicate(
      String name, PartitionBy partitionBy, RegistryOptions options) {
    return new DuplicateRegistry<>(name, partitionBy, options);
  }

  // ---- start ----

  /**
   * Starts it empty, as the calling process's child: a supervisor of its partitions ({@code
   * Registry.start_link/1}). It is {@link StartResult.AlreadyStarted} if its name is taken.
   */
  public StartResult<Supervisor> startLink() {
    return Life.startLink(name, layout, options, current);
  }

  /** A child specification with its name as id ({@code Registry.child_spec/1}). */
  public ChildSpec childSpec() {
    return ChildSpec.supervisor(name, this::startLink);
  }

  // ---- write ----

  /**
   * Takes the calling process's entries under a key away; nothing if it has none. The link to the
   * registry goes with the process's last entry. O(1) if keys are unique, else O(entries of the
   * process) ({@code Registry.unregister/2}).
   */
  public void unregister(K key) {
    unregisterMatch(key, value -> true);
  }

  /**
   * {@link #unregister} for those entries only whose value the condition holds for ({@code
   * Registry.unregister_match/4}).
   */
  public void unregisterMatch(K key, Predicate<? super V> condition) {
    Life<K, V> life = life();
    Pid<?> self = Processes.self();
    Partition<K, V> partition = life.ofLink(key, self);
    Registrant<K, V> me = partition.pids().get(self);
    if (me == null) {
      return;
    }
    List<Slot<K, V>> mine = slots(me, key, life.ofEntry(key, self));
    List<Slot<K, V>> going = mine.stream().filter(slot -> condition.test(slot.value)).toList();
    if (going.isEmpty()) {
      return;
    }
    List<Slot<K, V>> gone = Processes.atomically(() -> going.stream().filter(me::remove).toList());
    if (gone.isEmpty()) {
      return;
    }
    leaveIfEmpty(partition, me);
    if (gone.size() == mine.size()) {
      tell(new ListenerMessage.Unregistered<>(this, key, self));
    }
  }

  private List<Slot<K, V>> slots(Registrant<K, V> me, K key, Partition<K, V> partition) {
    if (layout != Layout.UNIQUE) {
      return me.slots(slot -> slot.key.equals(key));
    }
    Slot<K, V> slot = partition.keys().first(key);
    return slot != null && slot.holder == me ? List.of(slot) : List.of();
  }

  /**
   * Enters the calling process, linked to its partition from before its first entry.
   *
   * @return the partition's process
   * @throws Taken if another living process has the key and it must be the only one's
   */
  final Pid<?> enter(K key, V value) throws Taken {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Pid<?> self = Processes.self();
    boolean alone = layout == Layout.UNIQUE;
    while (true) {
      Life<K, V> life = life();
      Partition<K, V> entries = life.ofEntry(key, self);
      Partition<K, V> links = life.ofLink(key, self);
      if (!entries.keeper().isAlive() || !links.keeper().isAlive()) {
        throw new UnknownRegistry(name);
      }
      // Not to be told to a dead process, which may have lost the key to its own successor.
      Pid<?> holder = alone ? Processes.atomically(() -> entries.keys().holder(key)) : null;
      if (holder != null) {
        throw new Taken(holder);
      }
      Registrant<K, V> me = link(links, self);
      try {
        Slot<K, V> slot = new Slot<>(me, entries.keys(), key, value);
        if (Processes.atomically(() -> me.add(slot, alone))) {
          tell(new ListenerMessage.Registered<>(this, key, self, value));
          return links.keeper();
        }
      } finally {
        leaveIfEmpty(links, me);
      }
    }
  }

  private Registrant<K, V> link(Partition<K, V> links, Pid<?> self) {
    Processes.link(links.keeper());
    Registrant<K, V> me = links.pids().enter(self);
    if (me == null) {
      throw new UnknownRegistry(name);
    }
    return me;
  }

  private static <K, V> void leaveIfEmpty(Partition<K, V> partition, Registrant<K, V> me) {
    if (me.isEmpty()) {
      Processes.letGo(me.pid, me);
      Processes.unlink(partition.keeper());
    }
  }

  /** The change has happened: a listener that has no place for the news cannot undo it. */
  private void tell(ListenerMessage<K, V> message) {
    for (ServerName<?> listener : options.listeners()) {
      try {
        Processes.send(listener, message);
      } catch (DeadProcess gone) {
        throw gone;
      } catch (RuntimeException | Error missed) {
        Log.write(
            System.Logger.Level.WARNING,
            "a listener of registry " + name + " missed: " + Text.brief(missed));
      }
    }
  }

  // ---- read ----

  /** The entries of a key that hold, of living processes. */
  final List<Entry<K, V>> entries(K key, Predicate<? super Entry<K, V>> condition) {
    return life()
        .withKey(key)
        .flatMap(partition -> partition.keys().entries(key, condition).stream())
        .toList();
  }

  /**
   * The entries of a key whose value the condition holds for ({@code Registry.match/4}). O(entries
   * of the key).
   */
  public List<Entry<K, V>> match(K key, Predicate<? super V> condition) {
    return entries(key, entry -> condition.test(entry.value()));
  }

  /** The size of {@link #match} ({@code Registry.count_match/4}). */
  public int countMatch(K key, Predicate<? super V> condition) {
    return match(key, condition).size();
  }

  /** The values of a process's entries under a key ({@code Registry.values/3}). */
  public List<V> values(K key, Pid<?> pid) {
    return life().ofEntry(key, pid).keys().entries(key, entry -> entry.pid() == pid).stream()
        .map(Entry::value)
        .toList();
  }

  /**
   * The keys of a process's entries, one as often as it has it; none if it is dead ({@code
   * Registry.keys/2}). O(entries of the process).
   */
  public List<K> keys(Pid<?> pid) {
    List<K> keys =
        life()
            .withPid(pid)
            .map(partition -> partition.pids().get(pid))
            .filter(Objects::nonNull)
            .flatMap(registrant -> registrant.slots(slot -> true).stream())
            .map(slot -> slot.key)
            .toList();
    return pid.isAlive() ? keys : List.of();
  }

  /**
   * All entries that the condition holds for ({@code Registry.select/2}). O(all entries): where the
   * key is known, {@link #match} it.
   */
  public List<Entry<K, V>> select(Predicate<? super Entry<K, V>> condition) {
    List<Entry<K, V>> found = new ArrayList<>();
    life().all().forEach(partition -> partition.keys().select(condition, found::add));
    return found;
  }

  /** The size of {@link #select} ({@code Registry.count_select/2}). */
  public int countSelect(Predicate<? super Entry<K, V>> condition) {
    return select(condition).size();
  }

  /**
   * How many entries there are ({@code Registry.count/1}). O(partitions). Exact only while nobody
   * registers or dies.
   */
  public long count() {
    return life().all().mapToLong(partition -> partition.keys().size()).sum();
  }

  // ---- dispatch ----

  /**
   * Calls the dispatcher, in the calling thread, with the entries of a key: once for each partition
   * that has some, so not at all if there are none ({@code Registry.dispatch/3}). What it throws is
   * thrown, and the partitions behind are not dispatched to.
   */
  public void dispatch(K key, Consumer<? super List<Entry<K, V>>> dispatcher) {
    life()
        .withKey(key)
        .map(partition -> partition.keys().entries(key, entry -> true))
        .filter(entries -> !entries.isEmpty())
        .forEach(dispatcher);
  }

  // ---- what the registry itself knows ----

  /** {@code Registry.meta/2}. */
  @SuppressWarnings("unchecked") // put under the same key
  public <T> Optional<T> meta(MetaKey<T> key) {
    return Optional.ofNullable((T) life().meta.get(key));
  }

  /** {@code Registry.put_meta/3}; gone when the registry restarts. From any thread. */
  public <T> void putMeta(MetaKey<T> key, T value) {
    life().meta.put(key, value);
  }

  /** {@code Registry.delete_meta/2}. */
  public void deleteMeta(MetaKey<?> key) {
    life().meta.remove(key);
  }

  // ---- locks ----

  /**
   * Runs the body in the calling process while no other process runs one under an equal key; those
   * who wait come in the order of their asking ({@code Registry.lock/3}). Lock keys have nothing to
   * do with the keys of entries.
   *
   * <p>The lock is given back when the body returns or throws, and when its holder dies; a thread
   * of a dead holder may then still be in the body for a moment, where it can do nothing to other
   * processes. If the partition dies, those who wait get its exit; the holder goes on without.
   *
   * @return what the body returns
   * @throws IllegalStateException if the calling process has this lock already, or the key throws
   *     when it is compared (its cause then)
   * @throws dev.tend.otp.process.CallFailed if the partition dies while it waits
   */
  public <R> R lock(Object key, Supplier<? extends R> body) {
    Pid<Keeper> keeper = life().of(key).keeper();
    Keeper.Asked asked = keeper.call(new Keeper.Lock(key, Processes.self()), FOR_EVER);
    MonitorRef grant =
        switch (asked) {
          case Keeper.Asked.Granted(MonitorRef granted) -> granted;
          case Keeper.Asked.HasIt() ->
              throw new IllegalStateException("has the lock of " + key + " already");
          case Keeper.Asked.Threw(Throwable thrown) ->
              throw new IllegalStateException("the key of a lock threw", thrown);
        };
    try {
      return body.get();
    } finally {
      Processes.send(keeper, new Keeper.Unlock(grant));
    }
  }

  // ---- internals ----

  /** Another living process has the key. */
  static final class Taken extends Exception {
    final Pid<?> by;

    Taken(Pid<?> by) {
      super(null, null, false, false);
      this.by = by;
    }
  }

  final Life<K, V> life() {
    Life<K, V> life = current.get();
    if (life == null) {
      throw new UnknownRegistry(name);
    }
    return life;
  }

  final @Nullable Life<K, V> lifeIfAny() {
    return current.get();
  }

  @Override
  public String toString() {
    return name;
  }
}
