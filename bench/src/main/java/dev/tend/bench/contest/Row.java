package dev.tend.bench.contest;

import java.util.Comparator;

/** A row of the tables that are measured. */
record Row(int number, int count) {

  /** The key of an ordered table: rows with the same group are neighbours. */
  record Key(int group, int number) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingInt(Key::group).thenComparingInt(Key::number);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  Key key() {
    return new Key(number / TableProgram.GROUP, number);
  }
}
