package dev.tend.otp.registry;

import dev.tend.otp.process.ServerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a registry is set up. Immutable; begin with {@link #defaults()}.
 *
 * @param partitions how many processes share its work; at least one
 * @param listeners who hears of registrations ({@link ListenerMessage}); one that is missing does
 *     not
 * @param meta what the registry knows of itself from its start on
 */
public record RegistryOptions(
    int partitions, List<ServerName<?>> listeners, Map<MetaKey<?>, Object> meta) {
  private static final RegistryOptions DEFAULTS = new RegistryOptions(1, List.of(), Map.of());

  public RegistryOptions {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is not positive: " + partitions);
    }
    listeners = List.copyOf(listeners);
    meta = Map.copyOf(meta);
  }

  /** One partition, no listeners, no meta. */
  public static RegistryOptions defaults() {
    return DEFAULTS;
  }

  /** Worth while where many processes register at once; the number of processors is a good one. */
  public RegistryOptions withPartitions(int newPartitions) {
    return new RegistryOptions(newPartitions, listeners, meta);
  }

  /** One more listener. */
  public RegistryOptions withListener(ServerName<?> listener) {
    return new RegistryOptions(
        partitions, Stream.concat(listeners.stream(), Stream.of(listener)).toList(), meta);
  }

  /** One more thing that it knows at each of its starts. */
  public <T> RegistryOptions withMeta(MetaKey<T> key, T value) {
    Map<MetaKey<?>, Object> more = new HashMap<>(meta);
    more.put(key, value);
    return new RegistryOptions(partitions, listeners, more);
  }
}
