package dev.tend.otp.registry;

import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One life of a registry, from the start of its supervisor to that one's death. */
final class Life<K, V> implements Holding {
  /** Elixir's defaults. */
  private static final int MAX_RESTARTS = 3;

  private static final Duration PERIOD = Duration.ofSeconds(5);

  final Map<MetaKey<?>, Object> meta;
  private final Layout layout;
  private final AtomicReference<@Nullable Life<K, V>> current;
  private final AtomicReferenceArray<Partition<K, V>> partitions;

  private Life(
      Layout layout, RegistryOptions options, AtomicReference<@Nullable Life<K, V>> current) {
    this.layout = layout;
    this.meta = new ConcurrentHashMap<>(options.meta());
    this.current = current;
    this.partitions = new AtomicReferenceArray<>(options.partitions());
  }

  /**
   * @param current where it is to be found while it lasts
   */
  static <K, V> StartResult<Supervisor> startLink(
      String name,
      Layout layout,
      RegistryOptions options,
      AtomicReference<@Nullable Life<K, V>> current) {
    Life<K, V> life = new Life<>(layout, options, current);
    Strategy strategy = layout == Layout.UNIQUE ? Strategy.ONE_FOR_ALL : Strategy.ONE_FOR_ONE;
    List<ChildSpec> children =
        IntStream.range(0, options.partitions())
            .mapToObj(i -> ChildSpec.worker(i, () -> life.startPartition(i)))
            .toList();
    return Supervisor.startLink(
        new Flags(strategy, MAX_RESTARTS, PERIOD),
        children,
        StartOptions.named(ServerName.local(name)));
  }

  /** Runs in the supervisor. The registry can be used once all partitions have been started. */
  private StartResult<Keeper> startPartition(int index) {
    StartResult<Keeper> result =
        Partition.<K, V>startLink(partition -> partitions.set(index, partition));
    boolean all = index == partitions.length() - 1 && result instanceof StartResult.Ok;
    if (all && current.get() != this) {
      Processes.hold(Processes.self(), this, this::begin);
    }
    return result;
  }

  private boolean begin() {
    current.set(this);
    return true;
  }

  @Override
  public void release() {
    current.compareAndSet(this, null);
  }

  // ---- where things are ----

  /** Where the entry of this key and process is, or is to be. */
  Partition<K, V> ofEntry(K key, Pid<?> pid) {
    return of(layout.keysByKey ? key : pid);
  }

  /** Which partition a process is linked to for a key. */
  Partition<K, V> ofLink(K key, Pid<?> pid) {
    return of(layout.pidsByPid ? pid : key);
  }

  /** All that can have entries of a key. */
  Stream<Partition<K, V>> withKey(K key) {
    return layout.keysByKey ? Stream.of(of(key)) : all();
  }

  /** All that a process can be linked to. */
  Stream<Partition<K, V>> withPid(Pid<?> pid) {
    return layout.pidsByPid ? Stream.of(of(pid)) : all();
  }

  Stream<Partition<K, V>> all() {
    return IntStream.range(0, partitions.length()).mapToObj(partitions::get);
  }

  Partition<K, V> of(Object keyOrPid) {
    return partitions.get(Math.floorMod(spread(keyOrPid.hashCode()), partitions.length()));
  }

  /** So that keys of one bin of a table are not all of one partition. */
  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> 8;
  }
}
