package dev.tend.todo.backup;

/** Is told how far something long has come. */
@FunctionalInterface
public interface Headway {
  /** Tells nobody. */
  Headway UNSEEN = (_, _) -> {};

  /**
   * Called now and then, by the thread that does it. Must not throw.
   *
   * @param done of the total, in a unit of its own
   */
  void at(long done, long total);
}
