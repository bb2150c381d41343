package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The processes that are linked to one partition. Reading takes no lock. */
final class PidTable<K, V> {
  /** Null once the partition is dead. */
  private volatile @Nullable ConcurrentHashMap<Pid<?>, Registrant<K, V>> registrants =
      new ConcurrentHashMap<>();

  @Nullable Registrant<K, V> get(Pid<?> pid) {
    ConcurrentHashMap<Pid<?>, Registrant<K, V>> map = registrants;
    return map == null ? null : map.get(pid);
  }

  /**
   * The calling process, which is then forgotten at its death at the latest; null if the partition
   * is dead.
   */
  @Nullable Registrant<K, V> enter(Pid<?> self) {
    Registrant<K, V> known = get(self);
    if (known != null) {
      return known;
    }
    Registrant<K, V> registrant = new Registrant<>(self, this);
    return Processes.hold(self, registrant, () -> put(registrant)) ? registrant : null;
  }

  private boolean put(Registrant<K, V> registrant) {
    ConcurrentHashMap<Pid<?>, Registrant<K, V>> map = registrants;
    if (map == null) {
      return false;
    }
    map.put(registrant.pid, registrant);
    return true;
  }

  void remove(Registrant<K, V> registrant) {
    ConcurrentHashMap<Pid<?>, Registrant<K, V>> map = registrants;
    if (map != null) {
      map.remove(registrant.pid, registrant);
    }
  }

  int size() {
    ConcurrentHashMap<Pid<?>, Registrant<K, V>> map = registrants;
    return map == null ? 0 : map.size();
  }

  /** The partition is dead: nothing is here any more. */
  void vanish() {
    registrants = null;
  }
}
