package dev.tend.otp.ets;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of one key of a bag, the last inserted first: to add one costs the same always. */
record Chain(Object row, @Nullable Chain before, int size) {

  Chain(Object row, @Nullable Chain before) {
    this(row, before, before == null ? 1 : before.size + 1);
  }

  boolean contains(Object other) {
    for (Chain link = this; link != null; link = link.before) {
      if (link.row.equals(other)) {
        return true;
      }
    }
    return false;
  }

  /** First inserted first. */
  List<Object> rows() {
    Object[] rows = new Object[size];
    for (Chain link = this; link != null; link = link.before) {
      rows[link.size - 1] = link.row;
    }
    return Collections.unmodifiableList(Arrays.asList(rows));
  }

  @Nullable Chain without(Predicate<Object> condition) {
    Chain rest = null;
    for (Object one : rows()) {
      if (!condition.test(one)) {
        rest = new Chain(one, rest);
      }
    }
    return rest != null && rest.size == size ? this : rest;
  }
}
