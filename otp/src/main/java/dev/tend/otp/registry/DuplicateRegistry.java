package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import java.util.List;
import java.util.function.Consumer;

/**
 * A registry in which a key leads to any number of entries: for topics and their subscribers, and
 * for properties of processes.
 */
public final class DuplicateRegistry<K, V> extends Registry<K, V> {

  DuplicateRegistry(String name, PartitionBy partitionBy, RegistryOptions options) {
    super(
        name,
        switch (partitionBy) {
          case KEY -> Layout.BY_KEY;
          case PID -> Layout.BY_PID;
        },
        options);
  }

  /**
   * Adds an entry of the calling process, whatever it has already ({@code Registry.register/3}).
   * O(1), however many a key has; takes the row's lock for a moment and asks no process.
   *
   * @return the registry's process that it is now linked to
   */
  public Pid<?> register(K key, V value) {
    try {
      return enter(key, value);
    } catch (Taken never) {
      throw new AssertionError(never);
    }
  }

  /**
   * The entries of a key: of each partition in the order of registration ({@code
   * Registry.lookup/2}). O(entries of the key), and one look-up a partition.
   */
  public List<Entry<K, V>> lookup(K key) {
    return entries(key, entry -> true);
  }

  /**
   * {@link #dispatch} with a process for each partition that has entries, all at once; returns when
   * all have ended ({@code dispatch(…, parallel: true)}). Where only one partition can have the key
   * it is {@link #dispatch}. If the calling process dies, so do they.
   *
   * @throws RuntimeException what one of them threw, once all have ended
   */
  public void dispatchInParallel(K key, Consumer<? super List<Entry<K, V>>> dispatcher) {
    if (life().withKey(key).count() == 1) {
      dispatch(key, dispatcher);
    } else {
      Dispatch.inParallel(
          life()
              .withKey(key)
              .map(partition -> partition.keys().entries(key, entry -> true))
              .filter(entries -> !entries.isEmpty())
              .toList(),
          dispatcher);
    }
  }
}
