package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;

/**
 * What a registry sends its listeners ({@code Registry.listener_message()}), from the registrant
 * and once the change can be looked up. A process that dies sends nothing: a listener that wants to
 * know monitors it. One whose mailbox is bounded and full, or whose name cannot be looked up,
 * misses the message, which is logged.
 */
public sealed interface ListenerMessage<K, V> {

  /** {@code {register, Registry, Key, Pid, Value}}. */
  record Registered<K, V>(Registry<K, V> registry, K key, Pid<?> pid, V value)
      implements ListenerMessage<K, V> {}

  /** {@code {unregister, Registry, Key, Pid}}: the process has no entry more under this key. */
  record Unregistered<K, V>(Registry<K, V> registry, K key, Pid<?> pid)
      implements ListenerMessage<K, V> {}
}
