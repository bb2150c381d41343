package dev.tend.otp.ets;

import java.lang.reflect.RecordComponent;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells mutable keys, where their class tells it: one that changes in the table is not found again.
 * An interface such as {@link java.util.List} tells nothing of what is behind it.
 */
final class KeyRule extends ClassValue<Boolean> {
  private static final KeyRule MUTABLE = new KeyRule();

  private static final Class<?>[] KNOWN = {
    StringBuilder.class, StringBuffer.class, Date.class, Calendar.class, BitSet.class
  };

  private KeyRule() {}

  static boolean isMutable(Class<?> type) {
    return MUTABLE.get(type);
  }

  @Override
  protected Boolean computeValue(Class<?> type) {
    return isMutable(type, new HashSet<>());
  }

  /**
   * @param seen the records that this is a part of: one can be made of itself
   */
  private static boolean isMutable(Class<?> type, Set<Class<?>> seen) {
    return type.isArray()
        || type.getName().startsWith("java.util.concurrent.atomic.")
        || Stream.of(KNOWN).anyMatch(known -> known.isAssignableFrom(type))
        || isMutableCollection(type)
        || (type.isRecord() && seen.add(type) && hasMutablePart(type, seen));
  }

  /** Of the JDK's, all but {@code List.of} and the like, and the unmodifiable views. */
  private static boolean isMutableCollection(Class<?> type) {
    boolean collection =
        Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    if (!collection || type.isInterface()) {
      return false;
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String name = c.getName();
      if (name.startsWith("java.util.ImmutableCollections$")
          || name.startsWith("java.util.Collections$Unmodifiable")
          || name.startsWith("java.util.Collections$Empty")
          || name.startsWith("java.util.Collections$Singleton")) {
        return false;
      }
      if (name.startsWith("java.util.") && !name.startsWith("java.util.Abstract")) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMutablePart(Class<?> type, Set<Class<?>> seen) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getType)
        .anyMatch(part -> isMutable(part, seen));
  }
}
