package dev.tend.otp.process;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The names of this JVM ({@code erlang:register/2}). Look-ups take no lock. */
final class LocalNames implements Via {
  static final LocalNames TABLE = new LocalNames();

  final Map<Object, Pid<?>> holders = new ConcurrentHashMap<>();

  private LocalNames() {}

  @Override
  public boolean register(Object key, Pid<?> pid) {
    return Processes.hold(pid, new Name(key, pid), () -> take(key, pid));
  }

  private boolean take(Object key, Pid<?> pid) {
    Pid<?> holder = holders.putIfAbsent(key, pid);
    while (holder != null && !holder.isAlive()) {
      holders.remove(key, holder);
      holder = holders.putIfAbsent(key, pid);
    }
    return holder == null;
  }

  @Override
  public void unregister(Object key) {
    Pid<?> holder = holders.get(key);
    if (holder != null) {
      Processes.letGo(holder, new Name(key, holder));
    }
  }

  @Override
  public Optional<Pid<?>> whereis(Object key) {
    return Optional.<Pid<?>>ofNullable(holders.get(key)).filter(Pid::isAlive);
  }

  Set<Object> names() {
    return holders.entrySet().stream()
        .filter(entry -> entry.getValue().isAlive())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String toString() {
    return "local";
  }

  private record Name(Object key, Pid<?> pid) implements Holding {
    @Override
    public void release() {
      TABLE.holders.remove(key, pid);
    }
  }
}
