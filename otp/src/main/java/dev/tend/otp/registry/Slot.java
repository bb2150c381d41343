package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import org.jspecify.annotations.Nullable;

/**
 * One registration, in two lists at once: the entries of its key and those of its process. Both are
 * read by anyone without a lock. One that has been taken out still leads to those behind it, so a
 * reader who stands on it misses nobody who was there all the time.
 */
final class Slot<K, V> {
  final Registrant<K, V> holder;
  final KeyTable<K, V> table;
  final K key;
  volatile V value;

  /** Behind it under its key. */
  volatile @Nullable Slot<K, V> next;

  /** Before it under its key; of the first, the last. Null: not in the table. By its row's lock. */
  @Nullable Slot<K, V> previous;

  /** Behind it in its process's list. */
  volatile @Nullable Slot<K, V> nextOfHolder;

  /** Before it in its process's list. By its holder's lock. */
  @Nullable Slot<K, V> previousOfHolder;

  Slot(Registrant<K, V> holder, KeyTable<K, V> table, K key, V value) {
    this.holder = holder;
    this.table = table;
    this.key = key;
    this.value = value;
  }

  Pid<?> pid() {
    return holder.pid;
  }

  /** Null if its holder is dead. The holder is looked at after the value: it published it alive. */
  @Nullable Entry<K, V> read() {
    Entry<K, V> entry = new Entry<>(key, pid(), value);
    return pid().isAlive() ? entry : null;
  }
}
