package dev.tend.todo;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** How often the workers have committed since the JVM started, and how many changes with it. */
public final class Commits {
  private static final LongAdder COMMITS = new LongAdder();
  private static final LongAdder CHANGES = new LongAdder();

  private Commits() {}

  /** What has been counted. */
  public record Total(long commits, long changes) {}

  public static Total total() {
    return new Total(COMMITS.sum(), CHANGES.sum());
  }

  static void made(List<Append> appends, List<Appended> answers) {
    COMMITS.increment();
    CHANGES.add(changes(appends, answers));
  }

  static int changes(List<Append> appends, List<Appended> answers) {
    int changes = 0;
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Appended.Committed) {
        changes += appends.get(i).records().size();
      }
    }
    return changes;
  }
}
