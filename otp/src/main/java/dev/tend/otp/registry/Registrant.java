package dev.tend.otp.registry;

import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Pid;
import dev.tend.otp.report.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process that has entries and is linked to this partition, and the list of these entries, newest
 * first. Written only by that process under its own lock, and once by its death.
 */
final class Registrant<K, V> implements Holding {
  final Pid<?> pid;
  private final PidTable<K, V> place;
  private volatile @Nullable Slot<K, V> first;

  /**
   * @param place where it is to be found as long as it is one
   */
  Registrant(Pid<?> pid, PidTable<K, V> place) {
    this.pid = pid;
    this.place = place;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Its slots that a condition holds for. */
  List<Slot<K, V>> slots(Predicate<Slot<K, V>> condition) {
    List<Slot<K, V>> found = new ArrayList<>();
    for (Slot<K, V> slot = first; slot != null; slot = slot.nextOfHolder) {
      if (condition.test(slot)) {
        found.add(slot);
      }
    }
    return found;
  }

  boolean add(Slot<K, V> slot, boolean alone) {
    if (!slot.table.add(slot, alone)) {
      return false;
    }
    Slot<K, V> behind = first;
    slot.nextOfHolder = behind;
    if (behind != null) {
      behind.previousOfHolder = slot;
    }
    first = slot;
    return true;
  }

  /** False if it has been taken out already: a condition may have done so. */
  boolean remove(Slot<K, V> slot) {
    if (slot.previous == null) {
      return false;
    }
    slot.table.remove(slot);
    Slot<K, V> before = slot.previousOfHolder;
    Slot<K, V> behind = slot.nextOfHolder;
    if (before == null) {
      first = behind;
    } else {
      before.nextOfHolder = behind;
    }
    if (behind != null) {
      behind.previousOfHolder = before;
    }
    return true;
  }

  /** At its death, or after its last entry. */
  @Override
  public void release() {
    for (Slot<K, V> slot = first; slot != null; slot = slot.nextOfHolder) {
      release(slot);
    }
    place.remove(this);
  }

  /** One whose key throws now stays, and reads as the dead one's that it is. */
  private void release(Slot<K, V> slot) {
    try {
      slot.table.remove(slot);
    } catch (RuntimeException | Error ofTheKey) {
      Log.write(
          System.Logger.Level.WARNING, "an entry of " + pid + " is left in its registry", ofTheKey);
    }
  }
}
