package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Via;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A registry in which a key leads to one living process at most: for names, and for what their
 * holders publish.
 */
public final class UniqueRegistry<K, V> extends Registry<K, V> {
  private final V initial;

  UniqueRegistry(String name, V initial, RegistryOptions options) {
    super(name, Layout.UNIQUE, options);
    this.initial = Objects.requireNonNull(initial, "initial");
  }

  /** What {@link #updateValue} did. */
  public record Updated<V>(V value, V former) {}

  // ---- write ----

  /**
   * Enters the calling process under a key, unless a living process has it, itself included ({@code
   * Registry.register/3}). A dead holder is replaced, even before its death has been cleaned up; of
   * many who try at once one succeeds. A refused try leaves nothing behind. O(1); takes the row's
   * lock for a moment and asks no process.
   */
  public RegisterResult register(K key, V value) {
    try {
      return new RegisterResult.Registered(enter(key, value));
    } catch (Taken taken) {
      return new RegisterResult.AlreadyRegistered(taken.by);
    }
  }

  /**
   * Changes the value of the calling process's entry ({@code Registry.update_value/3}). Nobody else
   * can, so what the function makes of the old value cannot be overtaken; it runs once, and not if
   * there is no such entry. Whoever looks up after this returned sees it. O(1).
   *
   * @return empty if the calling process does not hold the key
   */
  public Optional<Updated<V>> updateValue(K key, UnaryOperator<V> function) {
    Pid<?> self = Processes.self();
    Slot<K, V> slot = life().ofEntry(key, self).keys().first(key);
    if (slot == null || slot.pid() != self) {
      return Optional.empty();
    }
    V former = slot.value;
    V value = Objects.requireNonNull(function.apply(former), "value");
    Processes.atomically(() -> slot.value = value);
    return Optional.of(new Updated<>(value, former));
  }

  // ---- read ----

  /**
   * The entry of a key ({@code Registry.lookup/2}). One look-up in a table; allocates the entry.
   */
  public Optional<Entry<K, V>> lookup(K key) {
    return lookup(life(), key);
  }

  private static <K, V> Optional<Entry<K, V>> lookup(Life<K, V> life, K key) {
    Slot<K, V> slot = life.of(key).keys().first(key);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.read());
  }

  // ---- as names ----

  /**
   * A key as the name of a server ({@code {via, Registry, {Registry, Key}}}): to start it under, by
   * {@code StartOptions.named}, and wherever a server is asked for. While the registry does not run
   * the name leads to nobody, and no server can start under it.
   *
   * @param <T> the server that is expected under the key
   */
  public <T> ServerName<T> via(K key) {
    return via(key, initial);
  }

  /** The same for the server's own start: it is entered with this value. */
  public <T> ServerName<T> via(K key, V value) {
    return ServerName.via(new Names<>(this, Objects.requireNonNull(value, "value")), key);
  }

  /** The registry as OTP's name registries are. Only {@link #via} makes names of it. */
  private record Names<K, V>(UniqueRegistry<K, V> registry, V value) implements Via {

    @Override
    public boolean register(Object key, Pid<?> pid) {
      if (Processes.current().filter(self -> self == pid).isEmpty()) {
        throw new IllegalArgumentException(
            "a process can register only itself in " + registry + ", not " + pid);
      }
      return registry.register(typed(key), value) instanceof RegisterResult.Registered;
    }

    @Override
    public void unregister(Object key) {
      registry.unregister(typed(key));
    }

    @Override
    public Optional<Pid<?>> whereis(Object key) {
      @Nullable Life<K, V> life = registry.lifeIfAny();
      return life == null ? Optional.empty() : lookup(life, typed(key)).map(Entry::pid);
    }

    @SuppressWarnings("unchecked") // from via
    private K typed(Object key) {
      return (K) key;
    }

    @Override
    public String toString() {
      return registry.toString();
    }
  }
}
