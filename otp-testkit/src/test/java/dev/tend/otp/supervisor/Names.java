package dev.tend.otp.supervisor;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Via;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Some other registry, by whose names supervisors and children are reached. */
final class Names implements Via {
  private final Map<Object, Pid<?>> pids = new ConcurrentHashMap<>();

  @Override
  public boolean register(Object key, Pid<?> pid) {
    return pids.merge(key, pid, (old, mine) -> old.isAlive() ? old : mine) == pid;
  }

  @Override
  public void unregister(Object key) {
    pids.remove(key);
  }

  @Override
  public Optional<Pid<?>> whereis(Object key) {
    return Optional.<Pid<?>>ofNullable(pids.get(key)).filter(Pid::isAlive);
  }
}
